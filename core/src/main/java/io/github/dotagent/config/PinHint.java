package io.github.dotagent.config;

import io.github.dotagent.tls.SpkiPin;
import java.util.Base64;
import java.util.Locale;

/** Suggests our form of a pin in the form of another program. */
final class PinHint {
  /**
   * The prefixes of curl, HPKP (RFC 7469), OkHttp and their misspellings; the longer before the
   * shorter.
   */
  private static final String[] SCHEMES = {
    "pin-sha256=", "sha256//", "sha256/", "sha256:", "sha256=", "sha-256/", "sha-256:", "sha-256="
  };

  /** A SHA-256 in hexadecimal, as openssl prints it. */
  private static final int HEX_DIGITS = 64;

  private PinHint() {}

  /** Null when there is no telling. */
  static String nearest(String entry) {
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
