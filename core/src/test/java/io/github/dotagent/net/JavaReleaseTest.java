package io.github.dotagent.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JavaReleaseTest {
  @Test
  void java8IsSpelledInItsOwnWay() {
    assertEquals(8, JavaRelease.of("1.8"));
  }

  @Test
  void othersAreTheirNumber() {
    assertEquals(9, JavaRelease.of("9"));
    assertEquals(27, JavaRelease.of("27"));
  }

  @Test
  void thisOneIsTheRuntimesOwn() {
    assertEquals(Runtime.version().feature(), JavaRelease.current());
  }
}
