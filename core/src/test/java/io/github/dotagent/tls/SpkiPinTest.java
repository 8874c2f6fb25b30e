package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpkiPinTest {
  private static final String BASE64 = "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=";
  private static final String OTHER = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @ParameterizedTest
  @ValueSource(
      strings = {"sha256/" + BASE64, BASE64, "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8"})
  void isOnePinInEveryForm(String text) {
    assertEquals(SpkiPin.parse(BASE64), SpkiPin.parse(text));
    assertEquals(SpkiPin.parse(BASE64).hashCode(), SpkiPin.parse(text).hashCode());
    assertEquals("sha256/" + BASE64, SpkiPin.parse(text).toString());
  }

  @Test
  void differs() {
    assertNotEquals(SpkiPin.parse(BASE64), SpkiPin.parse(OTHER));
    assertNotEquals(SpkiPin.parse(BASE64), BASE64);
  }

  @ParameterizedTest
  @CsvSource({
    "'',is 0 octets long where a SHA-256 has 32",
    "sha256/,is 0 octets long where a SHA-256 has 32",
    "AAAA,is 3 octets long where a SHA-256 has 32",
    "AAA A,is not base64",
    "sha1/AAAA!,is not base64",
    "sha256//" + BASE64 + ",is not base64"
  })
  void refused(String text, String reason) {
    assertEquals(
        reason,
        assertThrows(IllegalArgumentException.class, () -> SpkiPin.parse(text)).getMessage());
  }
}
