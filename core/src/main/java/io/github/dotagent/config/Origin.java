package io.github.dotagent.config;

/** Where a setting was given, and how keys are spelled there. Immutable. */
final class Origin {
  static final Origin SYSTEM_PROPERTY = new Origin("system property", SettingKey.PROPERTY_PREFIX);
  static final Origin ENVIRONMENT = new Origin("environment", SettingKey.ENVIRONMENT_PREFIX);
  static final Origin DEFAULT = new Origin("default", "");

  private final String description;
  private final String prefix;

  private Origin(String description, String prefix) {
    this.description = description;
    this.prefix = prefix;
  }

  /** A properties file; its keys may carry the prefix of system properties or not. */
  static Origin file(String path, boolean prefixed) {
    return new Origin("file " + path, prefixed ? SettingKey.PROPERTY_PREFIX : "");
  }

  /**
   * Whether a property or a variable is meant for the agent. In the environment upper and lower
   * case are the same here, for people write {@code dotagent_upstreams} as they write {@code
   * https_proxy}: that is no setting, and the user is told so.
   */
  boolean isOurs(String name) {
    boolean anyCase = this == ENVIRONMENT;
    return name.regionMatches(anyCase, 0, prefix, 0, prefix.length());
  }

  /** The name of this key in this kind of source. */
  String spell(SettingKey key) {
    return this == ENVIRONMENT ? key.environmentName() : prefix + key.key();
  }

  /** The known key that is spelled like this here, or null. */
  SettingKey keyOf(String spelled) {
    for (SettingKey key : SettingKey.values()) {
      if (spell(key).equals(spelled)) {
        return key;
      }
    }
    return null;
  }

  /** Such as {@code system property} or {@code file /etc/dot-agent.properties}. */
  @Override
  public String toString() {
    return description;
  }
}
