package io.github.dotagent.config;

import java.util.Locale;

/** Reads {@code true} or {@code false}. */
final class BooleanText {
  /** The words for true and false in other programs. */
  private static final String YES = " yes y on 1 t ";

  private static final String NO = " no n off 0 f ";

  private BooleanText() {}

  static boolean read(Setting setting) throws ConfigException {
    if (setting.is("true") || setting.is("false")) {
      return setting.is("true");
    }
    throw setting.misspelled(
        "must be true or false", LooserWord.orSafe(setting.key(), nearest(setting.text())));
  }

  private static String nearest(String text) {
    String word = ' ' + text.toLowerCase(Locale.ROOT) + ' ';
    if (YES.contains(word) || NO.contains(word)) {
      return YES.contains(word) ? "true" : "false";
    }
    return NearestWord.among(text, "true", "false");
  }
}
