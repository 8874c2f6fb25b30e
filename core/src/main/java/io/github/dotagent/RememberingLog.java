package io.github.dotagent;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.RecentErrors;

/**
 * Remembers the last errors and warnings, written or not, so that the status shows them without the
 * log.
 */
final class RememberingLog implements Log {
  private final Log log;
  private final RecentErrors errors;
  private final Timers timers;
  private volatile boolean ended;

  RememberingLog(Log log, RecentErrors errors, Timers timers) {
    this.log = log;
    this.errors = errors;
    this.timers = timers;
  }

  @Override
  public boolean shows(Level level) {
    return !ended && log.shows(level);
  }

  @Override
  public void write(Level level, String line) {
    if (ended) {
      return;
    }
    if (level == Level.ERROR || level == Level.WARN) {
      errors.add(timers.epochMillis(), line);
    }
    log.write(level, line);
  }

  /** From now on no line is written. */
  void end() {
    ended = true;
  }
}
