package io.github.dotagent.concurrent;

/**
 * Time, passed in: what it is, and what shall happen later. The real one runs on one thread of the
 * agent; tests drive theirs by hand.
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

  /** The same, for what is cancelled nearly every time: cheap, and up to some milliseconds late. */
  default Timer unlessCancelled(long delayNanos, Runnable action) {
    return after(delayNanos, action);
  }

  /**
   * By how much actions ran late in the last second, at most: what this machine, and no server, is
   * to blame for.
   */
  default long latenessNanos() {
    return 0;
  }

  /** Something that will happen, unless cancelled. */
  interface Timer {
    /** Has no effect once the action has begun. */
    void cancel();
  }
}
