package io.github.dotagent.cache;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.testing.ManualTimers;

/**
 * Timers that a program's stack or heap does not suffice for, once: an Error may strike wherever
 * something is called. Safe for use by one thread.
 */
final class BrittleTimers implements Timers {
  final ManualTimers clock = new ManualTimers();
  private int callsLeft;

  /**
   * @param call which one from now on fails: 1 for the next; 0: none
   */
  void failAtCall(int call) {
    callsLeft = call;
  }

  @Override
  public long nanoTime() {
    count();
    return clock.nanoTime();
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    count();
    return clock.after(delayNanos, action);
  }

  private void count() {
    if (callsLeft > 0 && --callsLeft == 0) {
      throw new StackOverflowError("as deep as the program's stack goes");
    }
  }
}
