package io.github.dotagent.config;

/** Reads a value that is one of a few words. */
final class ChoiceText {
  private ChoiceText() {}

  /**
   * The value itself.
   *
   * @throws ConfigException when it is none of the words, which are lower case
   */
  static String oneOf(Setting setting, String... words) throws ConfigException {
    for (String word : words) {
      if (setting.is(word)) {
        return word;
      }
    }
    throw noneOf(setting, words);
  }

  /** The word that the value is but for upper and lower case. */
  static String oneOfInAnyCase(Setting setting, String... words) throws ConfigException {
    for (String word : words) {
      if (setting.text().equalsIgnoreCase(word)) {
        return word;
      }
    }
    throw noneOf(setting, words);
  }

  private static ConfigException noneOf(Setting setting, String... words) {
    StringBuilder reason = new StringBuilder("must be ");
    for (int i = 0; i < words.length; i++) {
      reason.append(i == 0 ? "" : i == words.length - 1 ? " or " : ", ").append(words[i]);
    }
    return setting.misspelled(
        reason.toString(),
        LooserWord.orSafe(setting.key(), NearestWord.among(setting.text(), words)));
  }
}
