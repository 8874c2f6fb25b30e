package io.github.dotagent.config;

import io.github.dotagent.concurrent.AgentThread;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a file that may be a pipe nobody writes to, a device without end, or on a disk that hangs,
 * before there is anything else that could go on meanwhile. A pipe is as good as a file while
 * something comes out of it: shells make one of {@code <(...)}.
 */
final class BoundedFile {
  /** There is nothing to be read; the message is the whole reason. */
  static final class NoFileException extends IOException {
    private static final long serialVersionUID = 1L;

    NoFileException(String problem) {
      super(problem);
    }
  }

  private static final int BUFFER = 8192;

  private BoundedFile() {}

  /**
   * The octets of the file.
   *
   * @param most how many it may have
   * @param seconds how long it may take
   * @throws NoFileException when there is no file that this user may read
   * @throws IOException when it cannot be read so; the message says why
   */
  static byte[] read(final Path file, final int most, int seconds) throws IOException {
    FutureTask<byte[]> reading =
        new FutureTask<>(
            new Callable<byte[]>() {
              @Override
              public byte[] call() throws IOException {
                return octets(file, most);
              }
            });
    // a thread that is stuck in a read cannot be had out of it, but left behind
    new AgentThread("file-reader", reading).start();
    return result(reading, seconds);
  }

  private static byte[] result(FutureTask<byte[]> reading, int seconds) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return reading.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException kept) {
          interrupted = true;
        }
      }
    } catch (TimeoutException late) {
      throw new IOException("it was not read within " + seconds + " s", late);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException
          ? (IOException) failed.getCause()
          : new IOException(failed.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static byte[] octets(Path file, int most) throws IOException {
    String problem = FileProblem.of(file); // which asks the disk, too
    if (problem != null) {
      throw new NoFileException(problem);
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        octets.write(buffer, 0, count);
        if (octets.size() > most) {
          throw new IOException("it is larger than " + most + " octets");
        }
      }
    }
    return octets.toByteArray();
  }
}
