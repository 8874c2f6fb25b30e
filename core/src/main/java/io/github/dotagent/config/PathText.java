package io.github.dotagent.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;

/** Reads the path of a file. Relative paths start at the JVM's working directory. */
final class PathText {
  private PathText() {}

  /** A file that can be read now: a misspelled path shall not wait for the first lookup. */
  static Path toRead(Setting setting) throws ConfigException {
    Path file = path(setting);
    String problem = FileProblem.of(file);
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
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw setting.wrong("this user may not write " + file.toAbsolutePath() + "; name another");
    }
    return file;
  }

  private static Path path(Setting setting) throws ConfigException {
    try {
      return Paths.get(setting.text());
    } catch (InvalidPathException noPath) {
      throw setting.misspelled("is not a path: " + noPath.getReason(), null);
    }
  }
}
