package io.github.dotagent.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings that were given, the strongest source alone for each key. Immutable. */
final class GivenSettings {
  private final Setting[] byKey = new Setting[SettingKey.values().length];

  private GivenSettings(List<Setting> strongestFirst) {
    for (Setting setting : strongestFirst) {
      if (setting.key() != null && byKey[setting.key().ordinal()] == null) {
        byKey[setting.key().ordinal()] = setting;
      }
    }
  }

  /**
   * Collects and checks the keys; the values are for others to check.
   *
   * <p>{@code enabled=false} is the way out of whatever is wrong with the agent, its settings
   * included: nothing else is looked at then, and a file named beside it is not even opened.
   *
   * @throws ConfigException for a file that cannot be read, an unknown key, an empty value
   */
  static GivenSettings of(SettingSources sources) throws ConfigException {
    List<Setting> all = new ArrayList<>();
    add(Origin.SYSTEM_PROPERTY, SettingKey.PROPERTY_PREFIX, sources.systemProperties(), all);
    add(Origin.ENVIRONMENT, SettingKey.ENVIRONMENT_PREFIX, sources.environment(), all);
    GivenSettings given = new GivenSettings(all);
    if (!given.switchedOff() && !sources.file().isEmpty()) {
      all.addAll(SettingsFile.read(sources.file()));
      given = new GivenSettings(all);
    }
    if (!given.switchedOff()) {
      given.check(all);
    }
    return given;
  }

  /** Nothing but defaults. */
  static GivenSettings none() {
    return new GivenSettings(new ArrayList<Setting>());
  }

  /** Whether the agent shall do nothing at all. */
  boolean switchedOff() {
    Setting enabled = given(SettingKey.ENABLED);
    return enabled != null && enabled.is("false");
  }

  /** What the user wrote, or null. */
  Setting given(SettingKey key) {
    return byKey[key.ordinal()];
  }

  /** What the user wrote, or else the default. */
  Setting orDefault(SettingKey key) {
    Setting given = given(key);
    return given == null ? Setting.ofDefault(key) : given;
  }

  private static void add(
      Origin origin, String prefix, Map<String, String> values, List<Setting> all) {
    // sorted: with two mistakes it is always the same one that is told first
    Map<String, String> sorted = new TreeMap<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        sorted.put(entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<String, String> entry : sorted.entrySet()) {
      all.add(new Setting(origin, entry.getKey(), entry.getValue()));
    }
  }

  private void check(List<Setting> all) throws ConfigException {
    for (Setting setting : all) {
      if (setting.key() == null) {
        throw setting.unknown();
      }
    }
    for (Setting setting : byKey) {
      if (setting != null) {
        setting.checkLength();
      }
    }
  }
}
