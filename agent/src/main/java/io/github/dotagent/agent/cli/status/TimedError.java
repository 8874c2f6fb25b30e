package io.github.dotagent.agent.cli.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error in the form of the MBeans: {@code TIME TEXT}, followed by {@code (N times since TIME)}
 * if it occurred more than once. An agent of another version may give a text alone. Immutable.
 */
final class TimedError {
  // as RepeatedError ends a text; of 18 digits: those of a long
  private static final Pattern REPEATED = Pattern.compile(" \\((\\d{1,18}) times since (\\S+)\\)$");

  private final String text;
  private final long times;
  private final Instant first; // null: not known
  private final Instant last; // null: not known

  private TimedError(String text, long times, Instant first, Instant last) {
    this.text = text;
    this.times = times;
    this.first = first;
    this.last = last;
  }

  static TimedError parse(String error) {
    int blank = error.indexOf(' ');
    Instant last = blank < 0 ? null : time(error.substring(0, blank));
    if (last == null) {
      return new TimedError(error, 1, null, null);
    }
    String text = error.substring(blank + 1);
    Matcher repeated = REPEATED.matcher(text);
    Instant first = repeated.find() ? time(repeated.group(2)) : null;
    return first == null
        ? new TimedError(text, 1, last, last)
        : new TimedError(
            text.substring(0, repeated.start()), Long.parseLong(repeated.group(1)), first, last);
  }

  private static Instant time(String text) {
    try {
      return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
    } catch (DateTimeException | ArithmeticException otherVersion) {
      return null; // not a time, or out of range
    }
  }

  /**
   * Joins two errors: the sum of their counts, the whole time of both, the text of the later one.
   */
  TimedError and(TimedError other) {
    if (last == null || other.last == null) {
      return new TimedError(text, times + other.times, null, null);
    }
    return new TimedError(
        other.last.isAfter(last) ? other.text : text,
        times + other.times,
        other.first.isBefore(first) ? other.first : first,
        other.last.isAfter(last) ? other.last : last);
  }

  /** With other words. */
  TimedError saying(String other) {
    return new TimedError(other, times, first, last);
  }

  /** The text of the error. */
  String text() {
    return text;
  }

  /** For one line: {@code 2 s ago: TEXT (212 times in 3 min 0 s)}. */
  String ageFirst(Instant now) {
    return last == null
        ? text
        : Words.age(now.toEpochMilli() - last.toEpochMilli())
            + " ago: "
            + text
            + (times == 1 ? "" : " (" + times() + ")");
  }

  /** To follow the name of a server: {@code TEXT, 212 times in 3 min 0 s, last 2 s ago}. */
  String ageLast(Instant now) {
    if (last == null) {
      return text;
    }
    String age = Words.age(now.toEpochMilli() - last.toEpochMilli()) + " ago";
    return text + (times == 1 ? ", " + age : ", " + times() + ", last " + age);
  }

  private String times() {
    return Words.count(times)
        + " times in "
        + Words.age(last.toEpochMilli() - first.toEpochMilli());
  }
}
