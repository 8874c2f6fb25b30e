package io.github.dotagent.agent.cli.status;

import java.io.Console;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Shows the looks of {@code --watch}: on a terminal in place, with only the lines that fit;
 * otherwise one below the other.
 */
final class Screen {
  // ECMA-48: cursor to the top left; erase to the end of the line, to the end of the screen
  private static final String HOME = "\u001b[H";
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  /** What ECMA-48 has for colours: it takes no room. */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  /** One row less for the cursor below the last line: one more line would move all of them up. */
  private static final int LAST_ROW = 1;

  private final PrintWriter out;
  private final Supplier<TerminalSize> size; // null: no terminal
  private boolean used;

  /**
   * @param size of the terminal, read before each look; null: not a terminal
   */
  Screen(PrintWriter out, Supplier<TerminalSize> size) {
    this.out = out;
    this.size = size;
  }

  /**
   * Whether stdin and stdout are a terminal. On Java 22 and newer the JDK has a console even
   * without a terminal, and the console says which it is (JDK-8308591).
   */
  @SuppressWarnings("SystemConsoleNull") // null up to Java 21; what follows is for 22 and newer
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }

  /** Shows a look: in place of the one before or, after a blank line, below it. */
  void show(List<String> lines) {
    if (size == null) {
      if (used) {
        out.println();
      }
      lines.forEach(out::println);
    } else {
      out.print(HOME);
      for (String line : fitting(lines, size.get())) {
        out.println(line + ERASE_LINE);
      }
      out.print(ERASE_BELOW);
    }
    used = true;
    out.flush();
  }

  /** As many lines as fit, and the number of the others. */
  private static List<String> fitting(List<String> lines, TerminalSize size) {
    int room = size.rows() - LAST_ROW;
    int taken = 0;
    int whole = 0; // lines that fit, leaving room for the line about the rest
    for (int i = 0; i < lines.size(); i++) {
      taken += rowsOf(lines.get(i), size);
      if (taken > room) {
        List<String> cut = new ArrayList<>(lines.subList(0, whole));
        cut.add("(" + (lines.size() - whole) + " lines do not fit)");
        return cut;
      }
      whole = taken < room ? i + 1 : whole;
    }
    return lines;
  }

  /** A line that is too long goes on in the next row. */
  private static int rowsOf(String line, TerminalSize size) {
    int length = COLOUR.matcher(line).replaceAll("").length();
    return Math.max(1, (int) Math.ceil((double) length / size.columns()));
  }
}
