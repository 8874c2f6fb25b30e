package io.github.dotagent.tls;

import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds a chain against the user's pins: one match anywhere is enough (RFC 7858 §4.2). */
final class PinCheck {
  private final Set<SpkiPin> pins;
  private final PinMode mode;
  private final Log log;
  private final Set<SpkiPin> reported = ConcurrentHashMap.newKeySet();

  PinCheck(Set<SpkiPin> pins, PinMode mode, Log log) {
    this.pins = pins;
    this.mode = mode;
    this.log = log;
  }

  /** Whether the user gave any. */
  boolean isOn() {
    return !pins.isEmpty();
  }

  /**
   * @param chain leaf first
   * @throws UntrustedServerException when none matches and pins are enforced; it tells the pins
   *     that were presented, ready to be pasted
   */
  void check(List<X509Certificate> chain) throws UntrustedServerException {
    if (matchIn(chain) != null) {
      return;
    }
    String mismatch = "pin mismatch (presented " + listOf(chain) + ")";
    if (mode == PinMode.ENFORCE) {
      throw new UntrustedServerException(mismatch, null);
    }
    if (reported.add(SpkiPin.of(chain.get(0)))) {
      log.write(
          Level.ERROR,
          mismatch
              + "; used all the same, for dotagent.pins.mode=report. If the key is right: "
              + "-Ddotagent.pins="
              + listOf(chain).replace(" ", ""));
    }
  }

  /** The pin that matches, or null. */
  SpkiPin matchIn(List<X509Certificate> chain) {
    for (X509Certificate certificate : chain) {
      SpkiPin pin = SpkiPin.of(certificate);
      if (pins.contains(pin)) {
        return pin;
      }
    }
    return null;
  }

  private static String listOf(List<X509Certificate> chain) {
    StringBuilder list = new StringBuilder();
    for (X509Certificate certificate : chain) {
      list.append(list.length() == 0 ? "" : ", ").append(SpkiPin.of(certificate));
    }
    return list.toString();
  }
}
