package io.github.dotagent.logging;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.concurrent.TimeUnit;

/**
 * Logs the state of something. If the budget has no line left when a state begins, the line is
 * written as soon as it has one, unless the state has ended before. Safe for use by any number of
 * threads.
 */
public final class StateLog {
  private final Timers timers;
  private final Log log;
  private volatile State current; // null: none

  public StateLog(Timers timers, Log log) {
    this.timers = timers;
    this.log = log;
  }

  /** A state begins, and ends the one before. The caller then calls {@link State#say}. */
  public State begins() {
    State begun = new State();
    current = begun;
    return begun;
  }

  /** The state is over. */
  public void ends() {
    current = null;
  }

  /** A state, from its begin on. */
  public final class State {
    private final long begunAt = timers.nanoTime();

    /** Writes the line now, or later if the state lasts; until then it is written at debug. */
    public void say(LineBudget lines, Level level, String line) {
      if (!StateLog.say(lines, log, level, line)) {
        sayIfItLasts(lines, level, line);
      }
    }

    private void sayIfItLasts(final LineBudget lines, final Level level, final String line) {
      timers.after(
          LineBudget.EARNED_IN_NANOS,
          new Runnable() {
            @Override
            public void run() {
              if (current == State.this) {
                String since = ", for " + text(timers.nanoTime() - begunAt) + " now";
                if (!StateLog.say(lines, log, level, line + since)) {
                  sayIfItLasts(lines, level, line);
                }
              }
            }
          });
    }
  }

  /**
   * Writes the line; at debug if the budget has none left.
   *
   * @return whether the budget had a line left
   */
  public static boolean say(LineBudget lines, Log log, Level level, String line) {
    String said = lines.spendOn(line);
    log.write(said == null ? Level.DEBUG : level, said == null ? line : said);
    return said != null;
  }

  /** A duration, for people. */
  public static String text(long nanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3_600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
  }
}
