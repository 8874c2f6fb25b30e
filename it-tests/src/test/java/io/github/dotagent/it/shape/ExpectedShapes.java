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
 * The tables {@code response-shapes.txt} and {@code response-shapes-unbound.txt}: what each shape
 * comes to, without the agent, with it, and without it behind Unbound.
 */
final class ExpectedShapes {
  private static final String FILE = "/response-shapes.txt";
  private static final String UNBOUND_FILE = "/response-shapes-unbound.txt";
  private static final String SHORT_PREFIX = "2001:db8::";
  private static final String JDK_PREFIX = "2001:db8:0:0:0:0:0:";

  /**
   * One shape.
   *
   * @param unbound without the agent, behind Unbound
   */
  record Expected(String stock, String agent, String unbound) {}

  private ExpectedShapes() {}

  /** By the name of the shape, in the order of the file. */
  static Map<String, Expected> read() {
    Map<String, String> unbound = unbound();
    Map<String, Expected> table = new LinkedHashMap<>();
    for (String[] cells : rows(FILE)) {
      boolean differs = cells.length == 4;
      if (!differs && cells.length != 2) {
        throw new AssertionError("neither two cells nor four: " + List.of(cells));
      }
      String stock = asJdk(cells[1]);
      String agent = differs ? asJdk(cells[2]) : stock;
      String other = unbound.remove(cells[0]);
      if (agent.equals(other)) {
        throw new AssertionError("does not differ: " + cells[0] + " in " + UNBOUND_FILE);
      }
      Expected expected = new Expected(stock, agent, other == null ? agent : other);
      if (table.put(cells[0], expected) != null) {
        throw new AssertionError("twice: " + cells[0]);
      }
    }
    List<String> shapes = ResponseShapes.all().stream().map(ResponseShape::name).toList();
    if (!shapes.equals(List.copyOf(table.keySet()))) {
      throw new AssertionError(FILE + " has other shapes than the server, or another order");
    }
    if (!unbound.isEmpty()) {
      throw new AssertionError("no such shape: " + unbound.keySet() + " in " + UNBOUND_FILE);
    }
    return table;
  }

  /** Those that differ from the agent's. */
  private static Map<String, String> unbound() {
    Map<String, String> table = new LinkedHashMap<>();
    for (String[] cells : rows(UNBOUND_FILE)) {
      if (cells.length != 3) {
        throw new AssertionError("not three cells: " + List.of(cells));
      }
      if (table.put(cells[0], asJdk(cells[1])) != null) {
        throw new AssertionError("twice: " + cells[0]);
      }
    }
    return table;
  }

  private static String asJdk(String addresses) {
    return addresses.replace(SHORT_PREFIX, JDK_PREFIX);
  }

  private static List<String[]> rows(String file) {
    try (InputStream in = ExpectedShapes.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| "))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
