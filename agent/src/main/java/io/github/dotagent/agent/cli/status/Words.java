package io.github.dotagent.agent.cli.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them; {@value #NOT_KNOWN} for an unknown one. */
final class Words {
  static final String NOT_KNOWN = "-";

  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int HOURS_PER_DAY = 24;
  private static final int MILLIS_PER_SECOND = 1_000;

  /** From this many milliseconds on, a tenth of one does not matter. */
  private static final double WHOLE_MILLIS = 100;

  private Words() {}

  static String text(String text) {
    return text == null ? NOT_KNOWN : text;
  }

  /** {@code 12,345}. */
  static String count(Long count) {
    return count == null ? NOT_KNOWN : String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 12.3 ms}. */
  static String millis(Double millis) {
    if (millis == null) {
      return NOT_KNOWN;
    }
    return String.format(Locale.ROOT, millis < WHOLE_MILLIS ? "%.1f ms" : "%.0f ms", millis);
  }

  /** {@code 97.3 %}. */
  static String share(long part, long whole) {
    return whole == 0 ? NOT_KNOWN : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  /** {@code 12.0/s}. */
  static String rate(long more, long millis) {
    return String.format(Locale.ROOT, "%.1f/s", more * (double) MILLIS_PER_SECOND / millis);
  }

  /** The two largest units: {@code 3 h 12 min}. */
  static String age(long millis) {
    long seconds = Math.max(millis, 0) / MILLIS_PER_SECOND;
    long minutes = seconds / SECONDS_PER_MINUTE;
    long hours = minutes / MINUTES_PER_HOUR;
    if (minutes == 0) {
      return seconds + " s";
    }
    if (hours == 0) {
      return minutes + " min " + seconds % SECONDS_PER_MINUTE + " s";
    }
    long days = hours / HOURS_PER_DAY;
    return days == 0
        ? hours + " h " + minutes % MINUTES_PER_HOUR + " min"
        : days + " d " + hours % HOURS_PER_DAY + " h";
  }

  /**
   * {@code 3 min 2 s ago}.
   *
   * @param time in the form of {@link Instant#toString}, or null
   */
  static String since(String time, Instant now) {
    if (time == null) {
      return NOT_KNOWN;
    }
    try {
      return age(now.toEpochMilli() - Instant.parse(time).toEpochMilli()) + " ago";
    } catch (DateTimeException | ArithmeticException otherVersion) {
      return NOT_KNOWN;
    }
  }

  /** The text in lines of at most this many characters, if its words allow it. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
