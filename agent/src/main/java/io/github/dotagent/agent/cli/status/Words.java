package io.github.dotagent.agent.cli.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Figures as people read them; {@value #NOT_KNOWN} for what is not known. */
final class Words {
  static final String NOT_KNOWN = "-";

  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int HOURS_PER_DAY = 24;
  private static final int MILLIS_PER_SECOND = 1_000;

  /** From so many milliseconds on a tenth of one says nothing. */
  private static final double WHOLE_MILLIS = 100;

  /** As the agent's list of errors has it. */
  private static final Pattern REPEATED = Pattern.compile(" \\((\\d+) times since (\\S+)\\)$");

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

  /** A text that begins with a time, with an age in its place. */
  static String withAge(String error, Instant now) {
    int blank = error.indexOf(' ');
    String age = ageOf(error.substring(0, Math.max(blank, 0)), now);
    return age == null ? error : age + " ago: " + withSpan(error.substring(blank + 1), error);
  }

  /** {@code (7 times since TIME)} with the span up to the last of them in the time's place. */
  private static String withSpan(String text, String error) {
    Matcher repeated = REPEATED.matcher(text);
    if (!repeated.find()) {
      return text;
    }
    String span = ageOf(repeated.group(2), Instant.parse(error.substring(0, error.indexOf(' '))));
    return span == null
        ? text
        : text.substring(0, repeated.start())
            + " ("
            + repeated.group(1)
            + " times in "
            + span
            + ")";
  }

  /** Null when the text is no time. */
  private static String ageOf(String time, Instant now) {
    try {
      return age(now.toEpochMilli() - Instant.parse(time).toEpochMilli());
    } catch (DateTimeException | ArithmeticException otherVersion) {
      return null; // no time, or one of a thousand million years from now
    }
  }

  /** The text in lines of no more than so many characters, where its words let that be. */
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
