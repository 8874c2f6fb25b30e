package io.github.dotagent.agent.cli.status;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines that fit into {@value #WIDTH} columns if their words allow it. Not thread-safe. */
final class Lines {
  /** The width of a terminal, and half of a wide one. */
  static final int WIDTH = 80;

  private static final String INDENT = "  ";

  /** The width of the first column, which has the subject of a line. */
  private static final int TAG_WIDTH = 11;

  private final List<String> all = new ArrayList<>();

  /** As it is. */
  void add(String line) {
    all.add(line);
  }

  /** Under a heading. */
  void indented(String text) {
    String indent = INDENT;
    for (String line : Words.wrapped(text, WIDTH - 2 * INDENT.length())) {
      all.add(indent + line);
      indent = INDENT + INDENT;
    }
  }

  /** With its subject in a column before it. */
  void tagged(String tag, String text) {
    String indent = padded(tag);
    for (String line : Words.wrapped(text, WIDTH - TAG_WIDTH)) {
      all.add(indent + line);
      indent = padded("");
    }
  }

  private static String padded(String tag) {
    StringBuilder cell = new StringBuilder(tag);
    while (cell.length() < TAG_WIDTH) {
      cell.append(' ');
    }
    return cell.toString();
  }

  List<String> all() {
    return Collections.unmodifiableList(all);
  }
}
