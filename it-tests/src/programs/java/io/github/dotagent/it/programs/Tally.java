package io.github.dotagent.it.programs;

import java.util.Arrays;

/**
 * What counted methods have done, of all threads together. It is loaded by the bootstrap loader,
 * for the JDK's own classes are counted too, and calls nothing of the JDK while it counts.
 */
public final class Tally {
  /** A JVM of Java 17 with the agent has 24,000 methods after some lookups. */
  private static final int MOST_METHODS = 1 << 17;

  private static final int[] CALLS = new int[MOST_METHODS];
  private static final int[] BYTECODES = new int[MOST_METHODS];
  private static boolean counts;

  private Tally() {}

  /**
   * Called at the end of each stretch of code without a branch.
   *
   * @param method its number
   * @param bytecodes in the stretch
   * @param calls of other methods among them
   */
  public static synchronized void ran(int method, int bytecodes, int calls) {
    if (counts) {
      BYTECODES[method] += bytecodes;
      CALLS[method] += calls;
    }
  }

  /** Counts from zero. */
  public static synchronized void begin() {
    Arrays.fill(CALLS, 0);
    Arrays.fill(BYTECODES, 0);
    counts = true;
  }

  /**
   * Counts no more.
   *
   * @return a line for each method that ran since {@link #begin}: number, calls, bytecodes
   */
  public static String end() {
    synchronized (Tally.class) {
      counts = false;
    }
    StringBuilder lines = new StringBuilder();
    for (int method = 0; method < MOST_METHODS; method++) {
      if (BYTECODES[method] > 0) {
        lines.append(method).append(' ').append(CALLS[method]).append(' ');
        lines.append(BYTECODES[method]).append('\n');
      }
    }
    return lines.toString();
  }
}
