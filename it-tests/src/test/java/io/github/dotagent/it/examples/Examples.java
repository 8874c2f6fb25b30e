package io.github.dotagent.it.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The folder {@code examples/}, and the programs that check what is in it. */
final class Examples {
  private static final long SECONDS = 60; // a checker takes less than one on an idle machine

  /** Failsafe runs a module's tests in the module's folder. */
  private static final Path FOLDER = Path.of("..", "examples");

  private Examples() {}

  static Path file(String name) {
    return FOLDER.resolve(name);
  }

  static String text(String name) throws IOException {
    return Files.readString(file(name));
  }

  /** Each file below the folder, as {@code examples/} has it. */
  static List<String> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FOLDER.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** What it prints; the test fails if it does not end with 0. */
  static String run(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), said);
    assertEquals(0, process.exitValue(), said);
    return said;
  }
}
