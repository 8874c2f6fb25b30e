package io.github.dotagent.config;

/**
 * The words that protect less than the default. A message names them among the words there are, but
 * never proposes one: a slip of the keyboard must not end in less protection than its writer had
 * without a setting.
 */
final class LooserWord {
  private static final String[] ALL = {
    "enabled=false",
    "pins.mode=report",
    "auth=pins",
    "dnssec=off",
    "profile=opportunistic",
    "bypass=report",
    "bypass=off",
    "install=warn",
    "log.level=off"
  };

  private LooserWord() {}

  /** The word, or null where it protects less than the key's default. */
  static String orSafe(SettingKey key, String word) {
    String text = key == null ? word : key.key() + '=' + word;
    for (String looser : ALL) {
      if (looser.equals(text)) {
        return null;
      }
    }
    return word;
  }
}
