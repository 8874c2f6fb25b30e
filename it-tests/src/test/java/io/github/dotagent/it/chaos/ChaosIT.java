package io.github.dotagent.it.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Storms of faults: no wrong answer, none of a server that did not prove who it is, no lookup later
 * than its bound, nothing at port 53, health a second after the faults, nothing left behind. {@code
 * -Pchaos} runs it, for {@code -Dchaos.length=10m} on {@code -Dchaos.java=17} by {@code
 * -Dchaos.seed=N}.
 */
@Tag("chaos")
@Isolated("makes load")
class ChaosIT {
  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(ChaosIT.class);
  }

  @Test
  @Timeout(value = 12, unit = TimeUnit.HOURS) // it has the bound that its length gives it
  void holds() throws IOException {
    int major = Integer.getInteger("chaos.java");
    Optional<JavaHome> java = InstalledJdks.find(major);
    assumeTrue(java.isPresent(), "no Java " + major);
    String given = System.getProperty("chaos.seed");
    long seed = given == null || given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    Duration length = Duration.parse("PT" + System.getProperty("chaos.length"));
    Path folder = Path.of(System.getProperty("it.programs")).resolveSibling("chaos");
    ChildResult result = Chaos.run(length, java.get(), folder.resolve("java" + major), seed);
    System.out.println("seed " + seed + ": " + result.stdout());
    assertEquals(0, result.exitCode(), () -> "seed " + seed + "\n" + result);
  }
}
