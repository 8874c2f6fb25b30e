package io.github.dotagent.it.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo is the first thing that a new user runs: it has to hold what it shows. */
class DemoIT {
  private static final Duration WITHIN = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void theScriptEndsWithNoughtAndEveryCheckHolds() throws IOException, InterruptedException {
    Path project = BuiltAgent.jar().getParent().getParent().getParent();
    Path output = folder.resolve("output");
    ProcessBuilder demo =
        new ProcessBuilder("bash", project.resolve("demo").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    demo.environment().put("JAVA_HOME", System.getProperty("java.home"));
    demo.environment().put("DOTAGENT_TIMEOUT", "30s"); // handed on; for a busy machine
    Process process = demo.start();
    try {
      assertTrue(process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS), "it ends");
      List<String> lines = Files.readAllLines(output);
      assertEquals(0, process.exitValue(), lines::toString);
      assertTrue(lines.contains("ok   the server's key matched the pin"), lines::toString);
      if (NetworkNamespace.whyUnavailable().isEmpty()) {
        assertTrue(lines.contains("ok   nothing was sent to port 53"), lines::toString);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void liveItAsksCloudflaresAddresses() {
    Assumptions.assumeTrue(
        NetworkNamespace.whyUnavailable().isEmpty(),
        () -> "a network namespace: " + NetworkNamespace.whyUnavailable().orElse(""));
    ChildResult result =
        ChildJvm.sameClassPath(LiveScenario.class)
            .args(folder.toString())
            .within(WITHIN)
            .inside(
                NetworkNamespace.in(folder.resolve("etc"))
                    .addresses(
                        "1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001"))
            .run();
    assertEquals(0, result.exitCode(), result::toString);
    assertTrue(
        result.stdout().contains("ok   the cache answered the second time"), result::toString);
    assertTrue(
        result.stdout().contains("ok   the program is told that no server could be trusted"),
        result::toString);
  }
}
