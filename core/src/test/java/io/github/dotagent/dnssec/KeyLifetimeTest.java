package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A zone has new keys: when do they count? The TTL of its old ones is five minutes. */
class KeyLifetimeTest {
  private static final String BANK = "bank.test.";
  private static final String WWW = "www.bank.test.";

  private final ManualTimers timers = new ManualTimers();
  private final SignedZones zones = new SignedZones();
  private Validator validator;

  @BeforeEach
  void signTheTree() {
    timers.advance(Duration.ofDays(1));
    zones.sign("test.").sign(BANK);
    validator = new Validator(zones.anchors(), zones, Runnable::run, timers);
  }

  /** The validator keeps a key for the TTL that it is given, by a clock of its own. */
  @Test
  void aKeyDoesNotLiveLongerThanItsTtl() {
    for (int type : new int[] {Type.DS, Type.DNSKEY}) {
      assertEquals(300, ttlLeft(type));
      timers.advance(Duration.ofSeconds(299));
      assertEquals(1, ttlLeft(type));
    }
  }

  /** The keys of the root and of most top-level domains live for a day or two. */
  @Test
  void aKeyDoesNotLiveLongerThanAnHour() {
    Message response = SignedZones.response(BANK, Type.DNSKEY, Rcode.NOERROR);
    zones.with(
        response,
        Section.ANSWER,
        BANK,
        SignedZones.NOW.minusSeconds(3_600),
        SignedZones.NOW.plus(Duration.ofDays(30)),
        withTtl(zones.key(BANK), 172_800));
    zones.answer(BANK, Type.DNSKEY, response);
    assertEquals(3_600, ttlLeft(Type.DNSKEY));
    timers.advance(Duration.ofSeconds(3_599));
    assertEquals(1, ttlLeft(Type.DNSKEY));
  }

  private static Record withTtl(Record record, long ttl) {
    return Record.newRecord(
        record.getName(), record.getType(), record.getDClass(), ttl, record.rdataToWireCanonical());
  }

  private long ttlLeft(int type) {
    Message records = validator.chain().find(SignedZones.name(BANK), type).join();
    return records.getSection(Section.ANSWER).get(0).getTTL();
  }

  /** After a loss of the keys a zone cannot wait for their TTL. */
  @Test
  void keysAreFetchedAgainSoonAfterABogusAnswer() {
    bothWaysKnowTheKeys();
    timers.advance(Duration.ofSeconds(31));
    zones.sign(BANK);
    assertTrue(verdict().isBogus());
    timers.advance(Duration.ofSeconds(6));
    assertEquals(SecurityStatus.SECURE, verdict().status());
  }

  /** The AAAA beside the A is asked at once. */
  @Test
  void theNextLookupHasTheNewKeys() {
    bothWaysKnowTheKeys();
    timers.advance(Duration.ofSeconds(31));
    zones.sign(BANK);
    assertTrue(verdict().isBogus());
    assertEquals(SecurityStatus.SECURE, verdict().status());
  }

  /** The zone above has the DS of the new key, as does everything on the way to it. */
  @Test
  void keysOfTheZonesAboveAreFetchedAgainToo() {
    bothWaysKnowTheKeys();
    timers.advance(Duration.ofSeconds(31));
    zones.sign("test.").sign(BANK);
    assertTrue(verdict().isBogus());
    timers.advance(Duration.ofSeconds(6));
    assertEquals(SecurityStatus.SECURE, verdict().status());
  }

  /** Anyone who has a zone can make bogus answers. */
  @Test
  void bogusAnswersDoNotHaveAllKeysCheckedEachTime() {
    Message forged = SignedZones.response("www.test.", Type.A, Rcode.NOERROR);
    forged.addRecord(SignedZones.record("www.test.", Type.A, "192.0.2.1"), Section.ANSWER);
    assertEquals(SecurityStatus.SECURE, verdict().status());
    assertTrue(verdict("www.test.", forged).isBogus());
    assertEquals(SecurityStatus.SECURE, verdict().status());
    timers.advance(Duration.ofSeconds(1));
    assertTrue(verdict("www.test.", forged).isBogus());
    try (CountingProvider counting = CountingProvider.begin()) {
      assertEquals(SecurityStatus.SECURE, verdict().status());
      assertEquals(1, counting.checked(), "that of the answer");
      timers.advance(Duration.ofSeconds(30));
      assertTrue(verdict("www.test.", forged).isBogus());
      int before = counting.checked();
      assertEquals(SecurityStatus.SECURE, verdict().status());
      assertTrue(counting.checked() > before + 1, "the keys too");
    }
  }

  /** RFC 4035 §5.3.3: its signature may end before its TTL. */
  @Test
  void aKeyDoesNotLiveLongerThanItsSignature() {
    DSRecord ds =
        new DSRecord(SignedZones.name(BANK), DClass.IN, 300, DNSSEC.Digest.SHA256, zones.key(BANK));
    Message brief = SignedZones.response(BANK, Type.DS, Rcode.NOERROR);
    zones.with(
        brief,
        Section.ANSWER,
        "test.",
        SignedZones.NOW.minusSeconds(3600),
        SignedZones.NOW.plusSeconds(10),
        ds);
    zones.answer(BANK, Type.DS, brief);
    validator.chain().find(SignedZones.name(BANK), Type.DS);
    timers.advance(Duration.ofSeconds(11));
    validator.chain().find(SignedZones.name(BANK), Type.DS);
    assertEquals(2, zones.asked().stream().filter((BANK + "/DS")::equals).count());
  }

  /** A forged answer is judged in both ways; the first one has all keys checked again. */
  private void bothWaysKnowTheKeys() {
    Message forged = SignedZones.response(WWW, Type.A, Rcode.NOERROR);
    forged.addRecord(SignedZones.record(WWW, Type.A, "192.0.2.66"), Section.ANSWER);
    assertTrue(verdict(WWW, forged).isBogus());
    assertTrue(verdict(WWW, forged).isBogus());
    assertEquals(SecurityStatus.SECURE, verdict().status());
  }

  private Verdict verdict() {
    Record address = SignedZones.record(WWW, Type.A, "192.0.2.1");
    Message response = SignedZones.response(WWW, Type.A, Rcode.NOERROR);
    return verdict(WWW, zones.with(response, Section.ANSWER, BANK, address));
  }

  private Verdict verdict(String name, Message response) {
    long deadline = timers.nanoTime() + Duration.ofSeconds(5).toNanos();
    CompletableFuture<Verdict> judged =
        Validation.judge(
            validator, SignedZones.name(name), Type.A, response.toWire(), null, deadline);
    assertTrue(judged.isDone(), "every answer is there at once");
    return judged.join();
  }
}
