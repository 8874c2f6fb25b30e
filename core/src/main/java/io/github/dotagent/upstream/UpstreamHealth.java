package io.github.dotagent.upstream;

import io.github.dotagent.support.Timers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a server is to be asked before others. One that failed stands back for a while, and
 * longer each time; it is still asked when there is no other. Safe for use by any number of
 * threads.
 */
final class UpstreamHealth {
  /** Long enough that a burst of lookups does not wait on a dead server one after the other. */
  static final long FIRST_BACK_OFF = TimeUnit.SECONDS.toNanos(1);

  /**
   * RFC 7858 §3.1 speaks of an hour for a server without TLS. Here the network may just have been
   * away, and another server answers meanwhile, so a minute is the price of finding out.
   */
  static final long LONGEST_BACK_OFF = TimeUnit.SECONDS.toNanos(60);

  private final Timers timers;
  private final ReentrantLock lock = new ReentrantLock();
  private long backOff; // guarded by lock; 0: healthy
  private long until; // guarded by lock; of meaning while backOff is not 0

  UpstreamHealth(Timers timers) {
    this.timers = timers;
  }

  /** True when it had failed before: it is back. */
  boolean succeeded() {
    lock.lock();
    try {
      boolean wasFailing = backOff != 0;
      backOff = 0;
      return wasFailing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queries that fail together count once: the back-off grows only when its time was over. True
   * when it was healthy until now.
   */
  boolean failed() {
    long now = timers.nanoTime();
    lock.lock();
    try {
      boolean wasHealthy = backOff == 0;
      if (backOff == 0 || now - until >= 0) {
        backOff = backOff == 0 ? FIRST_BACK_OFF : Math.min(2 * backOff, LONGEST_BACK_OFF);
        until = now + backOff;
      }
      return wasHealthy;
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds until it is to be asked like any other; 0 when it is now. */
  long standsBackFor() {
    long now = timers.nanoTime();
    lock.lock();
    try {
      return backOff == 0 ? 0 : Math.max(0, until - now);
    } finally {
      lock.unlock();
    }
  }
}
