package io.github.dotagent.config;

import io.github.dotagent.concurrent.BoundedFileAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.Callable;

/**
 * A file that the user names, by its whole path or from the JVM's working directory. It may be a
 * pipe without a writer, a device without end, or on a disk that hangs, and nothing else could run
 * at the start meanwhile. A pipe is as good as a file while data comes from it: shells make one
 * from {@code <(...)}.
 */
final class NamedFile {
  /** There is nothing to read; the message is the whole reason. */
  static final class NoFileException extends IOException {
    private static final long serialVersionUID = 1L;

    NoFileException(String problem) {
      super(problem);
    }
  }

  /** A pipe with a secret is written at once; a JVM that starts later than this seems to hang. */
  static final int SECONDS = 5;

  /** As in the JDK's own loops that copy streams. */
  private static final int BUFFER = 8192;

  /** The type of a file in its mode, and two types: sys/stat.h, the same on Linux and macOS. */
  private static final int TYPE = 0170000;

  // stat(2): S_IFIFO and S_IFSOCK, whose numbers are those of Linux and macOS
  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private NamedFile() {}

  /** A file that can be read now. So a misspelled path shows before the first lookup. */
  static Path toRead(Setting setting) throws ConfigException {
    return toRead(setting, setting.text());
  }

  /** The same for a part of the value. */
  static Path toRead(Setting setting, String text) throws ConfigException {
    Path file = path(setting, text);
    String problem = problemOf(file);
    if (problem != null) {
      throw setting.wrong(problem + "; correct the path, or the file");
    }
    return file;
  }

  /** A file that can be appended to now, or created in a folder that exists. */
  static Path toAppend(Setting setting) throws ConfigException {
    Path file = path(setting, setting.text());
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw setting.wrong(file.toAbsolutePath() + " is a folder; write the path of a file in it");
    }
    if (!Files.isDirectory(folder)) {
      throw setting.wrong("there is no folder " + folder + "; create it, or name another");
    }
    if (isPipe(file)) {
      throw setting.wrong(
          file.toAbsolutePath()
              + " is a pipe or a socket, and a line would wait for its reader; name a file, or"
              + " leave it out for stderr");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw setting.wrong("this user may not write " + file.toAbsolutePath() + "; name another");
    }
    return file;
  }

  /**
   * Why the file cannot be read; null if it can. The wait has a bound, because its disk may never
   * answer.
   */
  private static String problemOf(final Path file) {
    try {
      return BoundedFileAccess.within(
          SECONDS,
          "file-reader",
          new Callable<String>() {
            @Override
            public String call() {
              return problem(file);
            }
          });
    } catch (IOException late) {
      return file.toAbsolutePath() + ": " + late.getMessage();
    }
  }

  /**
   * Whether it is a named pipe or a socket. The pipes of this process, such as /dev/stdout, have a
   * reader.
   */
  private static boolean isPipe(Path file) {
    if (file.startsWith("/dev") || file.startsWith("/proc")) {
      return false;
    }
    try {
      int type = (Integer) Files.getAttribute(file, "unix:mode") & TYPE;
      return type == FIFO || type == SOCKET;
    } catch (IOException | UnsupportedOperationException notThereOrNotUnix) {
      return false;
    }
  }

  private static Path path(Setting setting, String text) throws ConfigException {
    try {
      return Paths.get(text);
    } catch (InvalidPathException noPath) {
      throw setting.misspelled("is not a path: " + noPath.getReason(), null);
    }
  }

  /**
   * The octets of the file.
   *
   * @param most how many it may have
   * @throws NoFileException when there is no file that this user may read
   * @throws IOException when it cannot be read so; the message says why
   */
  static byte[] read(final Path file, final int most) throws IOException {
    return BoundedFileAccess.within(
        SECONDS,
        "file-reader",
        new Callable<byte[]>() {
          @Override
          public byte[] call() throws IOException {
            return octets(file, most);
          }
        });
  }

  private static byte[] octets(Path file, int most) throws IOException {
    String problem = problem(file); // which asks the disk, too
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

  /**
   * Why a file cannot be read, without an attempt to read it; null if it can. Pipes and devices are
   * as good as files.
   */
  private static String problem(Path file) {
    if (!Files.exists(file)) {
      return "there is no file " + file.toAbsolutePath();
    }
    if (Files.isDirectory(file)) {
      return file.toAbsolutePath() + " is a folder, not a file";
    }
    if (!Files.isReadable(file)) {
      return "this user may not read " + file.toAbsolutePath();
    }
    return null;
  }
}
