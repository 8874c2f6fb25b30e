package io.github.dotagent.concurrent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait that an interrupt does not end: the flag is kept, and not acted on. */
public final class UninterruptibleWait {
  private UninterruptibleWait() {}

  /** False when the latch does not open within so many nanoseconds. */
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
