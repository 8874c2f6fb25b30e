package io.github.dotagent.testing;

import io.github.dotagent.concurrent.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until a test moves it. Actions run on the thread that moves it, in the
 * order in which they are due; none runs before. Safe for use by any number of threads.
 */
public final class ManualTimers implements Timers {
  /**
   * {@link System#nanoTime()} may start anywhere and run over: half a second before that happens,
   * most tests cross it.
   */
  private static final long ORIGIN = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(500);

  private final List<Scheduled> scheduled = new ArrayList<>(); // guarded by this
  private long now = ORIGIN; // guarded by this
  private volatile long lateness;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public long latenessNanos() {
    return lateness;
  }

  /** From now on the machine is so slow. */
  public void lateBy(Duration duration) {
    lateness = duration.toNanos();
  }

  /** The test begins in 1970. */
  @Override
  public long epochMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime() - ORIGIN);
  }

  @Override
  public synchronized Timer after(long delayNanos, Runnable action) {
    Scheduled timer = new Scheduled(now + Math.max(0, delayNanos), action);
    scheduled.add(timer);
    return timer;
  }

  /** Moves the clock on and runs the actions that fall due, each at its own time. */
  public void advance(Duration duration) {
    long end = nanoTime() + duration.toNanos();
    for (Scheduled timer = takeDue(end); timer != null; timer = takeDue(end)) {
      timer.action.run();
    }
    synchronized (this) {
      now = end;
    }
  }

  /** Runs the due actions, without moving the clock. */
  public void runDue() {
    advance(Duration.ZERO);
  }

  /** How many actions have neither run nor been cancelled. */
  public synchronized int waiting() {
    return scheduled.size();
  }

  private synchronized Scheduled takeDue(long end) {
    Scheduled first = null;
    for (Scheduled timer : scheduled) {
      // by difference, for the clock may run over; of two at one time the one set first
      if (timer.due - end <= 0 && (first == null || timer.due - first.due < 0)) {
        first = timer;
      }
    }
    if (first != null) {
      scheduled.remove(first);
      // one that was set while the clock was moving may be due in what is already past
      now = first.due - now > 0 ? first.due : now;
    }
    return first;
  }

  private final class Scheduled implements Timer {
    private final long due;
    private final Runnable action;

    Scheduled(long due, Runnable action) {
      this.due = due;
      this.action = action;
    }

    @Override
    public void cancel() {
      synchronized (ManualTimers.this) {
        scheduled.remove(this);
      }
    }
  }
}
