package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.net.TerminalText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads a value of another JVM's MBean, which may have any type and length: in the agent's form,
 * fit for a terminal, or null.
 */
public final class ForeignValue {
  /** The longest of the agent's own texts is a setting, cut to 200 characters. */
  private static final int LONGEST = 4_000;

  /** The longest of the agent's own lists has the settings, some 60. */
  private static final int MOST = 1_000;

  private ForeignValue() {}

  /** Null if it is not a text, or empty. */
  public static String text(Object value) {
    return value instanceof String && !((String) value).isEmpty()
        ? TerminalText.of((String) value, LONGEST)
        : null;
  }

  /** Null if it is not a list of texts; leaves out nulls in it. */
  public static List<String> lines(Object value) {
    if (!(value instanceof String[])) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (String line : (String[]) value) {
      if (line != null && lines.size() < MOST) {
        lines.add(TerminalText.of(line, LONGEST));
      }
    }
    return Collections.unmodifiableList(lines);
  }

  /** Null if it is not a whole number. */
  public static Long count(Object value) {
    return value instanceof Long || value instanceof Integer ? ((Number) value).longValue() : null;
  }

  /** Null if it is not a number, or an unknown one (NaN, or negative). */
  public static Double measure(Object value) {
    if (!(value instanceof Double)) {
      return null;
    }
    double number = (Double) value;
    return number >= 0 && number <= Double.MAX_VALUE ? (Double) value : null;
  }
}
