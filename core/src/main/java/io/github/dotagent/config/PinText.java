package io.github.dotagent.config;

import io.github.dotagent.tls.SpkiPin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
        List<String> parts = ListText.partsOf(entry);
        if (parts.size() > 1) {
          throw setting.misspelled(
              Setting.quoted(entry) + " is no pin; pins are parted by commas", commas(parts));
        }
        throw setting.misspelled(
            Setting.quoted(entry) + " " + wrong.getMessage(), PinHint.nearest(entry));
      }
    }
    return pins;
  }

  /** Null when one of them is no pin either. */
  private static String commas(List<String> parts) {
    List<String> pins = new ArrayList<>();
    for (String part : parts) {
      String pin = PinHint.nearest(part);
      if (pin == null) {
        return null;
      }
      pins.add(pin);
    }
    return ListText.joined(pins);
  }
}
