package io.github.dotagent.it.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command whose output cannot be written fails. */
class UnwritableOutputIT {
  private static final Path FULL = Path.of("/dev/full");
  private static final Duration WITHIN = Duration.ofSeconds(60);

  @TempDir Path folder;

  @BeforeAll
  static void onLinux() {
    Assumptions.assumeTrue(Files.exists(FULL), FULL + " is not on this machine");
  }

  @Test
  void aFullDisk() {
    for (String command : List.of("--version", "pins --json 127.0.0.1@1", "lookup --help")) {
      ChildResult result = shell(tool(command) + " > " + FULL);
      List<String> said = result.stdout(); // of the shell, whose stderr is with it
      assertEquals(1, said.size(), result.toString());
      assertTrue(
          said.get(0).startsWith("dot-agent: stdout could not be written completely: "),
          result.toString());
      // what the command itself ends with is the more telling
      assertEquals(command.startsWith("pins") ? 3 : 1, result.exitCode(), result.toString());
    }
  }

  /** As {@code | head -1} leaves it; here the reader has gone before the first line. */
  @Test
  void aPipeWithoutAReader() {
    String pipe = "mkfifo pipe && exec 3<>pipe 4>pipe 3<&-; ";
    ChildResult result = shell("cd '" + folder + "' && " + pipe + tool("--version") + " >&4");
    assertEquals(List.of(), result.stdout(), result.toString());
    assertEquals(1, result.exitCode(), result.toString());
  }

  private static String tool(String command) {
    return JavaHome.current().java() + " -jar " + Agent.jar() + " " + command;
  }

  private static ChildResult shell(String script) {
    try (RunningChild shell = RunningChild.of(List.of("sh", "-c", script), WITHIN)) {
      return shell.await();
    }
  }
}
