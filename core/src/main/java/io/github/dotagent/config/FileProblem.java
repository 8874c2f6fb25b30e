package io.github.dotagent.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** Why a file cannot be read, told before anything tries. */
final class FileProblem {
  private FileProblem() {}

  /** Null when the file can be read. Pipes and devices are as good as files. */
  static String of(Path file) {
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
