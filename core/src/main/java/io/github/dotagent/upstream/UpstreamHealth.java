package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.Timers;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Whether a server is healthy, or backs off. One that failed backs off for a while, longer each
 * time; then one real query is tried on it, beside the server that answers meanwhile. It is still
 * asked if there is no other. Safe for use by any number of threads.
 */
final class UpstreamHealth {
  /** With this back-off a burst of lookups does not wait for a dead server one after the other. */
  static final long FIRST_BACK_OFF = TimeUnit.SECONDS.toNanos(1);

  /**
   * RFC 7858 §3.1 suggests an hour for a server without TLS. Here the network may just have been
   * away, and another server answers meanwhile, so the next attempt comes after a minute at most.
   */
  static final long LONGEST_BACK_OFF = TimeUnit.SECONDS.toNanos(60);

  /** A machine that has no IPv6 now will not have it in a minute. */
  static final long NO_ROUTE_BACK_OFF = TimeUnit.MINUTES.toNanos(10);

  /**
   * The random part of a back-off, so that a thousand JVMs that saw a server go down do not all
   * return to it at the same moment.
   */
  static final double JITTER = 0.25;

  private final Timers timers;
  private final Random random;
  private final Object lock = new Object();
  private long backOff; // guarded by lock; 0: healthy
  private long until; // guarded by lock; valid while backOff is not 0
  private boolean trying; // guarded by lock

  UpstreamHealth(Timers timers, Random random) {
    this.timers = timers;
    this.random = random;
  }

  /** True if the server had failed before and is back now. */
  boolean succeeded() {
    synchronized (lock) {
      boolean wasFailing = backOff != 0;
      backOff = 0;
      trying = false;
      return wasFailing;
    }
  }

  /**
   * A query failed. Queries that fail together count once: the back-off grows only if its time was
   * over. True if the server was healthy until now.
   *
   * @param noRoute nothing could be sent at all: this machine does not reach the address
   */
  boolean failed(boolean noRoute) {
    long now = timers.nanoTime();
    synchronized (lock) {
      boolean wasHealthy = backOff == 0;
      if (wasHealthy || now - until >= 0) {
        backOff = wasHealthy ? FIRST_BACK_OFF : Math.min(2 * backOff, LONGEST_BACK_OFF);
        until = now + shortened(noRoute ? NO_ROUTE_BACK_OFF : backOff);
      }
      trying = false;
      return wasHealthy;
    }
  }

  private long shortened(long nanos) {
    return nanos - (long) (nanos * JITTER * random.nextDouble());
  }

  boolean isHealthy() {
    synchronized (lock) {
      return backOff == 0;
    }
  }

  /** The reason for the back-off is probably over: the next query tries the server. */
  void forgive() {
    synchronized (lock) {
      backOff = Math.min(backOff, FIRST_BACK_OFF);
      until = timers.nanoTime();
    }
  }

  /**
   * Whether the caller must try a query on it: its back-off is over, and no other caller is trying.
   * If true, the caller must ask it; the result ends the trial.
   */
  boolean beginTrial() {
    long now = timers.nanoTime();
    synchronized (lock) {
      boolean due = backOff != 0 && !trying && now - until >= 0;
      trying |= due;
      return due;
    }
  }

  /** A trial ended without a result from the server: the next query may try it. */
  void trialIsOver() {
    synchronized (lock) {
      trying = false;
    }
  }

  /** Nanoseconds until it may be tried again; 0 when it is healthy or that time has come. */
  long backsOffFor() {
    long now = timers.nanoTime();
    synchronized (lock) {
      return backOff == 0 ? 0 : Math.max(0, until - now);
    }
  }
}
