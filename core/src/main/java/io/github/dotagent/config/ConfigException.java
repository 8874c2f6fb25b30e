package io.github.dotagent.config;

import io.github.dotagent.net.TerminalText;
import java.util.List;

/**
 * A setting that cannot be used, or several. The message about one is one line, whatever the user
 * wrote: the key as it was spelled, the value, where it came from, what is wrong and the nearest
 * valid form. Of several it is a line each, below a line that counts them. It never holds a
 * password.
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
   * @param key the setting that is wrong, or that seems to be meant; null for none
   * @param besides the settings without which it would be right
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
   * One for all of these.
   *
   * @param lines the messages of the others
   */
  static ConfigException ofAll(List<String> lines, ConfigException first) {
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

  /** The settings without which it would be right. */
  SettingKey[] besides() {
    return besides.clone();
  }
}
