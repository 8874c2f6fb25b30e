package io.github.dotagent.config;

import java.time.Duration;
import java.util.Locale;

/**
 * Durations as users write them: a whole number and a unit, such as {@code 500ms}, or several of
 * them, the larger unit first, such as {@code 1m30s}.
 */
final class DurationText {
  /** Largest first. */
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

  /** In milliseconds, in the order of {@link #UNITS}. */
  private static final long[] UNIT_MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  /** Beyond every bound in every unit, and ten times as much still fits a long. */
  private static final long LARGEST_NUMBER = 100_000_000_000_000_000L;

  private DurationText() {}

  /**
   * The duration.
   *
   * @param least inclusive
   * @param most inclusive, up to 2147483647s
   */
  static Duration between(Setting setting, Duration least, Duration most) throws ConfigException {
    Duration duration = parse(setting.text());
    if (duration == null) {
      throw setting.misspelled(
          "is not a duration: a whole number and ms, s, m, h or d",
          nearest(setting.text(), least, most));
    }
    boolean low = duration.compareTo(least) < 0;
    if (low || duration.compareTo(most) > 0) {
      String nearest = text(low ? least : most);
      throw setting.wrong(
          "must be " + text(least) + " to " + text(most) + "; the nearest is " + nearest);
    }
    return duration;
  }

  /** Null when it is not a duration. */
  static Duration parse(String text) {
    Duration sum = null;
    String rest = text;
    for (int i = 0; i < UNITS.length && !rest.isEmpty(); i++) {
      int digits = leadingDigits(rest);
      int end = digits + lettersFrom(rest, digits);
      if (digits > 0 && rest.substring(digits, end).equals(UNITS[i])) {
        long number = number(rest, digits);
        boolean fits = number <= Long.MAX_VALUE / UNIT_MILLIS[i];
        Duration part = Duration.ofMillis(fits ? number * UNIT_MILLIS[i] : Long.MAX_VALUE);
        sum = sum == null ? part : sum.plus(part);
        rest = rest.substring(end);
      }
    }
    return rest.isEmpty() ? sum : null;
  }

  private static int lettersFrom(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
      end++;
    }
    return end - start;
  }

  /** In the largest unit that needs no fraction. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    int unit = 0;
    while (millis % UNIT_MILLIS[unit] != 0) {
      unit++;
    }
    return millis / UNIT_MILLIS[unit] + UNITS[unit];
  }

  private static int leadingDigits(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    return digits;
  }

  private static long number(String text, int digits) {
    long number = 0;
    for (int i = 0; i < digits; i++) {
      number = Math.min(number * 10 + (text.charAt(i) - '0'), LARGEST_NUMBER);
    }
    return number;
  }

  /** The valid form of another form, such as {@code 5} or {@code 5 sec}; null: unknown. */
  static String nearest(String text, Duration least, Duration most) {
    int digits = leadingDigits(text);
    if (digits == 0) {
      return null;
    }
    String number = text.substring(0, digits);
    String word = text.substring(digits).trim().toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      // a bare number is seconds to most programs, and milliseconds where it is too large for that
      return within(least, most, number + "s", number + "ms");
    }
    if (word.startsWith("ms") || word.startsWith("milli")) {
      return within(least, most, number + "ms");
    }
    char unit = word.charAt(0);
    return "smhd".indexOf(unit) < 0 ? null : within(least, most, number + unit);
  }

  /** The first that is in the bounds, or else the bound that is nearest to the first. */
  private static String within(Duration least, Duration most, String... candidates) {
    for (String candidate : candidates) {
      Duration duration = parse(candidate);
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return candidate;
      }
    }
    boolean low = parse(candidates[0]).compareTo(least) < 0;
    return text(low ? least : most);
  }
}
