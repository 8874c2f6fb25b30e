package io.github.dotagent.config;

import io.github.dotagent.net.TerminalText;
import java.util.ArrayList;
import java.util.List;

/**
 * A setting that cannot be used, or several. The message for one is a single line, whatever the
 * user wrote: the key as it was spelled, the value, its source, the mistake and the nearest valid
 * form. For several, each has a line, below a line with their number. It never holds a password.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SettingKey key; // null: no single setting is wrong
  private final SettingKey[] besides;

  ConfigException(String message) {
    this(message, (Throwable) null);
  }

  ConfigException(String message, Throwable cause) {
    this(TerminalText.of(message), cause, null);
  }

  /**
   * @param key the setting that is wrong, or that the user seems to mean; null for none
   * @param besides the settings without which this setting would be correct
   */
  ConfigException(String message, SettingKey key, SettingKey... besides) {
    this(TerminalText.of(message), null, key, besides);
  }

  private ConfigException(String text, Throwable cause, SettingKey key, SettingKey... besides) {
    super(text, cause);
    this.key = key;
    this.besides = besides;
  }

  /**
   * One exception for all of these.
   *
   * @param lines the messages of the others
   */
  private static ConfigException ofAll(List<String> lines, ConfigException first) {
    StringBuilder text = new StringBuilder();
    text.append(lines.size()).append(" settings are wrong:");
    for (String line : lines) {
      text.append("\n  ").append(line);
    }
    return new ConfigException(text.toString(), first, null);
  }

  /** The setting that is wrong, or null. */
  SettingKey key() {
    return key;
  }

  /** The settings without which this setting would be correct. */
  SettingKey[] besides() {
    return besides.clone();
  }

  /**
   * All mistakes in the settings of one start, so that a pod need not start again for each mistake.
   * Not thread-safe.
   */
  static final class Mistakes {
    private final List<ConfigException> found = new ArrayList<>();
    private final boolean[] wrong = new boolean[SettingKey.values().length];

    boolean isEmpty() {
      return found.isEmpty();
    }

    /**
     * Adds one, unless it is only a consequence of one that is there: if {@code pins} cannot be
     * read, {@code auth=pins} does not lack pins.
     */
    void add(ConfigException mistake) {
      boolean follows = false;
      for (SettingKey other : mistake.besides()) {
        follows |= wrong[other.ordinal()];
      }
      if (!follows) {
        found.add(mistake);
      }
      if (mistake.key() != null) {
        wrong[mistake.key().ordinal()] = true;
      }
    }

    boolean concerns(SettingKey key) {
      return wrong[key.ordinal()];
    }

    void addAll(Mistakes others) {
      for (ConfigException mistake : others.found) {
        add(mistake);
      }
    }

    /** The only one, or one with all of them, a line each. There must be one. */
    ConfigException together() {
      if (found.size() == 1) {
        return found.get(0);
      }
      List<String> lines = new ArrayList<>();
      for (ConfigException mistake : found) {
        if (!lines.contains(mistake.getMessage())) {
          lines.add(mistake.getMessage());
        }
      }
      return ofAll(lines, found.get(0));
    }
  }
}
