package io.github.dotagent.logging;

import io.github.dotagent.concurrent.Timers;
import java.util.concurrent.TimeUnit;

/**
 * Some lines of one kind in a row, then one now and then: a server that goes and comes all the time
 * must not fill the log with it. Safe for use by any number of threads.
 */
public final class LineBudget {
  /**
   * Lines in a row: a server that goes away and comes back two or three times is logged in full.
   */
  public static final int MOST = 6;

  /** Then one line in so many nanoseconds: in an hour as many again. */
  public static final long EARNED_IN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Timers timers;
  private final Object lock = new Object();
  private int left = MOST; // guarded by lock
  private long earnedUntil; // guarded by lock

  public LineBudget(Timers timers) {
    this.timers = timers;
    this.earnedUntil = timers.nanoTime();
  }

  /** The line as it is to be written; null: not now. The last for a while says so. */
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
