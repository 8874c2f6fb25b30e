package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpkiPinTest {
  private static final String BASE64 = "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=";
  private static final String OTHER = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private static final String CERTIFICATE =
      "MIIBbzCCARWgAwIBAgIUXuhTx9Bhd1Nb76NBbnCWThg2puowCgYIKoZIzj0EAwIwDDEKMAgGA1UE"
          + "AwwBdDAgFw0yNjExMjMxOTA3NTZaGA8yMTI2MTAzMDE5MDc1NlowDDEKMAgGA1UEAwwBdDBZMBMG"
          + "ByqGSM49AgEGCCqGSM49AwEHA0IABBWmeuzVc3DgeKgWvImcGdWxYJjdgm3Kl4ljqHu12qGF+rvm"
          + "OofC/4mZlnVkzyWYHL/QTFCtxJTT1XKWw2Pmh/mjUzBRMB0GA1UdDgQWBBSb20irjzNhcsETzNRY"
          + "EjNDPg2ZODAfBgNVHSMEGDAWgBSb20irjzNhcsETzNRYEjNDPg2ZODAPBgNVHRMBAf8EBTADAQH/"
          + "MAoGCCqGSM49BAMCA0gAMEUCIQCBgZ8QAZJp7Zp8l8ABMyQX9UkKqylHf2ImnJtu+gsgSwIgOz5G"
          + "VC6ldb67S6qjFtQoHQkL5YDS2fAMh0yWIWhJ83A=";

  @ParameterizedTest
  @ValueSource(
      strings = {"sha256/" + BASE64, BASE64, "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8"})
  void isOnePinInEveryForm(String text) {
    assertEquals(SpkiPin.parse(BASE64), SpkiPin.parse(text));
    assertEquals(SpkiPin.parse(BASE64).hashCode(), SpkiPin.parse(text).hashCode());
    assertEquals("sha256/" + BASE64, SpkiPin.parse(text).toString());
  }

  /** The pin was made with openssl: x509 -pubkey, pkey -pubin -outform DER, dgst -sha256. */
  @Test
  void ofACertificate() throws Exception {
    byte[] der = Base64.getDecoder().decode(CERTIFICATE);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    assertEquals(
        "sha256/znAj8mmfkFyzcbHAFDKXwUo4Rjdl7gDaXdIjpWjkReE=", SpkiPin.of(certificate).toString());
  }

  @Test
  void pinsOfOtherKeysDiffer() {
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
