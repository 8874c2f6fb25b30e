package io.github.dotagent.config;

import io.github.dotagent.tls.SpkiPin;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the list of pins. */
final class PinText {
  private PinText() {}

  /** In the order given; one that is there twice counts once. */
  static Set<SpkiPin> read(Setting setting) throws ConfigException {
    Set<SpkiPin> pins = new LinkedHashSet<>();
    for (String entry : ListText.read(setting)) {
      try {
        pins.add(SpkiPin.parse(entry));
      } catch (IllegalArgumentException wrong) {
        throw setting.misspelled(
            Setting.quoted(entry) + " " + wrong.getMessage(), PinHint.nearest(entry));
      }
    }
    return pins;
  }
}
