package io.github.dotagent.agent.cli.status;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The size of the terminal at one moment: its user may change it. The JDK does not know it, and the
 * variables LINES and COLUMNS belong to a shell. Immutable.
 */
final class TerminalSize {
  /** An unknown size, as on Windows: no line is cut. */
  static final TerminalSize UNKNOWN = new TerminalSize(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** It asks the kernel and nothing else, and takes a millisecond or two. */
  private static final long WITHIN_SECONDS = 1;

  private final int rows;
  private final int columns;

  TerminalSize(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** The size of the terminal on stdin, in the form of stty(1). */
  static TerminalSize ofStdin() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectErrorStream(true)
              .start();
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(stty.getInputStream(), StandardCharsets.US_ASCII))) {
        return stty.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS) ? parse(said.readLine()) : UNKNOWN;
      } finally {
        stty.destroy();
      }
    } catch (IOException noSuchProgram) {
      return UNKNOWN;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  /**
   * @param said {@code ROWS COLUMNS}; {@code 0 0} if the terminal does not know it, such as a
   *     serial line; null if there is no output
   */
  static TerminalSize parse(String said) {
    if (said == null || !said.matches("[1-9]\\d{0,5} [1-9]\\d{0,5}")) {
      return UNKNOWN;
    }
    int blank = said.indexOf(' ');
    return new TerminalSize(
        Integer.parseInt(said.substring(0, blank)), Integer.parseInt(said.substring(blank + 1)));
  }
}
