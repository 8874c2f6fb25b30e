package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstalledJdksTest {
  @Test
  void findsItsOwn() {
    int major = Runtime.version().feature();
    assertEquals(Optional.of(JavaHome.current()), InstalledJdks.find(major));
  }

  @Test
  void reportsAMissingJdk() {
    assertEquals(Optional.empty(), InstalledJdks.find(7));
    assertEquals("Java 7 is not on this machine", InstalledJdks.missing(7));
  }

  @EachJava(every = true)
  void findsTheTested(JavaHome java) {
    assertEquals(Optional.of(java), InstalledJdks.find(java.major()));
  }
}
