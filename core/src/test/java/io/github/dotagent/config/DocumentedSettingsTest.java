package io.github.dotagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of settings that users read: every key in its order, with the default that it has. */
class DocumentedSettingsTest {
  /** Surefire runs a module's tests in the module's folder. */
  private static final Path PAGE = Path.of("..", "docs", "settings.md");

  private static final String HEADING = "| key | default | meaning |";
  private static final String RULE = "|---|---|---|";

  @Test
  void theTableHasEveryKeyWithItsDefault() throws IOException {
    List<String> expected = new ArrayList<>();
    for (SettingKey key : SettingKey.values()) {
      String text = key.defaultText();
      expected.add(key.key() + " = " + (text.isEmpty() ? "none" : text));
    }
    assertEquals(String.join("\n", expected), String.join("\n", keysAndDefaults(page())));
  }

  @Test
  void everyRowHasAMeaning() throws IOException {
    for (List<String> row : rows(page())) {
      assertEquals(3, row.size(), () -> "cells in " + row);
      assertFalse(row.get(2).isEmpty(), () -> "no meaning in " + row);
    }
  }

  @Test
  void aMissingKeyAWrongDefaultAndAMissingTableAreSeen() throws IOException {
    List<String> lines = page();
    List<String> whole = keysAndDefaults(lines);
    List<String> without = new ArrayList<>(lines);
    without.removeIf(line -> line.startsWith("| `timeout` |"));
    List<String> other = new ArrayList<>(lines);
    other.replaceAll(line -> line.replace("| `timeout` | `5s` |", "| `timeout` | `6s` |"));
    assertEquals(whole.size() - 1, keysAndDefaults(without).size());
    assertEquals("timeout = 6s", keysAndDefaults(other).get(SettingKey.TIMEOUT.ordinal()));
    assertThrows(AssertionError.class, () -> rows(List.of("no table here")));
  }

  private static List<String> page() throws IOException {
    return Files.readAllLines(PAGE);
  }

  private static List<String> keysAndDefaults(List<String> lines) {
    List<String> found = new ArrayList<>();
    for (List<String> row : rows(lines)) {
      found.add(row.get(0) + " = " + row.get(1));
    }
    return found;
  }

  /** The cells of each row below the heading, without the marks of code. */
  private static List<List<String>> rows(List<String> lines) {
    int heading = lines.indexOf(HEADING);
    if (heading < 0 || !lines.get(heading + 1).equals(RULE)) {
      throw new AssertionError("the page has no table under " + HEADING);
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = heading + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
      String line = lines.get(i);
      List<String> cells = new ArrayList<>();
      for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
        cells.add(cell.trim().replace("`", ""));
      }
      rows.add(cells);
    }
    return rows;
  }
}
