package io.github.dotagent.concurrent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Time that is left for waiting. Only waiting counts, and not the work between two waits. For one
 * thread.
 */
public final class WaitBudget {
  private final Timers timers;
  private final boolean neverWaits;
  private long nanos;

  /**
   * @param nanos 0 or less: for a caller that must not wait
   */
  public WaitBudget(Timers timers, long nanos) {
    this.timers = timers;
    this.neverWaits = nanos <= 0;
    this.nanos = nanos;
  }

  /** Whether there was no time from the beginning: then a missing result proves nothing. */
  public boolean neverWaits() {
    return neverWaits;
  }

  /** What is left; below 0 if a wait took longer. */
  public long nanos() {
    return nanos;
  }

  /** Takes the time of a wait that has ended. */
  public void take(long waitedNanos) {
    nanos -= waitedNanos;
  }

  /** Waits for the latch while there is time. An interrupt does not end the wait. */
  public void await(CountDownLatch latch) {
    await(latch, nanos);
  }

  /** The same, and no longer than so many nanoseconds. */
  public void await(CountDownLatch latch, long most) {
    long begun = timers.nanoTime();
    long deadline = begun + Math.min(nanos, most);
    boolean interrupted = false;
    boolean over = false;
    while (!over) {
      try {
        latch.await(deadline - timers.nanoTime(), TimeUnit.NANOSECONDS);
        over = true;
      } catch (InterruptedException kept) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    take(timers.nanoTime() - begun);
  }
}
