package io.github.dotagent.it.shape;

import io.github.dotagent.it.harness.shape.ResponseShape;
import io.github.dotagent.it.harness.shape.ResponseShapes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code response-shapes.txt}: what each shape comes to, without the agent and with it.
 */
final class ExpectedShapes {
  private static final String FILE = "/response-shapes.txt";
  private static final String SHORT_PREFIX = "2001:db8::";
  private static final String JDK_PREFIX = "2001:db8:0:0:0:0:0:";

  /**
   * One line.
   *
   * @param why they differ; empty where they do not
   */
  record Expected(String stock, String agent, String why) {}

  private ExpectedShapes() {}

  /** By the name of the shape, in the order of the file. */
  static Map<String, Expected> read() {
    Map<String, Expected> table = new LinkedHashMap<>();
    for (String line : lines()) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split(" \\| ");
      boolean differs = cells.length == 4;
      if (!differs && cells.length != 2) {
        throw new AssertionError("neither two cells nor four: " + line);
      }
      String stock = asJdk(cells[1]);
      Expected expected =
          new Expected(stock, differs ? asJdk(cells[2]) : stock, differs ? cells[3] : "");
      if (table.put(cells[0], expected) != null) {
        throw new AssertionError("twice: " + cells[0]);
      }
    }
    List<String> shapes = ResponseShapes.all().stream().map(ResponseShape::name).toList();
    if (!shapes.equals(List.copyOf(table.keySet()))) {
      throw new AssertionError(FILE + " has other shapes than the server, or another order");
    }
    return table;
  }

  private static String asJdk(String addresses) {
    return addresses.replace(SHORT_PREFIX, JDK_PREFIX);
  }

  private static List<String> lines() {
    try (InputStream in = ExpectedShapes.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
