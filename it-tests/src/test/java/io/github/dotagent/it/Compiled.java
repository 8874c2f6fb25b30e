package io.github.dotagent.it;

import io.github.dotagent.it.harness.jvm.Javac;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Little classes that a test writes for itself, as an application might bring them. */
final class Compiled {
  private Compiled() {}

  /**
   * Compiles them into the folder.
   *
   * @param release of Java
   * @param sources by the class's name
   * @return the folder
   */
  static Path into(Path folder, int release, Map<String, String> sources) {
    // -options: newer compilers call release 8 obsolete
    List<String> arguments = new ArrayList<>(List.of("-Xlint:-options", "-d", folder.toString()));
    try {
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = folder.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        arguments.add(Files.writeString(file, source.getValue()).toString());
      }
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
    Javac.compile(release, arguments);
    return folder;
  }
}
