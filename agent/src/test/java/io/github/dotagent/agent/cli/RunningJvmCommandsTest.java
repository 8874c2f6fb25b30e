package io.github.dotagent.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong use of attach, status and flush; what they do is in the integration tests. */
class RunningJvmCommandsTest {
  @TempDir Path folder;

  @Test
  void aMissingOrInvalidPidIsWrongUse() {
    for (String command : List.of("attach", "status", "flush")) {
      if (!command.equals("status")) { // which lists them
        assertEquals(2, CommandRun.of(command).exitCode());
      }
      for (String pid : List.of("tomcat", "0", "-5", "1.5")) {
        CommandRun run = CommandRun.of(command, pid);
        assertEquals(2, run.exitCode(), run.toString());
        assertTrue(
            run.err()
                .get(0)
                .endsWith("'" + pid + "' is not a process ID; jps lists" + " this user's JVMs"),
            run.toString());
        assertEquals(List.of(), run.out());
      }
    }
  }

  @Test
  void aMissingSettingsFileIsWrongUse() {
    Path none = folder.resolve("none.properties");
    CommandRun run = CommandRun.of("attach", "4711", none.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().get(0).contains("there is no file " + none), run.toString());
  }

  @Test
  void aSettingsFileWithAMistakeIsWrongUse() throws IOException {
    Path file = folder.resolve("wrong.properties");
    Files.writeString(file, "upstream = 192.0.2.53\n");
    CommandRun run = CommandRun.of("attach", "4711", file.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().get(0).endsWith("did you mean upstreams?"), run.toString());
  }

  @Test
  void anInvalidNameIsWrongUse() {
    CommandRun run = CommandRun.of("flush", "4711", "ex\u00e4mple..test");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().get(0).contains("not a host name"), run.toString());
    assertEquals(2, CommandRun.of("flush", "4711", "").exitCode(), "a variable that is not set");
    assertEquals(2, CommandRun.of("flush", "4711", "*.example.test").exitCode());
  }

  @Test
  void anUnknownColorModeIsWrongUse() {
    CommandRun run = CommandRun.of("status", "--color=sometimes", "4711");
    assertEquals(2, run.exitCode());
    assertEquals("--color takes auto, always or never", run.err().get(0));
  }

  @Test
  void theListOfJvmsHasNoJsonAndNoWatch() {
    assertEquals("--json and --watch need a PID", CommandRun.of("status", "--json").err().get(0));
  }

  /** {@code --watch 4711} means the process. */
  @Test
  void anInvalidWatchIntervalIsWrongUse() {
    CommandRun none = CommandRun.of("status", "--watch=0", "4711");
    assertEquals(2, none.exitCode());
    assertEquals("--watch takes 1 or more seconds", none.err().get(0));
    CommandRun words = CommandRun.of("status", "--watch=often", "4711");
    assertEquals(2, words.exitCode());
    CommandRun detached = CommandRun.of("status", "--watch", "nobody");
    assertTrue(detached.err().get(0).contains("'nobody' is not a process ID"), detached.toString());
  }
}
