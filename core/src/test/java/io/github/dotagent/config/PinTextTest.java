package io.github.dotagent.config;

import static io.github.dotagent.config.Given.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinTextTest {
  private static final String PIN = "sha256/ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=";
  private static final String HEX = "00112233445566778899aabbccddeeff";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256//ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=",
        "SHA-256:ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=",
        "pin-sha256=\"ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=\"",
        "ABEiM0RVZneImaq7zN3u_wARIjNEVWZ3iJmqu8zd7v8="
      })
  void writtenAsOtherProgramsWantIt(String entry) {
    assertWrong(entry, "is not base64; did you mean " + PIN + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {HEX + HEX, "sha256/" + HEX + HEX})
  void hexadecimal(String entry) {
    assertWrong(entry, "is 48 octets long where a SHA-256 has 32; did you mean " + PIN + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "sha256/", "sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAA="})
  void noPinAtAll(String entry) {
    String message = refused("pins=" + entry);
    assertEquals(
        SettingKey.PINS.example(), message.substring(message.indexOf("write for example ") + 18));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", ";", " ; ", "; pin-sha256="})
  void partedByAnythingButCommas(String between) {
    String entry = PIN + between + PIN.substring("sha256/".length());
    assertWrong(
        entry, "is not a pin; separate pins by commas; did you mean " + PIN + "," + PIN + "?");
  }

  @Test
  void aPinBesideAWordThatIsNoPin() {
    String message = refused("pins=" + PIN + " and");
    assertTrue(message.endsWith("; write for example " + SettingKey.PINS.example()), message);
  }

  private static void assertWrong(String entry, String reason) {
    assertEquals(
        "dotagent.pins=" + entry + " (system property): '" + entry + "' " + reason,
        refused("pins=" + entry));
  }
}
