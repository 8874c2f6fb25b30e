package io.github.dotagent.config;

import io.github.dotagent.logging.LogSettings;
import io.github.dotagent.logging.LogSettings.Level;

/** Reads {@code log.*}. */
final class LogReader {
  private LogReader() {}

  static LogSettings read(GivenSettings settings) throws ConfigException {
    Setting file = settings.given(SettingKey.LOG_FILE);
    return new LogSettings(
        level(settings.orDefault(SettingKey.LOG_LEVEL)),
        file == null ? null : PathText.toAppend(file));
  }

  private static Level level(Setting setting) throws ConfigException {
    String word = ChoiceText.oneOf(setting, "off", "error", "warn", "info", "debug");
    for (Level level : Level.values()) {
      if (level.name().equalsIgnoreCase(word)) {
        return level;
      }
    }
    throw new AssertionError(word);
  }
}
