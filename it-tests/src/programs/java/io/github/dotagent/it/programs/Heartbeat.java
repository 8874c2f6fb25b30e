package io.github.dotagent.it.programs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells for how long this JVM had no processor: a thread that wakes every few milliseconds, and
 * writes down when it did not. Thread-safe.
 */
final class Heartbeat implements Runnable {
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Shorter gaps are normal for the kernel and the collector. */
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Longer than any lookup, including the longest stop. */
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(3);

  /** Beginning and end of each gap; guarded by this. */
  private final Deque<long[]> gaps = new ArrayDeque<long[]>();

  /** Guarded by this. */
  private long last = System.nanoTime();

  void begin() {
    Thread thread = new Thread(this, "heartbeat");
    thread.setDaemon(true);
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
  }

  @Override
  public void run() {
    while (true) {
      try {
        LockSupport.parkNanos(BEAT_NANOS);
        beat();
      } catch (OutOfMemoryError full) {
        // a part of a gap is missing, so the program is judged the more severely
      }
    }
  }

  private synchronized void beat() {
    long now = System.nanoTime();
    long before = last;
    last = now;
    if (now - before > GAP_NANOS) {
      gaps.addLast(new long[] {before, now});
    }
    while (!gaps.isEmpty() && now - gaps.getFirst()[1] > KEPT_NANOS) {
      gaps.removeFirst();
    }
  }

  /** Of the time between the two, by System.nanoTime; a gap that lasts counts too. */
  synchronized long awayNanos(long from, long to) {
    long away = 0;
    for (long[] gap : gaps) {
      away += overlap(gap[0], gap[1], from, to);
    }
    return to - last > GAP_NANOS ? away + overlap(last, to, from, to) : away;
  }

  private static long overlap(long begin, long end, long from, long to) {
    long later = begin - from > 0 ? begin : from;
    long earlier = end - to < 0 ? end : to;
    return Math.max(0, earlier - later);
  }
}
