package io.github.dotagent.logging;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The level of the log, and its file. Immutable. */
public final class LogSettings {
  /** From nothing to everything. */
  public enum Level {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  private final Level level;
  private final Path file;

  /**
   * @param level lines above this level are not written
   * @param file the file that lines are appended to, or null for stderr
   */
  public LogSettings(Level level, Path file) {
    this.level = Objects.requireNonNull(level, "level");
    this.file = file;
  }

  public Level level() {
    return level;
  }

  /** The log file; empty for stderr. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
