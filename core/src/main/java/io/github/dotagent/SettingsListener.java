package io.github.dotagent;

import io.github.dotagent.config.SettingsChange;

/** Learns of changed settings. */
public interface SettingsListener {
  /**
   * The new settings hold from now on.
   *
   * @param change what has changed
   */
  void changed(SettingsChange change);
}
