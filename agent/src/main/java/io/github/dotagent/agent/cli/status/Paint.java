package io.github.dotagent.agent.cli.status;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Colours the state of a server if the output is a terminal; otherwise leaves it plain. */
enum Paint {
  /** Without colours. */
  PLAIN,
  /** Red for a state that is wrong, yellow for a state that is changing (ECMA-48). */
  COLOURED;

  // ECMA-48 §8.3.117: SGR
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String AS_BEFORE = "\u001b[m";

  private static final Set<String> WRONG =
      Collections.unmodifiableSet(new HashSet<>(Arrays.asList("untrusted", "unreachable")));

  private static final Set<String> DOUBTFUL =
      Collections.unmodifiableSet(new HashSet<>(Arrays.asList("backing off", "late")));

  /**
   * @param wanted {@code always}, {@code never} or {@code auto}
   * @param terminal whether the output is a terminal
   * @param environment of this process; NO_COLOR with any value turns colours off (no-color.org)
   */
  static Paint of(String wanted, boolean terminal, Map<String, String> environment) {
    if (wanted.equals("auto")) {
      String no = environment.get("NO_COLOR");
      return terminal && (no == null || no.isEmpty()) ? COLOURED : PLAIN;
    }
    return wanted.equals("always") ? COLOURED : PLAIN;
  }

  /** A row of the table, with its state in colour. */
  String state(String row, String state) {
    String colour = WRONG.contains(state) ? RED : DOUBTFUL.contains(state) ? YELLOW : null;
    int at = row.indexOf(' ' + state);
    return this == PLAIN || colour == null || at < 0
        ? row
        : row.substring(0, at + 1)
            + colour
            + state
            + AS_BEFORE
            + row.substring(at + 1 + state.length());
  }
}
