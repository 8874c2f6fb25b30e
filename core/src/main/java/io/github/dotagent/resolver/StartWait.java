package io.github.dotagent.resolver;

import io.github.dotagent.support.PatientWait;
import java.util.concurrent.CountDownLatch;

/**
 * This machine's own work before it can ask any server: classes, TLS, the first handshake. In a
 * small container that takes many seconds, and none of them is a server's; so lookups wait for it
 * first, within a bound of its own ({@code timeout.start}), and {@code timeout} begins to count
 * afterwards. Safe for use by any number of threads.
 */
public final class StartWait {
  private final long limitNanos;
  private final CountDownLatch latch = new CountDownLatch(1);
  private volatile long forServers;
  private volatile boolean over;

  /**
   * @param limitNanos the bound of one lookup's wait
   */
  public StartWait(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /** There is nothing to wait for. */
  static StartWait none() {
    StartWait none = new StartWait(0);
    none.over(0);
    return none;
  }

  /**
   * Lookups are asked from now on. May be said again.
   *
   * @param waitedForServers the part of the time, in nanoseconds, that servers are to blame for
   */
  public void over(long waitedForServers) {
    if (!over) {
      forServers = waitedForServers;
      over = true;
      latch.countDown();
    }
  }

  /** What of the wait was for servers, in nanoseconds, and so counts against {@code timeout}. */
  long await() {
    if (over) {
      return 0; // always, but for the first lookups
    }
    long begun = System.nanoTime();
    if (!PatientWait.within(limitNanos, latch)) {
      over(0); // whatever keeps it, a lookup says more than another wait
    }
    return Math.min(forServers, System.nanoTime() - begun);
  }
}
