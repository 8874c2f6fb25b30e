package io.github.dotagent.it.programs;

import java.util.concurrent.locks.LockSupport;

/** Fills the heap to its end, holds that for a time, and lets go. */
final class FullHeap implements Runnable {
  /** Fills the heap down to the smallest gap; large pieces first. */
  private static final int[] PIECES = {1 << 16, 1 << 10, 1 << 5};

  private static final long PAUSE_NANOS = 1_000_000;

  /** The command is answered meanwhile. */
  private static final long BEFORE_NANOS = 100_000_000;

  private final long nanos;

  FullHeap(long nanos) {
    this.nanos = nanos;
  }

  void begin() {
    Thread thread = new Thread(this, "full-heap");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    Object[] all = null;
    LockSupport.parkNanos(BEFORE_NANOS);
    long until = System.nanoTime() + nanos;
    while (until - System.nanoTime() > 0) {
      all = filled(all, until); // also fills what the collector has freed
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    if (all != null) {
      all[0] = null; // read, so that no compiler lets it go sooner
    }
  }

  private static Object[] filled(Object[] before, long until) {
    Object[] all = before;
    for (int size : PIECES) {
      try {
        while (until - System.nanoTime() > 0) {
          Object[] piece = new Object[size];
          piece[0] = all;
          all = piece;
        }
      } catch (OutOfMemoryError full) {
        // a smaller piece may still go in
      }
    }
    return all;
  }
}
