package io.github.dotagent.resolver;

import io.github.dotagent.concurrent.UninterruptibleWait;
import java.util.concurrent.CountDownLatch;

/**
 * The wait for this machine's own work before it can ask a server: classes, TLS, the first
 * handshake. In a small container this work takes many seconds, and it is not a server's fault. So
 * lookups wait for it first, within a bound of its own ({@code timeout.start}), and {@code timeout}
 * begins to count afterwards. Safe for use by any number of threads.
 */
public final class StartWait {
  private final long limitNanos;
  private final CountDownLatch latch = new CountDownLatch(1);
  private volatile boolean over;
  private volatile boolean awaited;

  /**
   * @param limitNanos the bound of one lookup's wait
   */
  public StartWait(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /** Whether a lookup has come while it lasted. */
  public boolean wasAwaited() {
    return awaited;
  }

  /** There is nothing to wait for. */
  static StartWait none() {
    StartWait none = new StartWait(0);
    none.over();
    return none;
  }

  /** Lookups continue from now on. May be called again. */
  public void over() {
    over = true;
    latch.countDown();
  }

  /** Returns when it is over, or has lasted too long: then no lookup waits for it any more. */
  void await() {
    if (over) {
      return;
    }
    awaited = true;
    if (!UninterruptibleWait.within(limitNanos, latch)) {
      over();
    }
  }
}
