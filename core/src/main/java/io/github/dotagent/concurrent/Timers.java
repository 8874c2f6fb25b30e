package io.github.dotagent.concurrent;

/**
 * The clock and the timers, passed in. The real ones run on one thread of the agent; tests drive
 * theirs by hand.
 */
public interface Timers {
  /** Nanoseconds since an arbitrary origin, as {@link System#nanoTime()}. */
  long nanoTime();

  /** The wall clock, for people: milliseconds since 1970. */
  default long epochMillis() {
    return System.currentTimeMillis();
  }

  /**
   * Runs the action once, after the delay, on the timer's own thread: it must be short and must not
   * block. An action that throws is logged and forgotten.
   */
  Timer after(long delayNanos, Runnable action);

  /**
   * The same, for actions that are nearly always cancelled: cheap, and up to some milliseconds
   * late. One that ends with an OutOfMemoryError is run again a second later, because a caller may
   * wait for it.
   */
  default Timer unlessCancelled(long delayNanos, Runnable action) {
    return after(delayNanos, action);
  }

  /** The longest delay of an action in the last second. This machine causes it, not a server. */
  default long latenessNanos() {
    return 0;
  }

  /** An action that will run unless it is cancelled. */
  interface Timer {
    /** Has no effect once the action has begun. */
    void cancel();
  }
}
