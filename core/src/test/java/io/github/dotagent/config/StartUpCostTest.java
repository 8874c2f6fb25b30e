package io.github.dotagent.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package must not use these classes, for it runs before main: see its package-info. */
class StartUpCostTest {
  private static final List<String> COSTLY =
      List.of(
          "java/lang/invoke/", // lambdas, method references
          "java/util/stream/",
          "java/util/function/",
          "java/util/regex/",
          "java/util/Formatter",
          "(Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/String;", // String.format
          "$SwitchMap$", // a switch over an enum needs a class of its own
          "java/util/logging/");

  @Test
  void noClassUsesCostlyClassesOfTheJdk() throws IOException, URISyntaxException {
    List<Path> classes = classesOf(ConfigLoader.class);
    assertTrue(classes.size() > 20, () -> "found only " + classes);
    for (Path file : classes) {
      // the names are in the constant pool as they are
      String constants = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      for (String costly : COSTLY) {
        assertFalse(constants.contains(costly), () -> file.getFileName() + " uses " + costly);
      }
    }
  }

  private static List<Path> classesOf(Class<?> one) throws IOException, URISyntaxException {
    Path root = Paths.get(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = root.resolve(one.getPackage().getName().replace('.', '/'));
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
    }
  }
}
