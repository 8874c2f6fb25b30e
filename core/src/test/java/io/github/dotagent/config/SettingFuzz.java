package io.github.dotagent.config;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import java.util.EnumSet;
import java.util.Set;

/** The value of each setting, or of two that belong together. */
public final class SettingFuzz implements FuzzTarget {
  /** They name files, which targets of their own read. */
  private static final Set<SettingKey> FILES =
      EnumSet.of(
          SettingKey.TRUST_STORE,
          SettingKey.CLIENT_CERTIFICATES,
          SettingKey.HOSTS,
          SettingKey.LOG_FILE,
          SettingKey.DNSSEC_ANCHORS);

  private static final SettingKey[] KEYS = SettingKey.values();

  @Override
  public void read(byte[] octets) {
    FuzzInput input = new FuzzInput(octets);
    SettingKey first = KEYS[input.choice(KEYS.length)];
    SettingKey second = KEYS[input.choice(KEYS.length)];
    String text = input.text();
    int between = text.indexOf('\0');
    String value = between < 0 ? text : text.substring(0, between);
    String beside = between < 0 ? null : text.substring(between + 1);
    if (names(first, value) || beside != null && names(second, beside)) {
      return;
    }
    Given given = Given.given().rawProperty(SettingKey.PROPERTY_PREFIX + first.key() + "=" + value);
    if (beside != null) {
      given.rawProperty(SettingKey.PROPERTY_PREFIX + second.key() + "=" + beside);
    }
    try {
      given.load();
    } catch (ConfigException refused) {
      Findings.checkAreLines(refused.getMessage());
    }
  }

  private static boolean names(SettingKey key, String value) {
    return FILES.contains(key) && (value.contains("/") || !value.contains("."));
  }
}
