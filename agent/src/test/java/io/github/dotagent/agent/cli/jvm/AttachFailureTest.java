package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachFailureTest {
  /** Where nothing is known of a process. */
  @TempDir Path empty;

  @Test
  void attachingIsSwitchedOff() {
    String said = text(new IOException("The VM does not support the attach mechanism"));
    assertTrue(said.startsWith("4711 was started with -XX:+DisableAttachMechanism: "), said);
  }

  @Test
  void aTimeoutNamesItsTwoCauses() {
    String all =
        "4711 does not answer: it is very busy, or was started with -XX:+DisableAttachMechanism";
    assertEquals(all, text(new TimeoutException()));
    // as Java 17 and Java 8 put it
    assertEquals(
        all,
        text(
            new IOException(
                "Unable to open socket file /proc/4711/root/tmp/.java_pid4711: target process 4711"
                    + " doesn't respond within 10500ms or HotSpot VM not loaded")));
    assertEquals(
        all,
        text(
            new IOException(
                "Unable to open socket file: target process not responding or HotSpot VM not"
                    + " loaded")));
  }

  @Test
  void anUnknownFailureIsShownWithItsOwnText() {
    assertEquals(
        "4711 cannot be attached to: Permission denied",
        text(new IOException("Permission denied")));
    assertEquals(
        "4711 cannot be attached to: java.lang.IllegalStateException",
        text(new IllegalStateException()));
  }

  /** A JVM that was killed leaves its file behind, and its number goes to another process. */
  @Test
  void aFileOfAnEndedJvmIsNotAJvm() {
    assertEquals(
        "4711 is not a JVM; jps lists this user's JVMs",
        text(new IOException("Connection refused")));
  }

  @Test
  void aProcessThatEndsDuringTheAttachIsNamed() throws IOException {
    Path self = Files.createDirectories(empty.resolve("self"));
    Files.writeString(self.resolve("status"), "");
    assertEquals("4711 has ended", text(new IOException("Connection refused")));
  }

  private String text(Exception thrown) {
    CommandFailure failure = AttachFailure.of(new TargetProcess(empty, 4711), thrown);
    assertEquals(1, failure.exitCode());
    return failure.getMessage();
  }
}
