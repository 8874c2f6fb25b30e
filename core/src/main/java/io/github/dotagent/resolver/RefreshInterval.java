package io.github.dotagent.resolver;

import io.github.dotagent.concurrent.Timers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells when to check a thing again that changes rarely and costs a system call. Safe for use by
 * any number of threads.
 */
final class RefreshInterval {
  /** The JVM's own cache hides a change for as long. */
  static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Timers timers;
  private final AtomicLong next;

  RefreshInterval(Timers timers) {
    this.timers = timers;
    this.next = new AtomicLong(timers.nanoTime());
  }

  /** True for one caller a second, and for the very first. */
  boolean isDue() {
    long due = next.get();
    long now = timers.nanoTime();
    return now - due >= 0 && next.compareAndSet(due, now + NANOS);
  }
}
