package io.github.dotagent.logging;

import io.github.dotagent.concurrent.Timers;
import java.util.concurrent.TimeUnit;

/**
 * Allows some lines of one kind in a row, then one from time to time, so that a server that goes
 * and comes all the time does not fill the log. Safe for use by any number of threads.
 */
public final class LineBudget {
  /**
   * Lines in a row: a server that goes away and comes back two or three times is logged in full.
   */
  public static final int MOST = 6;

  /** After that, one line in this many nanoseconds: the same number again within an hour. */
  public static final long EARNED_IN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Timers timers;
  private final Object lock = new Object();
  private int left = MOST; // guarded by lock
  private long earnedUntil; // guarded by lock

  public LineBudget(Timers timers) {
    this.timers = timers;
    this.earnedUntil = timers.nanoTime();
  }

  /** The line to write; null: none now. The last line before a pause says so. */
  public String spendOn(String line) {
    synchronized (lock) {
      earn(timers.nanoTime());
      if (left == 0) {
        return null;
      }
      left--;
      return left > 0
          ? line
          : line + " (repeated; from now on logged once every 10 minutes, the rest at debug)";
    }
  }

  private void earn(long now) {
    long earned = (now - earnedUntil) / EARNED_IN_NANOS;
    if (left + earned >= MOST) {
      left = MOST;
      earnedUntil = now;
    } else {
      left += (int) earned;
      earnedUntil += earned * EARNED_IN_NANOS;
    }
  }
}
