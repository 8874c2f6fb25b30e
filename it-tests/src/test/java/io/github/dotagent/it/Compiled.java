package io.github.dotagent.it;

import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Little classes that a test writes for itself, as an application might bring them. */
final class Compiled {
  private static final Duration WITHIN = Duration.ofSeconds(60); // javac takes a second or two

  private Compiled() {}

  /**
   * Compiles them into the folder.
   *
   * @param jdk whose javac
   * @param release of Java
   * @param sources by the class's name
   * @return the folder
   */
  static Path into(Path folder, JavaHome jdk, int release, Map<String, String> sources) {
    List<String> command = new ArrayList<>();
    command.add(jdk.folder().resolve("bin/javac").toString());
    // -options: newer compilers call release 8 obsolete
    command.addAll(List.of("-Xlint:-options", "--release", Integer.toString(release)));
    command.addAll(List.of("-d", folder.toString()));
    try {
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = folder.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        command.add(Files.writeString(file, source.getValue()).toString());
      }
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
    try (RunningChild javac = RunningChild.of(command, WITHIN)) {
      javac.await().quiet();
    }
    return folder;
  }
}
