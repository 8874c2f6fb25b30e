package io.github.dotagent.upstream;

import java.util.concurrent.TimeUnit;

/**
 * How long a server takes to answer, smoothed as TCP smooths its own round trips (RFC 6298 §2).
 * Immutable.
 */
final class RoundTrip {
  /** No answer yet. */
  static final RoundTrip UNKNOWN = new RoundTrip(0, 0);

  /**
   * The least delay after the usual time at which an answer counts as late: the server does not
   * cause a pause of the garbage collector or of the scheduler.
   */
  static final long LEAST_MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final long smoothed;
  private final long variation;

  private RoundTrip(long smoothed, long variation) {
    this.smoothed = smoothed;
    this.variation = variation;
  }

  /** With one more measurement, in nanoseconds. */
  RoundTrip with(long measured) {
    long sample = Math.max(1, measured);
    if (!isKnown()) {
      return new RoundTrip(sample, sample / 2);
    }
    long deviation = Math.abs(smoothed - sample);
    return new RoundTrip(
        smoothed + (sample - smoothed) / 8, variation + (deviation - variation) / 4);
  }

  boolean isKnown() {
    return smoothed > 0;
  }

  /** Nanoseconds; valid if it is known. */
  long smoothed() {
    return smoothed;
  }

  /** After this many nanoseconds an answer is later than recent ones. */
  long late() {
    return smoothed + Math.max(LEAST_MARGIN_NANOS, 4 * variation);
  }
}
