package io.github.dotagent.metrics;

import java.time.Instant;

/** An error: its last time, its number, and its first time. Immutable. */
public final class RepeatedError {
  private final String text;
  private final long firstMillis;
  private final long lastMillis;
  private final long times;

  private RepeatedError(String text, long firstMillis, long lastMillis, long times) {
    this.text = text;
    this.firstMillis = firstMillis;
    this.lastMillis = lastMillis;
    this.times = times;
  }

  /**
   * @param epochMillis when, by the wall clock
   * @param text the error, for people
   */
  public static RepeatedError first(long epochMillis, String text) {
    return new RepeatedError(text, epochMillis, epochMillis, 1);
  }

  /**
   * The same error again.
   *
   * @param newest its text this time; details may differ
   */
  public RepeatedError again(long epochMillis, String newest) {
    return new RepeatedError(newest, firstMillis, epochMillis, times + 1);
  }

  /** Its text the last time. */
  public String text() {
    return text;
  }

  /**
   * {@code TIME TEXT}, the time as in ISO 8601, UTC; with {@code (N times since TIME)} behind it
   * when it was more than once.
   */
  @Override
  public String toString() {
    String once = Instant.ofEpochMilli(lastMillis) + " " + text;
    return times == 1
        ? once
        : once + " (" + times + " times since " + Instant.ofEpochMilli(firstMillis) + ")";
  }
}
