package io.github.dotagent.config;

import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import io.github.dotagent.tls.TrustStoreSpec;
import java.util.Collections;
import java.util.Set;

/** Reads {@code auth}, {@code pins}, {@code pins.mode} and {@code trustStore*}. */
final class TlsReader {
  private TlsReader() {}

  static TlsPolicy read(GivenSettings settings) throws ConfigException {
    Setting givenPins = settings.given(SettingKey.PINS);
    Set<SpkiPin> pins =
        givenPins == null ? Collections.<SpkiPin>emptySet() : PinText.read(givenPins);
    Setting mode = settings.orDefault(SettingKey.PINS_MODE);
    boolean report = ChoiceText.oneOf(mode, "enforce", "report").equals("report");
    Setting auth = settings.orDefault(SettingKey.AUTH);
    boolean pinsAlone = ChoiceText.oneOf(auth, "name", "pins").equals("pins");
    if (pinsAlone && pins.isEmpty()) {
      throw auth.wrongBeside(
          "needs pins; write "
              + auth.spell(SettingKey.PINS)
              + "=sha256/BASE64, or "
              + auth.spell(SettingKey.AUTH)
              + "=name",
          SettingKey.PINS);
    }
    if (pinsAlone && report) {
      throw mode.wrong(
          "would let any server in, for with "
              + mode.spell(SettingKey.AUTH)
              + "=pins nothing but the pins is checked; write enforce");
    }
    if (report && pins.isEmpty()) {
      throw mode.wrongBeside(
          "has no pins to report on; write "
              + mode.spell(SettingKey.PINS)
              + "=sha256/BASE64 as well, or leave it out",
          SettingKey.PINS);
    }
    Setting store = settings.given(SettingKey.TRUST_STORE);
    if (pinsAlone && store != null) {
      throw store.wrong(
          "is not looked at with "
              + store.spell(SettingKey.AUTH)
              + "=pins, which trusts no authority; leave one of the two out");
    }
    return new TlsPolicy(
        pinsAlone ? Authentication.PINS : Authentication.NAME,
        pins,
        report ? PinMode.REPORT : PinMode.ENFORCE,
        trustStore(settings));
  }

  /** Null for the JDK's own. */
  private static TrustStoreSpec trustStore(GivenSettings settings) throws ConfigException {
    Setting file = settings.given(SettingKey.TRUST_STORE);
    Setting type = settings.given(SettingKey.TRUST_STORE_TYPE);
    Setting password = settings.given(SettingKey.TRUST_STORE_PASSWORD);
    if (file == null) {
      refuseAlone(type);
      refuseAlone(password);
      return null;
    }
    return new TrustStoreSpec(
        PathText.toRead(file),
        type == null ? null : ChoiceText.oneOfInAnyCase(type, "JKS", "PKCS12", "PEM"),
        password == null ? null : password.text());
  }

  private static void refuseAlone(Setting part) throws ConfigException {
    if (part != null) {
      throw part.wrongBeside(
          "says nothing without a trust store; write "
              + part.spell(SettingKey.TRUST_STORE)
              + "=PATH as well, or leave it out",
          SettingKey.TRUST_STORE);
    }
  }
}
