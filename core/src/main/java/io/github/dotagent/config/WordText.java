package io.github.dotagent.config;

import java.util.Locale;

/** Reads a value that is one of a few words. */
final class WordText {
  /** The words for true and false in other programs. */
  private static final String YES = " yes y on 1 t ";

  private static final String NO = " no n off 0 f ";

  private WordText() {}

  /**
   * The value itself.
   *
   * @throws ConfigException if it is not one of the words, which are lower case
   */
  static String oneOf(Setting setting, String... words) throws ConfigException {
    for (String word : words) {
      if (setting.is(word)) {
        return word;
      }
    }
    throw noneOf(setting, words);
  }

  /** The word that equals the value in any case. */
  static String oneOfInAnyCase(Setting setting, String... words) throws ConfigException {
    for (String word : words) {
      if (setting.text().equalsIgnoreCase(word)) {
        return word;
      }
    }
    throw noneOf(setting, words);
  }

  /** {@code true} or {@code false}. */
  static boolean trueOrFalse(Setting setting) throws ConfigException {
    if (setting.is("true") || setting.is("false")) {
      return setting.is("true");
    }
    throw setting.misspelled(
        "must be true or false", notLooser(setting, nearestBoolean(setting.text())));
  }

  private static String nearestBoolean(String text) {
    String word = ' ' + text.toLowerCase(Locale.ROOT) + ' ';
    if (YES.contains(word) || NO.contains(word)) {
      return YES.contains(word) ? "true" : "false";
    }
    return NearestWord.among(text, "true", "false");
  }

  private static ConfigException noneOf(Setting setting, String... words) {
    StringBuilder reason = new StringBuilder("must be ");
    for (int i = 0; i < words.length; i++) {
      reason.append(i == 0 ? "" : i == words.length - 1 ? " or " : ", ").append(words[i]);
    }
    return setting.misspelled(
        reason.toString(), notLooser(setting, NearestWord.among(setting.text(), words)));
  }

  /**
   * The word, or null if it protects less than the default. A message lists such a word among the
   * others, but never proposes it: a typing mistake must not lead to less protection than without
   * the setting.
   */
  private static String notLooser(Setting setting, String word) {
    return setting.key() != null && setting.key().isLooser(word) ? null : word;
  }
}
