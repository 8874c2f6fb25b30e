package io.github.dotagent.it.command.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A JVM obeys its own user alone. Root can act as another user; without root the test is skipped.
 */
class OtherUserIT {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  /** {@code nobody} of most systems; it need not have a name. */
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  @BeforeAll
  static void assumeRoot() {
    whyNot()
        .ifPresent(
            reason -> {
              // the report has the reason as well; the console would show a bare count
              System.out.println(OtherUserIT.class.getSimpleName() + " skipped: " + reason);
              Assumptions.assumeTrue(false, reason);
            });
  }

  private static Optional<String> whyNot() {
    for (Object file : List.of(JavaHome.current().java(), Agent.jar())) {
      if (!succeeds(asNobody("test", "-r", file.toString()))) {
        return Optional.of("not root, no setpriv, or other users cannot read " + file);
      }
    }
    return Optional.empty();
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> asNobody(String... command) {
    List<String> all = new ArrayList<>(AS_NOBODY);
    all.addAll(List.of(command));
    return all;
  }

  @Test
  void aJvmOfAnotherUserIsRefused() {
    try (RunningChild program =
        RunningPrograms.program(JavaHome.current()).jvmArgs(RunningPrograms.NOWHERE).start()) {
      assertEquals("ok 127.0.0.1", program.ask("byName 127.0.0.1"));
      String pid = Long.toString(program.pid());
      List<String> command =
          asNobody(
              JavaHome.current().java().toString(), "-jar", Agent.jar().toString(), "attach", pid);
      try (RunningChild attach = RunningChild.of(command, WITHIN)) {
        String said = attach.readLine();
        assertTrue(
            said.matches(
                "dot-agent: "
                    + pid
                    + " runs as root, and only that user may attach to its JVM: sudo -u root java"
                    + " -jar dot-agent.jar ..."),
            said);
        assertEquals(1, attach.await().exitCode());
      }
      program.finish().quiet();
    }
  }
}
