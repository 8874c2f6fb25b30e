package io.github.dotagent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The way of a lookup, class by class in docs/design.md, names classes where they are. */
class NamesInDesignTest {
  private static final Path DESIGN = Path.of("..", "docs", "design.md");
  private static final List<Path> SOURCES =
      List.of(Path.of("..", "core", "src", "main"), Path.of("src", "main"));

  /** In the first column: {@code package.Class}, or the class alone. */
  private static final Pattern NAME = Pattern.compile("`((?:[a-z]+\\.)*)([A-Z]\\w*)`");

  @Test
  void eachClassIsWhereTheDesignSaysItIs() throws IOException {
    Map<String, String> packages = packages();
    List<String> rows =
        Files.readAllLines(DESIGN).stream()
            .dropWhile(line -> !line.equals("## Class by class"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf(" | ")))
            .toList();
    assertTrue(rows.size() > 10, () -> "rows: " + rows);
    List<String> wrong =
        rows.stream()
            .flatMap(row -> NAME.matcher(row).results())
            .filter(name -> !isThere(name, packages))
            .map(MatchResult::group)
            .toList();
    assertEquals(List.of(), wrong);
  }

  private static boolean isThere(MatchResult name, Map<String, String> packages) {
    String found = packages.get(name.group(2));
    String end = name.group(1).isEmpty() ? "" : '.' + name.group(1);
    return found != null && (found + '.').endsWith(end);
  }

  /** Of each class that has a file of its own. */
  private static Map<String, String> packages() throws IOException {
    Map<String, String> packages = new TreeMap<>();
    for (Path root : SOURCES) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file :
            files.filter(f -> f.toString().endsWith(".java")).collect(Collectors.toList())) {
          String folder = root.relativize(file.getParent()).toString();
          String name = file.getFileName().toString();
          packages.put(
              name.substring(0, name.length() - ".java".length()),
              folder.replace(folder.contains("\\") ? '\\' : '/', '.'));
        }
      }
    }
    return packages;
  }
}
