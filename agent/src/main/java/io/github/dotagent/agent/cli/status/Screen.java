package io.github.dotagent.agent.cli.status;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;

/** Where {@code --watch} shows one look after the other: in place, or one below the other. */
final class Screen {
  // ECMA-48: cursor to the top left; erase to the end of the line, to the end of the screen
  private static final String HOME = "\u001b[H";
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final boolean terminal;
  private boolean used;

  Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Whether a person sits in front of stdin and stdout. From Java 22 on the JDK has a console for
   * whatever they are, which then says so (JDK-8308591).
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

  /** Shows a look, in the place of the one before or, after a blank line, below it. */
  void show(List<String> lines) {
    if (terminal) {
      out.print(HOME);
    } else if (used) {
      out.println();
    }
    used = true;
    for (String line : lines) {
      out.println(terminal ? line + ERASE_LINE : line);
    }
    if (terminal) {
      out.print(ERASE_BELOW);
    }
    out.flush();
  }
}
