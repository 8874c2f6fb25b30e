package io.github.dotagent.config;

import io.github.dotagent.concurrent.BoundedTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Reads a file that may be a pipe without a writer, a device without end, or on a disk that hangs,
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
    return BoundedTask.within(
        seconds,
        "file-reader",
        new Callable<byte[]>() {
          @Override
          public byte[] call() throws IOException {
            return octets(file, most);
          }
        });
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
