package io.github.dotagent.it.programs;

import java.util.Arrays;

/**
 * Called at each line of the agent's, and loaded by the bootstrap loader: stops one thread at one
 * of them, as Thread.stop would do it in that moment.
 */
public final class StopPoint {
  /** The agent has 20,000 lines. */
  private static final int MOST = 1 << 16;

  private static final boolean[] SEEN = new boolean[MOST];
  private static final int[] ORDER = new int[MOST];
  private static int seen; // of the thread that is looked at
  private static volatile Thread victim; // null: none
  private static volatile int wanted; // -1: records the lines only

  private StopPoint() {}

  /**
   * @param point the number of the line
   */
  public static void at(int point) {
    if (Thread.currentThread() != victim) {
      return;
    }
    if (wanted < 0) {
      if (!SEEN[point]) {
        SEEN[point] = true;
        ORDER[seen++] = point;
      }
    } else if (point == wanted) {
      victim = null; // stops it once only
      throw new ThreadDeath();
    }
  }

  /**
   * From now on.
   *
   * @param thread not started so far
   * @param point where it is stopped; -1: its lines are noted
   */
  public static void look(Thread thread, int point) {
    if (point < 0) {
      Arrays.fill(SEEN, false);
      seen = 0;
    }
    wanted = point;
    victim = thread;
  }

  /** Whether the thread was stopped since. */
  public static boolean hasStopped() {
    return victim == null;
  }

  /** The lines that the thread, which has ended, has come to, each once. */
  public static int[] lines() {
    return Arrays.copyOf(ORDER, seen);
  }
}
