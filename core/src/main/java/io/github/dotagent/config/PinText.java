package io.github.dotagent.config;

import io.github.dotagent.tls.SpkiPin;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the list of pins. */
final class PinText {
  /**
   * The prefixes of curl, HPKP (RFC 7469), OkHttp and their misspellings; the longer before the
   * shorter.
   */
  private static final String[] SCHEMES = {
    "pin-sha256=", "sha256//", "sha256/", "sha256:", "sha256=", "sha-256/", "sha-256:", "sha-256="
  };

  /** A SHA-256 in hexadecimal, as openssl prints it. */
  private static final int HEX_DIGITS = 64;

  /** The key of pins without a name. */
  static final String NO_NAME = "";

  private PinText() {}

  /**
   * The pins by the name, or address, to which they are bound, and under the empty name if they are
   * bound to none; in the order given. A pin that is given twice counts once.
   */
  static Map<String, Set<SpkiPin>> read(Setting setting) throws ConfigException {
    Map<String, Set<SpkiPin>> byName = new LinkedHashMap<>();
    byName.put(NO_NAME, new LinkedHashSet<SpkiPin>());
    for (String entry : ListText.read(setting)) {
      int equals = nameEnds(entry);
      String name = equals < 0 ? NO_NAME : UpstreamText.identity(setting, entry, equals);
      Set<SpkiPin> pins = byName.get(name);
      if (pins == null) {
        pins = new LinkedHashSet<>();
        byName.put(name, pins);
      }
      try {
        pins.add(SpkiPin.parse(entry.substring(equals + 1).trim()));
      } catch (IllegalArgumentException wrong) {
        List<String> parts = ListText.partsOf(entry);
        if (parts.size() > 1) {
          throw setting.misspelled(
              Setting.quoted(entry) + " is not a pin; separate pins by commas", commas(parts));
        }
        throw setting.misspelled(Setting.quoted(entry) + " " + wrong.getMessage(), nearest(entry));
      }
    }
    return byName;
  }

  /**
   * The place of the equals sign if a name is before the pin, and not the form of another program;
   * -1: there is none.
   */
  private static int nameEnds(String entry) {
    int equals = entry.indexOf('=');
    boolean padding = equals >= entry.length() - 1;
    return equals < 0
            || padding
            || !withoutScheme(entry).equals(entry)
            || isHex(entry.replace(":", ""))
        ? -1
        : equals;
  }

  /** Null if one of them is not a pin. */
  private static String commas(List<String> parts) {
    List<String> pins = new ArrayList<>();
    for (String part : parts) {
      String pin = nearest(part);
      if (pin == null) {
        return null;
      }
      pins.add(pin);
    }
    return ListText.joined(pins);
  }

  /** The agent's form of a pin in the form of another program; null if it is unknown. */
  private static String nearest(String entry) {
    String digest = withoutScheme(entry).replace("\"", "").trim();
    String hex = digest.replace(":", "");
    try {
      return SpkiPin.parse(isHex(hex) ? base64(hex) : digest.replace('-', '+').replace('_', '/'))
          .toString();
    } catch (IllegalArgumentException noPinEither) {
      return null;
    }
  }

  private static String withoutScheme(String entry) {
    String lower = entry.toLowerCase(Locale.ROOT);
    for (String scheme : SCHEMES) {
      if (lower.startsWith(scheme)) {
        return entry.substring(scheme.length());
      }
    }
    return entry;
  }

  private static boolean isHex(String text) {
    boolean hex = text.length() == HEX_DIGITS;
    for (int i = 0; hex && i < text.length(); i++) {
      hex = Character.digit(text.charAt(i), 16) >= 0;
    }
    return hex;
  }

  private static String base64(String hex) {
    byte[] octets = new byte[hex.length() / 2];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    return Base64.getEncoder().encodeToString(octets);
  }
}
