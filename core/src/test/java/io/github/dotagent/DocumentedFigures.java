package io.github.dotagent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The figures that a table of the manual has, in its second column. */
public final class DocumentedFigures {
  private DocumentedFigures() {}

  /**
   * @param page in docs/
   * @param heading the table's first line, whole
   */
  public static List<String> of(String page, String heading) throws IOException {
    return Files.readAllLines(Path.of("..", "docs", page)).stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split(" \\| ")[1])
        .collect(Collectors.toList());
  }
}
