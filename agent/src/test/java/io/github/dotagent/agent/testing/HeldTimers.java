package io.github.dotagent.agent.testing;

import io.github.dotagent.concurrent.Timers;
import java.util.ArrayList;
import java.util.List;

/** Timers whose actions the test runs by itself, and a clock that it sets. For one thread. */
public final class HeldTimers implements Timers {
  /** What is to be run, in the order in which it was given. */
  public final List<Runnable> due = new ArrayList<>();

  /** For each action that was given so far. */
  public final List<Long> delays = new ArrayList<>();

  /** What the clock shows. */
  public long now;

  private final boolean hasClock;

  private HeldTimers(boolean hasClock) {
    this.hasClock = hasClock;
  }

  public static HeldTimers withClock() {
    return new HeldTimers(true);
  }

  /** For what must not read the time. */
  public static HeldTimers withoutClock() {
    return new HeldTimers(false);
  }

  @Override
  public long nanoTime() {
    if (!hasClock) {
      throw new AssertionError("the clock is read");
    }
    return now;
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    delays.add(delayNanos);
    due.add(action);
    return () -> {};
  }
}
