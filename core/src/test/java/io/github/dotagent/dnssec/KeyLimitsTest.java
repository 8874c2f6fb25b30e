package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a zone's owner, or a server, can make the agent keep of keys, and check with them. */
class KeyLimitsTest {
  private static final String ZONE = "many.test.";
  private static final String DIGEST =
      "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";

  private final ManualTimers timers = new ManualTimers();
  private final SignedZones zones = new SignedZones();
  private final Validator validator = new Validator(zones.anchors(), zones, Runnable::run, timers);

  @BeforeEach
  void signTheTree() {
    timers.advance(Duration.ofDays(1));
    zones.sign(ZONE);
  }

  @Test
  void eachKindOfRecordHasABound() {
    assertLimit(KeyLimits.MOST_KEYS, i -> key(DNSSEC.Algorithm.ECDSAP256SHA256, octets(64, i)));
    assertLimit(KeyLimits.MOST_DS, i -> SignedZones.record(ZONE, Type.DS, i + " 13 2 " + DIGEST));
    assertLimit(KeyLimits.MOST_SIGNATURES, KeyLimitsTest::signature);
  }

  private static Record signature(int number) {
    return SignedZones.record(
        ZONE, Type.RRSIG, "DNSKEY 13 1 300 20300101000000 20200101000000 " + number + " . AAAA");
  }

  private interface Numbered {
    Record record(int number);
  }

  private static void assertLimit(int most, Numbered records) {
    Message message = SignedZones.response(ZONE, Type.DNSKEY, Rcode.NOERROR);
    for (int i = 0; i < most; i++) {
      message.addRecord(records.record(i), Section.ANSWER);
    }
    assertDoesNotThrow(() -> KeyLimits.check(message, KeyLimits.MOST_OCTETS));
    assertExceeded(message, KeyLimits.MOST_OCTETS + 1, "16384 octets");
    message.addRecord(records.record(most), Section.ANSWER);
    assertExceeded(message, 0, "keys of many.test. has more than");
  }

  /** RFC 3110 §2: the exponent's length is in one octet, or in three. */
  @Test
  void rsaKeysOfAnySizeAreNotUsed() {
    int rsa = DNSSEC.Algorithm.RSASHA256;
    byte[] most = octets(1 + 8 + 512, 0);
    most[0] = 8;
    assertDoesNotThrow(() -> KeyLimits.check(of(key(rsa, most)), 0));
    byte[] modulus = octets(1 + 8 + 513, 0);
    modulus[0] = 8;
    assertExceeded(of(key(rsa, modulus)), 0, "4096 bits");
    assertDoesNotThrow(
        () -> KeyLimits.check(of(key(DNSSEC.Algorithm.PRIVATEOID, modulus)), 0), "not RSA");
    byte[] exponent = octets(1 + 9 + 128, 0);
    exponent[0] = 9;
    assertExceeded(of(key(rsa, exponent)), 0, "exponent of more than 64");
    byte[] longForm = octets(3 + 256 + 128, 0);
    longForm[0] = 0;
    longForm[1] = 1;
    longForm[2] = 0;
    assertExceeded(of(key(DNSSEC.Algorithm.RSASHA512, longForm)), 0, "exponent of more than 64");
    byte[] zeros = octets(1 + 9 + 513, 0);
    zeros[0] = 9;
    zeros[1] = 0;
    zeros[10] = 0;
    assertDoesNotThrow(() -> KeyLimits.check(of(key(rsa, zeros)), 0), "leading zeros");
    assertDoesNotThrow(() -> KeyLimits.check(of(key(rsa, new byte[2])), 0), "no key at all");
    assertDoesNotThrow(() -> KeyLimits.check(of(key(rsa, new byte[] {9, 0, 0})), 0), "cut off");
    byte[] cut = {(byte) 200, 1, 1, 1, 1};
    assertDoesNotThrow(() -> KeyLimits.check(of(key(rsa, cut)), 0), "no modulus");
    assertDoesNotThrow(() -> KeyLimits.check(of(key(rsa, null)), 0), "no octets");
  }

  /** In the place of a DS, and checked like any other alias. */
  @Test
  void signaturesOfAliasesDoNotCount() {
    Message message = SignedZones.response(ZONE, Type.DS, Rcode.NOERROR);
    for (int i = 0; i <= KeyLimits.MOST_SIGNATURES; i++) {
      String data = "CNAME 13 1 300 20300101000000 20200101000000 " + i + " . AAAA";
      message.addRecord(SignedZones.record(ZONE, Type.RRSIG, data), Section.ANSWER);
    }
    assertDoesNotThrow(() -> KeyLimits.check(message, 0));
  }

  /** Before a signature is checked; and it is bogus, so that another server may be asked. */
  @Test
  void aZoneWithMoreKeysThanAreAllowedIsBogus() {
    Message keys = SignedZones.response(ZONE, Type.DNSKEY, Rcode.NOERROR);
    Record[] all = new Record[KeyLimits.MOST_KEYS + 1];
    for (int i = 1; i < all.length; i++) {
      all[i] = key(DNSSEC.Algorithm.ECDSAP256SHA256, octets(64, i));
    }
    all[0] = zones.key(ZONE);
    zones.with(keys, Section.ANSWER, ZONE, all);
    zones.answer(ZONE, Type.DNSKEY, keys);
    Verdict verdict = verdict();
    assertTrue(verdict.isBogus());
    assertTrue(verdict.reason().contains("keys of many.test. has more than"), verdict.reason());
    assertEquals(0, timers.waiting());
  }

  /** dnsjava's validator ends in a NullPointerException. */
  @Test
  void aKeyWithoutOctetsIsCalledMalformed() {
    DNSKEYRecord empty = (DNSKEYRecord) key(DNSSEC.Algorithm.ECDSAP256SHA256, new byte[0]);
    Message keys = of(empty);
    keys.addRecord(
        new RRSIGRecord(
            SignedZones.name(ZONE),
            DClass.IN,
            300,
            Type.DNSKEY,
            DNSSEC.Algorithm.ECDSAP256SHA256,
            300,
            SignedZones.NOW.plusSeconds(3600),
            SignedZones.NOW.minusSeconds(3600),
            empty.getFootprint(),
            SignedZones.name(ZONE),
            new byte[64]),
        Section.ANSWER);
    zones.answer(ZONE, Type.DNSKEY, keys);
    Message ds = SignedZones.response(ZONE, Type.DS, Rcode.NOERROR);
    DSRecord digest =
        new DSRecord(SignedZones.name(ZONE), DClass.IN, 300, DNSSEC.Digest.SHA256, empty);
    zones.answer(ZONE, Type.DS, zones.with(ds, Section.ANSWER, ".", digest));
    Verdict verdict = verdict();
    assertTrue(verdict.isBogus());
    assertEquals("a key or a signature is malformed", verdict.reason());
  }

  private Verdict verdict() {
    String name = "www." + ZONE;
    Message answer = SignedZones.response(name, Type.A, Rcode.NOERROR);
    zones.with(answer, Section.ANSWER, ZONE, SignedZones.record(name, Type.A, "192.0.2.1"));
    return Validation.judge(
            validator,
            SignedZones.name(name),
            Type.A,
            answer.toWire(),
            null,
            timers.nanoTime() + Duration.ofSeconds(5).toNanos())
        .join();
  }

  /** dnsjava's validator counts the zones whose keys it keeps, and not their size. */
  @Test
  void validatorsThatHaveTooManyKeysBeginAnew() {
    Message keys = of(key(DNSSEC.Algorithm.PRIVATEOID, octets(15_000, 0)));
    Object before = validator.strict(Name.root);
    int fit = (int) (Validator.MOST_KEY_OCTETS / (1_024 + 4 + 15_000));
    for (int i = 0; i < 2 * fit; i++) {
      validator.countKeys(SignedZones.name("z" + i % fit + ".test."), keys);
    }
    assertSame(before, validator.strict(Name.root), "each zone counts once");
    validator.countKeys(SignedZones.name("one.more.test."), keys);
    assertNotSame(before, validator.strict(Name.root));
  }

  /** dnsjava keeps the keys of each spelling of a name. */
  @Test
  void eachSpellingOfAZoneCounts() {
    Message keys = of(key(DNSSEC.Algorithm.PRIVATEOID, octets(15_000, 0)));
    Object before = validator.strict(Name.root);
    int fit = (int) (Validator.MOST_KEY_OCTETS / (1_024 + 4 + 15_000));
    String letters = "abcdefghijkl";
    for (int i = 0; i <= fit; i++) {
      StringBuilder label = new StringBuilder();
      for (int bit = 0; bit < letters.length(); bit++) {
        char letter = letters.charAt(bit);
        label.append((i >> bit & 1) == 0 ? letter : Character.toUpperCase(letter));
      }
      validator.countKeys(SignedZones.name(label + ".test."), keys);
    }
    assertNotSame(before, validator.strict(Name.root));
  }

  /** The strict validator may still have the keys from before. */
  @Test
  void fewerKeysOfAZoneDoNotCountLess() {
    Message large = of(key(DNSSEC.Algorithm.PRIVATEOID, octets(15_000, 0)));
    Object before = validator.strict(Name.root);
    int fit = (int) (Validator.MOST_KEY_OCTETS / (1_024 + 4 + 15_000));
    for (int i = 0; i <= fit; i++) {
      validator.countKeys(SignedZones.name("z" + i + ".test."), large);
      validator.countKeys(SignedZones.name("z" + i + ".test."), of());
    }
    assertNotSame(before, validator.strict(Name.root));
  }

  @Test
  void theKeysOfAnAnswerCount() {
    Object before = validator.strict(Name.root);
    int each = 1_024 + 4 + 15_000;
    Message large = of(key(DNSSEC.Algorithm.PRIVATEOID, octets(15_000, 0)));
    int fit = (int) (Validator.MOST_KEY_OCTETS / each);
    int left = (int) (Validator.MOST_KEY_OCTETS - (long) fit * each);
    for (int i = 0; i < fit; i++) {
      validator.countKeys(SignedZones.name("z" + i + ".test."), large);
    }
    Message rest = of(key(DNSSEC.Algorithm.PRIVATEOID, octets(left - 1_024 - 4, 0)));
    validator.countKeys(SignedZones.name("rest.test."), rest);
    assertSame(before, validator.strict(Name.root));
    assertEquals(SecurityStatus.SECURE, verdict().status()); // two records of each zone
    assertNotSame(before, validator.strict(Name.root));
  }

  @Test
  void largeResponsesPushOthersOutSooner() {
    int fit = ChainRecords.MOST_KEPT_OCTETS / 4_000;
    assertTrue(fit < ChainRecords.MOST / 2, "the octets end it, and not the number");
    ask("first.test.");
    int asked = zones.asked().size();
    ask("first.test.");
    assertEquals(asked, zones.asked().size());
    for (int i = 0; i < fit; i++) {
      ask("z" + i + ".test.");
    }
    asked = zones.asked().size();
    ask("first.test.");
    assertEquals(asked + 1, zones.asked().size());
    ask("z" + (fit - 1) + ".test.");
    assertEquals(asked + 1, zones.asked().size());
  }

  private void ask(String zone) {
    Message message = SignedZones.response(zone, Type.DNSKEY, Rcode.NOERROR);
    message.addRecord(
        key(DNSSEC.Algorithm.PRIVATEOID, octets(4_000, 0)).withName(SignedZones.name(zone)),
        Section.ANSWER);
    zones.answer(zone, Type.DNSKEY, message);
    validator.chain().find(SignedZones.name(zone), Type.DNSKEY).join();
  }

  private static void assertExceeded(Message message, int octets, String reason) {
    KeyLimits.ExceededException exceeded =
        assertThrows(KeyLimits.ExceededException.class, () -> KeyLimits.check(message, octets));
    assertTrue(exceeded.getMessage().contains(reason), exceeded.getMessage());
  }

  private static Message of(Record... keys) {
    Message message = SignedZones.response(ZONE, Type.DNSKEY, Rcode.NOERROR);
    for (Record key : keys) {
      message.addRecord(key, Section.ANSWER);
    }
    return message;
  }

  private static byte[] octets(int count, int last) {
    byte[] octets = new byte[count];
    Arrays.fill(octets, (byte) 7);
    octets[count - 1] = (byte) last;
    return octets;
  }

  private static Record key(int algorithm, byte[] octets) {
    return new DNSKEYRecord(
        SignedZones.name(ZONE),
        DClass.IN,
        300,
        DNSKEYRecord.Flags.ZONE_KEY,
        DNSKEYRecord.Protocol.DNSSEC,
        algorithm,
        octets);
  }
}
