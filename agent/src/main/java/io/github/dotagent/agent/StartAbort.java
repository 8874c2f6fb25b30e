package io.github.dotagent.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Ends the JVM before the program starts, with one message. Going on would send names in the clear,
 * and an exception out of premain would bury the message under three stack traces.
 */
final class StartAbort {
  /** As the JVM itself when it cannot start. */
  private static final int EXIT_CODE = 1;

  private StartAbort() {}

  static void because(String reason) {
    String line = "dot-agent: the JVM does not start: " + reason + System.lineSeparator();
    try {
      new FileOutputStream(FileDescriptor.err).write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException stderrIsClosed) {
      // the exit code still says it
    }
    Runtime.getRuntime().halt(EXIT_CODE); // no shutdown hook can be the program's yet
  }
}
