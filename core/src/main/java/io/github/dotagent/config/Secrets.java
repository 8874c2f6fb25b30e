package io.github.dotagent.config;

import java.util.Locale;

/** Which values must not be printed. */
final class Secrets {
  /** How people begin or shorten "password" when they misspell its key. */
  private static final String[] SECRET_WORDS = {"pass", "pw", "secret"};

  private static final String STORE = "store";

  private Secrets() {}

  /** True for the password, and for a key that does not exist but looks like the password's. */
  static boolean isSecret(Setting setting) {
    if (setting.key() != null) {
      return setting.key() == SettingKey.TRUST_STORE_PASSWORD;
    }
    String spelled = setting.spelled().toLowerCase(Locale.ROOT);
    for (String word : SECRET_WORDS) {
      if (spelled.contains(word)) {
        return true;
      }
    }
    // whatever follows trustStore may be meant as its password; trustStore itself is a path
    int store = spelled.indexOf(STORE);
    return store >= 0 && store + STORE.length() < spelled.length();
  }
}
