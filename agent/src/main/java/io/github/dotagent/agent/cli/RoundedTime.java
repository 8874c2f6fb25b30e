package io.github.dotagent.agent.cli;

import java.time.Duration;

/** Lengths of time for people: in the largest unit that fits at least once. */
public final class RoundedTime {
  private RoundedTime() {}

  /** Such as {@code 57 days}, {@code 3 hours}, {@code 20 minutes}. */
  public static String text(Duration span) {
    if (span.toDays() > 0) {
      return of(span.toDays(), "day");
    }
    if (span.toHours() > 0) {
      return of(span.toHours(), "hour");
    }
    return of(span.toMinutes(), "minute");
  }

  private static String of(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
