package io.github.dotagent.concurrent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait that an interrupt does not end. It keeps the interrupt flag for the caller. */
public final class UninterruptibleWait {
  private UninterruptibleWait() {}

  /** Waits for the latch. False if the latch does not open within this time. */
  public static boolean within(long nanos, CountDownLatch latch) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + nanos;
    try {
      while (true) {
        try {
          return latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException kept) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
