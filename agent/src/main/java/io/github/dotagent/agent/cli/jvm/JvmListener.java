package io.github.dotagent.agent.cli.jvm;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The listener in a JVM for processes that attach. The first process wakes it, by a file with the
 * JVM's number in its name, and SIGQUIT.
 */
final class JvmListener {
  /** As long as the Attach API itself waits. */
  private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The interval between two checks: short for a person who waits, and long for a processor. */
  private static final long BETWEEN_MILLIS = 50;

  private JvmListener() {}

  /**
   * The path of its Unix socket.
   *
   * @param process a JVM; the signal would end any other process
   * @throws IOException when none comes
   */
  static String socketOf(TargetProcess process) throws IOException, InterruptedException {
    Path socket = process.temporary(".java_pid");
    if (!Files.exists(socket)) {
      wake(process, socket);
    }
    return socket.toString();
  }

  private static void wake(TargetProcess process, Path socket)
      throws IOException, InterruptedException {
    Path signal = process.temporary(".attach_pid");
    try {
      Files.createFile(signal);
    } catch (FileAlreadyExistsException anothers) {
      // another process attaches at the same moment: its file wakes the listener as well
    }
    try {
      JvmSocket.wake(process.pid());
      long end = System.nanoTime() + AWAIT_NANOS;
      while (!Files.exists(socket)) {
        if (System.nanoTime() - end > 0) {
          throw new IOException("not responding");
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      }
    } finally {
      Files.deleteIfExists(signal);
    }
  }
}
