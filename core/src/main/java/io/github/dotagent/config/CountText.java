package io.github.dotagent.config;

import io.github.dotagent.upstream.UpstreamSpec;

/** Reads whole numbers: counts, and TCP ports. */
final class CountText {
  /** Enough for every bound here, and no {@code long} overflows. */
  private static final int DIGITS = 18;

  private static final int PORT_DIGITS = 5; // of 65535

  private CountText() {}

  /**
   * The number.
   *
   * @param least inclusive
   * @param most inclusive
   */
  static long between(Setting setting, long least, long most) throws ConfigException {
    String text = setting.text();
    if (!isDigits(text)) {
      throw setting.misspelled("is not a whole number", nearest(text));
    }
    long number = text.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(text);
    if (number < least || number > most) {
      throw setting.wrong(
          "must be "
              + least
              + " to "
              + most
              + "; the nearest is "
              + (number < least ? least : most));
    }
    return number;
  }

  /** True for one ASCII digit or more: no sign, no blank. */
  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The text without the marks between groups of three digits; null if that is not a number. */
  private static String nearest(String text) {
    String bare = text.replace("_", "").replace(",", "").replace(" ", "");
    return isDigits(bare) ? bare : null;
  }

  /** 1 to 65535; 0 when the text is no such number. */
  static int port(String text) {
    if (!isDigits(text) || text.length() > PORT_DIGITS) {
      return 0;
    }
    int port = Integer.parseInt(text);
    return port <= UpstreamSpec.LARGEST_PORT ? port : 0;
  }
}
