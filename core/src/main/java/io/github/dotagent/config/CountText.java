package io.github.dotagent.config;

/** Reads a whole number. */
final class CountText {
  /** Enough for every bound here, and no {@code long} overflows. */
  private static final int DIGITS = 18;

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

  /** Without the marks that people put between groups of three digits; null: no number either. */
  private static String nearest(String text) {
    String bare = text.replace("_", "").replace(",", "").replace(" ", "");
    return isDigits(bare) ? bare : null;
  }
}
