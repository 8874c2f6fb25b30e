package io.github.dotagent.config;

import java.time.Duration;
import java.util.Locale;

/** Suggests the valid form of a duration in another form, such as {@code 5} or {@code 5 sec}. */
final class DurationHint {
  private DurationHint() {}

  /** Null when there is no telling. */
  static String nearest(String text, Duration least, Duration most) {
    int digits = DurationText.leadingDigits(text);
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
      Duration duration = DurationText.parse(candidate);
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return candidate;
      }
    }
    boolean low = DurationText.parse(candidates[0]).compareTo(least) < 0;
    return DurationText.text(low ? least : most);
  }
}
