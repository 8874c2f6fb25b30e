package io.github.dotagent.config;

import java.util.ArrayList;
import java.util.List;

/** Reads a comma-separated list. */
final class ListText {
  private ListText() {}

  /**
   * The entries without the blanks around them; at least one, none empty.
   *
   * @throws ConfigException for an empty entry: two commas in a row, or one at either end
   */
  static List<String> read(Setting setting) throws ConfigException {
    return read(setting, setting.text());
  }

  /** The same for a part of the value. */
  static List<String> read(Setting setting, String text) throws ConfigException {
    List<String> entries = new ArrayList<>();
    boolean hole = false;
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      String entry = text.substring(start, end).trim();
      if (entry.isEmpty()) {
        hole = true;
      } else {
        entries.add(entry);
      }
      start = end + 1;
    }
    if (hole) {
      throw setting.misspelled("has an empty entry", entries.isEmpty() ? null : joined(entries));
    }
    return entries;
  }

  /**
   * Splits an entry at blanks and semicolons, which the lists of other programs have. For entries
   * that can contain neither.
   */
  static List<String> partsOf(String entry) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= entry.length(); i++) {
      if (i == entry.length() || entry.charAt(i) == ';' || entry.charAt(i) <= ' ') {
        if (i > start) {
          parts.add(entry.substring(start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }

  static String joined(List<String> entries) {
    StringBuilder text = new StringBuilder();
    for (String entry : entries) {
      text.append(text.length() == 0 ? "" : ",").append(entry);
    }
    return text.toString();
  }
}
