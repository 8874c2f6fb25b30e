package io.github.dotagent;

import io.github.dotagent.config.SettingsChange;

/** Is told of other settings. */
public interface SettingsListener {
  /**
   * They hold from now on.
   *
   * @param change what is another
   */
  void changed(SettingsChange change);
}
