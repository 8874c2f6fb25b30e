package io.github.dotagent.logging;

import io.github.dotagent.concurrent.FailureListener;
import io.github.dotagent.logging.LogSettings.Level;

/**
 * The agent's log: one line for each event. It uses no logging library, because the program may
 * have its own, and not the JDK's, because its early start changes the program (OpenTelemetry
 * #11143). Safe for use by any number of threads; never throws.
 */
public interface Log extends FailureListener {
  /** Whether a line of this level would be written; ask before building a costly one. */
  boolean shows(Level level);

  /** Writes the line if its level is shown. */
  void write(Level level, String line);

  @Override
  default void failed(String failure) {
    write(Level.ERROR, failure);
  }
}
