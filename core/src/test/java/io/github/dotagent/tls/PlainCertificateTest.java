package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each part of a certificate in its usual form, and in forms about which the JDK must decide. */
class PlainCertificateTest {
  private static final String RSA_SHA256 = "06092a864886f70d01010b";
  private static final String ECDSA_SHA256 = "06082a8648ce3d040302";
  private static final String P256 = "06082a8648ce3d030107";
  private static final String NULL = "0500";
  private static final String COMMON_NAME = "0603550403";
  private static final String BASIC_CONSTRAINTS = "0603551d13";
  private static final String KEY_USAGE = "0603551d0f";
  private static final String KEY_IDENTIFIER = "0603551d0e";
  private static final String CRITICAL = "0101ff";
  private static final String SINCE = utc("200101000000Z");
  private static final String UNTIL = utc("490101000000Z");

  private String version = der("a0", "020102");
  private String serial = "020101";
  private String algorithm = der("30", ECDSA_SHA256);
  private String outerAlgorithm = algorithm;
  private String name = name(der("0c", hex("A")));
  private String validity = der("30", SINCE, UNTIL);
  private String key = ecKey(P256, "00" + "04" + "11".repeat(64));
  private String extensions = "";
  private String afterTheKey = "";
  private String signature = "00" + "55".repeat(70);
  private UnaryOperator<String> whole = der -> der;

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String utc(String time) {
    return der("17", hex(time));
  }

  private static String name(String value) {
    return der("30", der("31", der("30", COMMON_NAME, value)));
  }

  private static String ecKey(String curve, String point) {
    return der("30", der("30", "06072a8648ce3d0201", curve), der("03", point));
  }

  private static String rsaKey(String modulus, String exponent) {
    return der(
        "30",
        der("30", "06092a864886f70d010101", NULL),
        der("03", "00" + der("30", der("02", modulus), der("02", exponent))));
  }

  private static String extension(String id, String critical, String value) {
    return der("30", id, critical, der("04", value));
  }

  /** Tag, length in the fewest octets, and the parts; all in hexadecimal digits. */
  private static String der(String tag, String... parts) {
    String content = String.join("", parts);
    int length = content.length() / 2;
    String octets =
        length < 0x80
            ? String.format("%02x", length)
            : length < 0x100 ? String.format("81%02x", length) : String.format("82%04x", length);
    return tag + octets + content;
  }

  private boolean isPlain() {
    String wrapped = extensions.isEmpty() ? "" : der("a3", der("30", extensions));
    String signed =
        der("30", version, serial, algorithm, name, validity, name, key, wrapped + afterTheKey);
    String all = der("30", signed, outerAlgorithm, der("03", signature));
    return PlainCertificate.isOne(HexFormat.of().parseHex(whole.apply(all)));
  }

  private void assertPlain() {
    assertTrue(isPlain());
  }

  private void assertNotPlain(String why) {
    assertFalse(isPlain(), why);
  }

  @Test
  void theUsualFormIsPlain() {
    assertPlain();
  }

  @Test
  void nothingComesBehindAPart() {
    whole = der -> der + "00";
    assertNotPlain("behind the certificate");
    whole = der -> der;
    signature = "01" + signature.substring(2);
    assertNotPlain("unused bits of the signature");
    signature = "00" + signature.substring(2);
    afterTheKey = "0500";
    assertNotPlain("behind the key");
    extensions = extension(KEY_IDENTIFIER, "", "0401aa");
    assertNotPlain("behind the extensions");
    afterTheKey = "";
    assertPlain();
  }

  @Test
  void aCertificateOfVersionOneHasNoExtensions() {
    version = "";
    assertPlain();
    extensions = extension(KEY_IDENTIFIER, "", "0401aa");
    assertNotPlain("extensions of version 1");
    version = der("a0", "020101");
    assertNotPlain("version 2");
    version = der("a0", "020102", "0500");
    assertNotPlain("behind the version");
  }

  @ParameterizedTest
  @CsvSource({
    "00, true",
    "7f, true",
    "0080, true",
    "'', false",
    "80, false",
    "0001, false",
    "00007f, false",
    "017f, true"
  })
  void aSerialNumberIsPositiveInTheFewestOctets(String number, boolean plain) {
    serial = der("02", number);
    assertEquals(plain, isPlain());
  }

  @Test
  void aSerialNumberHasTwentyOctetsAtMost() {
    serial = der("02", "01".repeat(20));
    assertPlain();
    serial = der("02", "00" + "80".repeat(20));
    assertPlain();
    serial = der("02", "01".repeat(21));
    assertNotPlain("RFC 5280 §4.1.2.2");
  }

  @ParameterizedTest
  @CsvSource({
    "06082a8648ce3d040302, true",
    "06082a8648ce3d040304, true",
    "06082a8648ce3d040301, false",
    "06082a8648ce3d040305, false",
    "06082a8648ce3d040302 0500, false",
    "06072a8648ce3d0403, false",
    "06092a8648ce3d04030201, false",
    "06092a864886f70d01010b 0500, true",
    "06092a864886f70d010105 0500, true",
    "06092a864886f70d01010d 0500, true",
    "06092a864886f70d010104 0500, false",
    "06092a864886f70d01010b, false",
    "06092a864886f70d01010b 0500 0500, false",
    "06092a864886f70d01010b 0501 00, false",
    "060a2a864886f70d0101010b 0500, false",
    "06032b6570, false"
  })
  void theSignaturesAlgorithmIsOneOfTheUsual(String content, boolean plain) {
    algorithm = der("30", content.replace(" ", ""));
    outerAlgorithm = algorithm;
    assertEquals(plain, isPlain());
  }

  @Test
  void bothAlgorithmsAreTheSame() {
    outerAlgorithm = der("30", RSA_SHA256, NULL);
    assertNotPlain("RFC 5280 §4.1.1.2");
  }

  @ParameterizedTest
  @CsvSource({
    "0c, true",
    "13, true",
    "14, true",
    "16, true",
    "1e, false",
    "04, false",
    "30, false"
  })
  void theTextOfANameHasAUsualType(String tag, boolean plain) {
    name = name(der(tag, hex("A")));
    assertEquals(plain, isPlain());
  }

  @Test
  void aNameHasItsUsualParts() {
    name = der("30");
    assertPlain();
    String pair = der("30", COMMON_NAME, der("0c", hex("A")));
    name = der("30", der("31", pair, pair), der("31", pair));
    assertPlain();
    name = der("30", der("31"));
    assertNotPlain("a set of nothing");
    name = der("30", der("31", der("30", COMMON_NAME, der("0c", hex("A")), NULL)));
    assertNotPlain("behind the text");
    name = der("30", der("31", der("30", COMMON_NAME)));
    assertNotPlain("without the text");
    name = der("30", der("30", pair));
    assertNotPlain("no set");
  }

  @ParameterizedTest
  @CsvSource({
    "0603550403, true",
    "0603558101, true",
    "0600, false",
    "0603550481, false",
    "0603558001, false",
    "060455810180, false",
    "06045501807f, false",
    "0605818080017f, true"
  })
  void anIdentifierHasTheFewestOctets(String id, boolean plain) {
    name = der("30", der("31", der("30", id, der("0c", hex("A")))));
    assertEquals(plain, isPlain());
  }

  @ParameterizedTest
  @CsvSource({
    "200101000000Z, true",
    "201231235959Z, true",
    "200001000000Z, false",
    "201301000000Z, false",
    "200100000000Z, false",
    "200132000000Z, false",
    "200131000000Z, true",
    "200101240000Z, false",
    "200101230000Z, true",
    "200101006000Z, false",
    "200101005900Z, true",
    "200101000060Z, false",
    "2001010000Z, false",
    "200101000000+, false",
    "20010100000:Z, false",
    "20010100000/Z, false",
    "/00101000000Z, false",
    "20200101000000Z, false"
  })
  void aTimeOfTwoDigitsForTheYear(String time, boolean plain) {
    validity = der("30", utc(time), UNTIL);
    assertEquals(plain, isPlain());
  }

  @Test
  void aTimeOfFourDigitsForTheYear() {
    validity = der("30", SINCE, der("18", hex("20500101000000Z")));
    assertPlain();
    validity = der("30", SINCE, der("18", hex("20501301000000Z")));
    assertNotPlain("month 13");
    validity = der("30", SINCE, der("18", hex("500101000000Z")));
    assertNotPlain("two digits for the year");
  }

  @Test
  void aValidityIsTwoTimes() {
    validity = der("30", SINCE, UNTIL, UNTIL);
    assertNotPlain("three times");
    validity = der("30", SINCE);
    assertNotPlain("one time");
  }

  @Test
  void anEllipticKeyIsAnUncompressedPointOfTwoCurves() {
    String p384 = "06052b81040022";
    key = ecKey(p384, "00" + "04" + "11".repeat(96));
    assertPlain();
    key = ecKey("06052b81040023", "00" + "04" + "11".repeat(132));
    assertNotPlain("P-521");
    key = ecKey(P256, "00" + "02" + "11".repeat(32));
    assertNotPlain("compressed");
    key = ecKey(P256, "00" + "03" + "11".repeat(64));
    assertNotPlain("of another form");
    key = ecKey(P256, "00" + "04" + "11".repeat(63));
    assertNotPlain("too short");
    key = ecKey(P256, "01" + "04" + "11".repeat(64));
    assertNotPlain("unused bits");
    key = ecKey(P256 + NULL, "00" + "04" + "11".repeat(64));
    assertNotPlain("behind the curve");
    key = ecKey("", "00" + "04" + "11".repeat(64));
    assertNotPlain("without a curve");
    String algorithmOfKey = der("30", "06072a8648ce3d0201", P256);
    key = der("30", algorithmOfKey, der("03", "00" + "04" + "11".repeat(64)), NULL);
    assertNotPlain("behind the point");
    key = der("30", der("30", "06072a8648ce3d0202", P256), der("03", "0004" + "11".repeat(64)));
    assertNotPlain("another algorithm");
  }

  @Test
  void anRsaKeyHasAUsualSize() {
    String modulus = "00" + "c1".repeat(128);
    key = rsaKey(modulus, "010001");
    assertPlain();
    key = rsaKey("00" + "c1".repeat(127), "010001");
    assertNotPlain("fewer than 1024 bits");
    key = rsaKey(modulus, "01000001");
    assertPlain();
    key = rsaKey(modulus, "0100000001");
    assertNotPlain("an exponent of five octets");
    key = rsaKey(modulus, "010002");
    assertNotPlain("an even exponent");
    key = rsaKey("c1".repeat(128), "010001");
    assertNotPlain("a negative modulus");
  }

  @Test
  void anRsaKeyHasNothingElse() {
    String numbers = der("02", "00" + "c1".repeat(128)) + der("02", "010001");
    String rsa = "06092a864886f70d010101";
    key = der("30", der("30", rsa, NULL), der("03", "00" + der("30", numbers, der("02", "01"))));
    assertNotPlain("a third number");
    key = der("30", der("30", rsa, NULL), der("03", "00" + der("30", numbers) + "01"));
    assertNotPlain("behind the numbers");
    key = der("30", der("30", rsa, NULL), der("03", "01" + der("30", numbers)));
    assertNotPlain("unused bits");
    key = der("30", der("30", rsa), der("03", "00" + der("30", numbers)));
    assertNotPlain("no parameters");
    key = der("30", der("30", rsa, NULL, NULL), der("03", "00" + der("30", numbers)));
    assertNotPlain("behind the parameters");
    key = der("30", der("30", rsa, NULL), der("04", "00" + der("30", numbers)));
    assertNotPlain("no bits");
  }

  @ParameterizedTest
  @CsvSource({
    "3000, true",
    "30030101ff, true",
    "30060101ff020100, true",
    "3003020101, false",
    "3003010100, false",
    "30060101ff0201ff, false",
    "30070101ff02020100, false",
    "30080101ff0201000500, false",
    "30040102ffff, false",
    "30030101ff00, false",
    "0101ff, false"
  })
  void basicConstraintsSayTrueAndASmallNumber(String value, boolean plain) {
    extensions = extension(BASIC_CONSTRAINTS, CRITICAL, value);
    assertEquals(plain, isPlain());
  }

  @ParameterizedTest
  @CsvSource({
    "03020106, true",
    "03020080, true",
    "0303070780, true",
    "03020780, true",
    "03020880, false",
    "0302ff80, false",
    "030100, false",
    "030400808080, false",
    "0302010600, false",
    "04020106, false"
  })
  void keyUsageIsAFewBits(String value, boolean plain) {
    extensions = extension(KEY_USAGE, CRITICAL, value);
    assertEquals(plain, isPlain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"010100", "010101", "0102ffff"})
  void criticalIsTrueInOneForm(String critical) {
    extensions = extension(KEY_USAGE, critical, "03020106");
    assertNotPlain("X.690 §11.1");
  }

  @Test
  void anExtensionIsThereOnceAndIfItIsCriticalItIsKnown() {
    String identifier = extension(KEY_IDENTIFIER, "", "0401aa");
    extensions = identifier + extension(KEY_USAGE, "", "03020106");
    assertPlain();
    extensions = identifier + identifier;
    assertNotPlain("RFC 5280 §4.2");
    extensions = extension(KEY_IDENTIFIER, CRITICAL, "0401aa");
    assertNotPlain("critical, and not one of the two that are read here");
    // the last number of its identifier is that of basic constraints, and the arc another
    extensions = extension("06032b0113", CRITICAL, "3000");
    assertNotPlain("not of id-ce");
    extensions = extension("0604551d0013", CRITICAL, "3000");
    assertNotPlain("below id-ce, with two numbers");
    extensions = der("30", KEY_IDENTIFIER, der("04", "0401aa"), NULL);
    assertNotPlain("behind the value");
    extensions = der("30", KEY_IDENTIFIER);
    assertNotPlain("without a value");
  }

  @Test
  void extensionsAreOneSequence() {
    afterTheKey = der("a3", der("30", extension(KEY_USAGE, "", "03020106")) + NULL);
    assertNotPlain("behind the sequence");
    afterTheKey = der("a3", der("30"));
    assertPlain();
    afterTheKey = der("a2", der("30"));
    assertNotPlain("of another tag");
  }

  /** X.690 §10.1: a length takes the fewest octets. */
  @Test
  void aLengthHasTheFewestOctets() {
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    String certificate = der("30", der("30", version, serial, algorithm));
    longer.writeBytes(HexFormat.of().parseHex(certificate));
    assertFalse(PlainCertificate.isOne(longer.toByteArray()), "cut short");
    for (String form : new String[] {"8101", "820001", "83000001", "80", "8400000001"}) {
      serial = "02" + form + "01";
      assertNotPlain(form);
    }
    serial = "0202" + "01";
    assertNotPlain("longer than what is left");
  }

  @Test
  void noPrefixOfACertificateIsPlain() {
    whole =
        der -> {
          byte[] octets = HexFormat.of().parseHex(der);
          for (int length = 0; length < octets.length; length++) {
            assertFalse(PlainCertificate.isOne(Arrays.copyOf(octets, length)), "of " + length);
          }
          return der;
        };
    assertPlain();
  }
}
