package io.github.dotagent.config;

import io.github.dotagent.concurrent.BoundedTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.Callable;

/** Reads the path of a file. Relative paths start at the JVM's working directory. */
final class PathText {
  /** As the settings file has. */
  private static final int SECONDS = 5;

  /** The type of a file in its mode, and two types: sys/stat.h, the same on Linux and macOS. */
  private static final int TYPE = 0170000;

  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private PathText() {}

  /** A file that can be read now: a misspelled path shall not wait for the first lookup. */
  static Path toRead(Setting setting) throws ConfigException {
    Path file = path(setting);
    String problem = problemOf(file);
    if (problem != null) {
      throw setting.wrong(problem + "; correct the path, or the file");
    }
    return file;
  }

  /** A file that can be appended to now, or created in a folder that exists. */
  static Path toAppend(Setting setting) throws ConfigException {
    Path file = path(setting);
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
              + " is a pipe or a socket, and a line would wait for its reader; name a file, or leave"
              + " it out for stderr");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw setting.wrong("this user may not write " + file.toAbsolutePath() + "; name another");
    }
    return file;
  }

  /** The disk that it is on may be away. */
  private static String problemOf(final Path file) {
    try {
      return BoundedTask.within(
          SECONDS,
          "file-reader",
          new Callable<String>() {
            @Override
            public String call() {
              return FileProblem.of(file);
            }
          });
    } catch (IOException late) {
      return file.toAbsolutePath() + ": " + late.getMessage();
    }
  }

  /** One with a name. Those of this process, such as /dev/stdout, have a reader. */
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

  private static Path path(Setting setting) throws ConfigException {
    try {
      return Paths.get(setting.text());
    } catch (InvalidPathException noPath) {
      throw setting.misspelled("is not a path: " + noPath.getReason(), null);
    }
  }
}
