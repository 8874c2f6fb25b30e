package io.github.dotagent.agent.cli.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cells in columns that are as wide as needed. Not thread-safe. */
final class Columns {
  private static final String GAP = "  ";
  private static final String NARROW_GAP = " ";

  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * @param alignment a letter for each column: {@code l} left, {@code r} right
   */
  Columns(String alignment) {
    right = new boolean[alignment.length()];
    for (int i = 0; i < right.length; i++) {
      right[i] = alignment.charAt(i) == 'r';
    }
  }

  /** Adds a row with one cell for each column. */
  void row(String... cells) {
    rows.add(cells.clone());
  }

  /**
   * @param width the rows are closer where they would not fit into it
   */
  List<String> lines(int width) {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    int whole = GAP.length() * (widths.length - 1);
    for (int one : widths) {
      whole += one;
    }
    String gap = whole > width ? NARROW_GAP : GAP;
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        char[] blanks = new char[widths[i] - row[i].length()];
        Arrays.fill(blanks, ' ');
        line.append(i == 0 ? "" : gap);
        line.append(right[i] ? new String(blanks) + row[i] : row[i] + new String(blanks));
      }
      lines.add(line.toString().replaceFirst(" +$", ""));
    }
    return lines;
  }
}
