package io.github.dotagent.config;

import io.github.dotagent.net.TerminalText;
import java.util.Locale;

/** One setting as the user wrote it. Immutable. */
final class Setting {
  /** Longer values are cut in messages: long enough to be recognised, short enough to read. */
  static final int SHOWN_CHARACTERS = 200;

  /**
   * The limit of Linux for a word of the command line or an environment variable (MAX_ARG_STRLEN);
   * no useful value is longer.
   */
  static final int LONGEST_VALUE = 131_072;

  /** A list of ten thousand zones is longer; no settings file is longer than this. */
  private static final int LONGEST_ZONES = 1_048_576;

  /** Beginnings and short forms of "password" in misspelled keys. */
  private static final String[] SECRET_WORDS = {"pass", "pw", "secret"};

  private static final String STORE = "store";

  private final Origin origin;
  private final String spelled;
  private final SettingKey key;
  private final String text;

  Setting(Origin origin, String spelled, String text) {
    this(origin, spelled, origin.keyOf(spelled), text);
  }

  private Setting(Origin origin, String spelled, SettingKey key, String text) {
    this.origin = origin;
    this.spelled = spelled;
    this.key = key;
    this.text = text.trim();
  }

  /** The default of a key, as if the user had written it. */
  static Setting ofDefault(SettingKey key) {
    return new Setting(Origin.DEFAULT, key.key(), key, key.defaultText());
  }

  /** Null when there is no such setting. */
  SettingKey key() {
    return key;
  }

  /** The key as the user spelled it. */
  String spelled() {
    return spelled;
  }

  /** The value without the blanks around it. */
  String text() {
    return text;
  }

  boolean is(String value) {
    return text.equals(value);
  }

  /** How the user would write another key in the same place. */
  String spell(SettingKey other) {
    return origin.spell(other);
  }

  /** The error to throw: {@code KEY=VALUE (SOURCE): REASON}. */
  ConfigException wrong(String reason) {
    return wrongBeside(reason);
  }

  /**
   * The error to throw for a value that is only wrong together with other settings.
   *
   * @param others the other settings, given or by default
   */
  ConfigException wrongBeside(String reason, SettingKey... others) {
    SettingKey meant = key == null ? nearestKey() : key;
    return new ConfigException(shown() + " (" + origin + "): " + reason, meant, others);
  }

  /**
   * The error to throw for a value in the wrong form.
   *
   * @param nearest the value that the user seems to mean, or null to show any valid value
   */
  ConfigException misspelled(String reason, String nearest) {
    return wrong(
        reason
            + (nearest == null || nearest.length() > SHOWN_CHARACTERS
                ? "; write for example " + key.example()
                : "; did you mean " + nearest + "?"));
  }

  /** {@code KEY=VALUE}, fit to be printed. */
  String shown() {
    return cut(spelled) + '=' + shownText();
  }

  /** The mistake if the value is empty or too long; null if it is neither. */
  ConfigException wrongLength() {
    if (text.isEmpty()) {
      return wrong("is empty; write for example " + key.example() + ", or leave it out");
    }
    int longest = key == SettingKey.ZONES ? LONGEST_ZONES : LONGEST_VALUE;
    if (text.length() > longest) {
      return wrong(
          "has "
              + text.length()
              + " characters; "
              + longest
              + (key == SettingKey.ZONES
                  ? " at most, as in a settings file"
                  : " at most, as in a command line")
              + "; write for example "
              + key.example());
    }
    return null;
  }

  /** {@code KEY=VALUE (SOURCE)}, fit to be printed; {@code none} for no value. */
  String inForce() {
    String value = text.isEmpty() ? "none" : shownText();
    return TerminalText.of(key.key() + '=' + value + " (" + origin + ")");
  }

  /** The error for a key that does not exist. */
  ConfigException unknown() {
    return misspelled("there is no such setting", origin.spell(nearestKey()));
  }

  /** For an unknown key: the most similar known key. */
  SettingKey nearestKey() {
    SettingKey[] keys = SettingKey.values();
    String[] names = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      names[i] = origin.spell(keys[i]);
    }
    return keys[NearestWord.indexOf(cut(spelled), names)];
  }

  private String shownText() {
    if (isSecret()) {
      return text.isEmpty() ? "" : "***";
    }
    return cut(text);
  }

  /** True for a password, and for an unknown key that looks like a password's. */
  private boolean isSecret() {
    if (key != null) {
      return key.isSecret();
    }
    String lower = spelled.toLowerCase(Locale.ROOT);
    for (String word : SECRET_WORDS) {
      if (lower.contains(word)) {
        return true;
      }
    }
    // a key that begins with trustStore and goes on may be meant as its password; trustStore itself
    // is a path
    int store = lower.indexOf(STORE);
    return store >= 0 && store + STORE.length() < lower.length();
  }

  /** An entry of a list, for a message. */
  static String quoted(String entry) {
    return '\'' + cut(entry) + '\'';
  }

  private static String cut(String value) {
    return cut(value, SHOWN_CHARACTERS);
  }

  /** The text, or its beginning where that is long. */
  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }

  /** Where a setting was given, and how keys are spelled there. Immutable. */
  static final class Origin {
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
     * Whether a property or a variable is meant for the agent. In the environment, upper and lower
     * case are the same here. People write {@code dotagent_upstreams} as they write {@code
     * https_proxy}; that is not a setting, and the message says so.
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
}
