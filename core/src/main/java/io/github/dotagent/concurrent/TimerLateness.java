package io.github.dotagent.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * How late the timer's ticks run, because this machine has no processor to spare: the largest delay
 * of about the last second. One thread reports, any number of threads ask.
 */
final class TimerLateness {
  /** Ten periods of the kernel's CPU quota, in each of which there is a pause. */
  static final long COUNTS_NANOS = TimeUnit.SECONDS.toNanos(1);

  // no object, because a tick must not need memory; a reader may see one of an older pair
  private volatile long largest;
  private volatile long at;

  /**
   * A tick ran.
   *
   * @param due when it should have, on the timers' clock
   */
  void ran(long now, long due) {
    long late = Math.max(0, now - due);
    if (late >= largest || now - at >= COUNTS_NANOS) {
      largest = late;
      at = now;
    }
  }

  /** Nanoseconds; 0 if no tick has run for a second. */
  long nanosAt(long now) {
    return now - at < COUNTS_NANOS ? largest : 0;
  }
}
