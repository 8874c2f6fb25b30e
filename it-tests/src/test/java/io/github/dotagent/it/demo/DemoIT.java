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

/** The demo is the first thing that a new user runs, so each of its statements must hold. */
class DemoIT {
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private static final List<String> SHOWN =
      List.of(
          "ok   the server's key matched the pin",
          "ok   a name asked for again came from the cache",
          "ok   no lookup trusts that key",
          "ok   the same process looks names up again; it was not started anew",
          "ok   a name that the cache knows is answered",
          "ok   any other name fails with the reason, and is not asked for in the clear",
          "== All of it held.");

  /** In a network of its own, where port 53 can be watched. */
  private static final List<String> SHOWN_OF_PORT_53 =
      List.of(
          "ok   every name was readable on port 53",
          "ok   nothing was sent to port 53",
          "ok   the library has the answer to the first, over TLS",
          "ok   the second was refused",
          "ok   neither was sent to port 53");

  @TempDir Path folder;

  @Test
  void theScriptExitsWithZeroAndEveryCheckHolds() throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder demo =
        new ProcessBuilder("bash", project().resolve("demo").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    demo.environment().put("JAVA_HOME", System.getProperty("java.home"));
    demo.environment().put("DOTAGENT_TIMEOUT", "30s"); // handed on; for a busy machine
    Process process = demo.start();
    try {
      assertTrue(process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS), "it ends");
      List<String> lines = Files.readAllLines(output);
      assertEquals(0, process.exitValue(), lines::toString);
      assertTrue(lines.containsAll(SHOWN), lines::toString);
      if (NetworkNamespace.whyUnavailable().isEmpty()) {
        assertTrue(lines.containsAll(SHOWN_OF_PORT_53), lines::toString);
      }
      // to a file it is plain
      assertTrue(lines.stream().noneMatch(line -> line.contains("\u001b")), lines::toString);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A user who lacks something is told what, and not by a stack trace. */
  @Test
  void aJavaThatIsTooOldIsNamed() throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("jdk-8/bin"));
    Path java = home.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_492\"' >&2\n");
    assertTrue(java.toFile().setExecutable(true));
    assertEquals(
        List.of(
            "demo: "
                + java
                + " is Java 8. The demo needs 17 or newer: install one, or set JAVA_HOME to it.",
            "demo: (The agent itself runs on Java 8.)"),
        refusal(folder.resolve("jdk-8"), System.getenv("PATH")));
    assertEquals(
        List.of("demo: no java found: install a JDK, 17 or newer, or set JAVA_HOME"),
        refusal(folder.resolve("no-jdk"), System.getenv("PATH")));
  }

  /** Without Maven, in a tree where nothing is built. */
  @Test
  void withoutMavenTheDemoNamesIt() throws IOException, InterruptedException {
    Path tools = Files.createDirectories(folder.resolve("bin"));
    for (String tool : List.of("dirname", "sed", "head")) {
      Path copy = tools.resolve(tool);
      Files.writeString(copy, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
      assertTrue(copy.toFile().setExecutable(true));
    }
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Path script = Files.copy(project().resolve("demo"), tree.resolve("demo"));
    assertEquals(
        List.of("demo: Maven is needed to build: install mvn 3.8.7 or newer"),
        refusal(script, Path.of(System.getProperty("java.home")), tools.toString()));
  }

  private List<String> refusal(Path javaHome, String path)
      throws IOException, InterruptedException {
    return refusal(project().resolve("demo"), javaHome, path);
  }

  /** What it says when it ends at once, with 1. */
  private List<String> refusal(Path script, Path javaHome, String path)
      throws IOException, InterruptedException {
    Path output = folder.resolve("refusal");
    ProcessBuilder demo =
        new ProcessBuilder("/bin/bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    demo.environment().put("JAVA_HOME", javaHome.toString());
    demo.environment().put("PATH", path);
    Process process = demo.start();
    assertTrue(process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS), "it ends");
    assertEquals(1, process.exitValue());
    return Files.readAllLines(output);
  }

  private static Path project() {
    return BuiltAgent.jar().getParent().getParent().getParent();
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
