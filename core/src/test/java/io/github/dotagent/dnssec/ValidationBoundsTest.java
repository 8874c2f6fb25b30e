package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.testing.ManualTimers;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a server or the owner of a zone can make a lookup cost: time, queries, and checks. */
class ValidationBoundsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String TRAP = "trap.test.";

  private final ManualTimers timers = new ManualTimers();
  private final SignedZones zones = new SignedZones();
  private ValidatingLookup lookup;

  @BeforeEach
  void signTheTree() {
    timers.advance(Duration.ofDays(1));
    zones.sign("test.").sign(TRAP).leaveUnsigned("plain.test.");
    lookup =
        new ValidatingLookup(
            zones,
            new DnssecPolicy(true, List.of(), zones.anchors()),
            Runnable::run,
            timers,
            TIMEOUT.toNanos());
  }

  @Test
  void aKeyThatDoesNotComeEndsTheLookupInTime() {
    zones.answer("www.trap.test.", Type.A, signed("www.trap.test."));
    zones.isSilentAbout(TRAP, Type.DNSKEY);
    assertEndsInTime("www.trap.test", "were not checked in time");
  }

  @Test
  void anAnswerThatDoesNotComeEndsTheLookupInTime() {
    zones.isSilentAbout("www.trap.test.", Type.A);
    assertEndsInTime("www.trap.test", "no server has sent www.trap.test. A");
  }

  /** The second part of a chain of aliases, say: the whole has one time. */
  @Test
  void timeCountsFromTheBeginningOfTheWhole() {
    zones.isSilentAbout("www.trap.test.", Type.A);
    long begun = timers.nanoTime() - TIMEOUT.minusSeconds(1).toNanos();
    CompletableFuture<Answer> asked =
        lookup.lookup(Question.of("www.trap.test", RecordType.A), name -> true, begun);
    timers.advance(Duration.ofMillis(1100));
    assertEquals(LookupFailure.Kind.TIMEOUT, failure(asked).kind());
  }

  private void assertEndsInTime(String name, String reason) {
    CompletableFuture<Answer> asked = ask(name);
    timers.advance(TIMEOUT.minusMillis(1));
    assertFalse(asked.isDone());
    timers.advance(Duration.ofMillis(2));
    LookupFailure failure = failure(asked);
    assertEquals(LookupFailure.Kind.TIMEOUT, failure.kind());
    assertTrue(failure.getMessage().contains(reason), failure.getMessage());
    assertEquals(0, timers.waiting());
  }

  @Test
  void signedAliasesInACircleAreNoAnswer() {
    Message circle = SignedZones.response("a.trap.test.", Type.A, Rcode.NOERROR);
    zones.with(circle, Section.ANSWER, TRAP, alias("a.trap.test.", "b.trap.test."));
    zones.with(circle, Section.ANSWER, TRAP, alias("b.trap.test.", "a.trap.test."));
    zones.answer("a.trap.test.", Type.A, circle);
    assertIsNone("a.trap.test", "loop");
  }

  @Test
  void unsignedAliasesInACircleAreNoAnswer() {
    Message circle = SignedZones.response("a.plain.test.", Type.A, Rcode.NOERROR);
    circle.addRecord(alias("a.plain.test.", "b.plain.test."), Section.ANSWER);
    circle.addRecord(alias("b.plain.test.", "a.plain.test."), Section.ANSWER);
    zones.answer("a.plain.test.", Type.A, circle);
    assertIsNone("a.plain.test", "loop");
  }

  @Test
  void aKeyBehindAliasesInACircleIsNone() {
    zones.answer("www.trap.test.", Type.A, signed("www.trap.test."));
    Message circle = SignedZones.response(TRAP, Type.DNSKEY, Rcode.NOERROR);
    circle.addRecord(alias(TRAP, "b.trap.test."), Section.ANSWER);
    circle.addRecord(alias("b.trap.test.", TRAP), Section.ANSWER);
    zones.answer(TRAP, Type.DNSKEY, circle);
    assertEquals(LookupFailure.Kind.BOGUS, failure(ask("www.trap.test")).kind());
  }

  private void assertIsNone(String name, String reason) {
    CompletableFuture<Answer> asked = ask(name);
    assertTrue(asked.isDone());
    LookupFailure failure = failure(asked);
    assertTrue(failure.getMessage().contains(reason), failure.getMessage());
    assertEquals(0, timers.waiting());
  }

  /** Each label may be a zone, and each alias leads to fifty more. */
  @Test
  void aliasesThroughDeepNamesAreGivenUp() {
    Message chain = SignedZones.response(deep(0), Type.A, Rcode.NOERROR);
    for (int i = 0; i < 10; i++) {
      chain.addRecord(alias(deep(i), deep(i + 1)), Section.ANSWER);
    }
    chain.addRecord(SignedZones.record(deep(10), Type.A, "192.0.2.1"), Section.ANSWER);
    zones.answer(deep(0), Type.A, chain);
    CompletableFuture<Answer> asked = ask(deep(0).replaceAll("\\.$", ""));
    failure(asked);
    int queries = zones.asked().size();
    assertTrue(queries > 100, queries + " queries: it is the bound that ends them");
    assertTrue(queries <= 162, queries + " queries");
  }

  /** Below a zone of its own, which is proved to be unsigned once all labels were asked about. */
  private String deep(int number) {
    String zone = "x.".repeat(50) + "z" + number + "." + TRAP;
    zones.leaveUnsigned(zone);
    return "w." + zone;
  }

  /**
   * CVE-2023-50387, "KeyTrap": each key of a tag is tried with each signature of that tag. Here are
   * as many keys as are allowed, and a hundred signatures.
   */
  @Test
  void keysOfOneTagAreNotTriedWithEachSignature() throws Exception {
    List<DNSKEYRecord> colliding = collidingKeys(KeyLimits.MOST_KEYS - 1);
    List<Record> keys = new ArrayList<>(colliding);
    keys.add(zones.key(TRAP));
    Message ofZone = SignedZones.response(TRAP, Type.DNSKEY, Rcode.NOERROR);
    zones.with(ofZone, Section.ANSWER, TRAP, keys.toArray(new Record[0]));
    zones.answer(TRAP, Type.DNSKEY, ofZone);
    Message answer = SignedZones.response("www.trap.test.", Type.A, Rcode.NOERROR);
    answer.addRecord(SignedZones.record("www.trap.test.", Type.A, "192.0.2.1"), Section.ANSWER);
    for (int i = 0; i < 100; i++) {
      answer.addRecord(forged(answer.getQuestion(), colliding.get(0), i), Section.ANSWER);
    }
    zones.answer("www.trap.test.", Type.A, answer);
    assertChecksAtMost(40); // 18 for the answer, in two ways, and one or two for each set above
  }

  /**
   * The same above: each key of a tag is tried with each DS, and then each signature of the keys.
   */
  @Test
  void keysOfOneTagAreNotTriedWithEachDs() throws Exception {
    List<DNSKEYRecord> colliding = collidingKeys(KeyLimits.MOST_DS);
    Message ds = SignedZones.response(TRAP, Type.DS, Rcode.NOERROR);
    List<Record> all = new ArrayList<>();
    for (DNSKEYRecord key : colliding) {
      all.add(new DSRecord(SignedZones.name(TRAP), DClass.IN, 300, DNSSEC.Digest.SHA256, key));
    }
    zones.with(ds, Section.ANSWER, "test.", all.toArray(new Record[0]));
    zones.answer(TRAP, Type.DS, ds);
    Message keys = SignedZones.response(TRAP, Type.DNSKEY, Rcode.NOERROR);
    colliding.forEach(key -> keys.addRecord(key, Section.ANSWER));
    for (int i = 0; i < KeyLimits.MOST_SIGNATURES; i++) {
      keys.addRecord(forged(keys.getQuestion(), colliding.get(0), i), Section.ANSWER);
    }
    zones.answer(TRAP, Type.DNSKEY, keys);
    zones.answer("www.trap.test.", Type.A, signed("www.trap.test."));
    assertChecksAtMost(200); // 9 for each of some few keys, in two ways; it would be 512 else
  }

  /**
   * The owner of a zone may put seven signatures that are wrong before each that is right, for
   * every alias of a long chain.
   */
  @Test
  void signaturesOfOneResponseAreNotCheckedWithoutEnd() {
    int aliases = 30;
    Message chain = SignedZones.response("a0.trap.test.", Type.A, Rcode.NOERROR);
    for (int i = 0; i < aliases; i++) {
      addBehindForged(chain, alias("a" + i + ".trap.test.", "a" + (i + 1) + ".trap.test."));
    }
    addBehindForged(chain, SignedZones.record("a" + aliases + ".trap.test.", Type.A, "192.0.2.1"));
    zones.answer("a0.trap.test.", Type.A, chain);
    int checked;
    LookupFailure failure;
    try (CountingProvider counting = CountingProvider.begin()) {
      failure = failure(ask("a0.trap.test"));
      checked = counting.checked();
    }
    assertEquals(LookupFailure.Kind.BOGUS, failure.kind());
    assertTrue(failure.getMessage().contains("128 signatures"), failure.getMessage());
    assertTrue(checked <= 128, checked + " signatures were checked");
  }

  private void addBehindForged(Message chain, Record record) {
    DNSKEYRecord key = zones.key(TRAP);
    for (int i = 0; i < 7; i++) {
      chain.addRecord(
          new RRSIGRecord(
              record.getName(),
              DClass.IN,
              300,
              record.getType(),
              key.getAlgorithm(),
              300,
              SignedZones.NOW.plusSeconds(3600),
              SignedZones.NOW.minusSeconds(3600),
              key.getFootprint(),
              key.getName(),
              new byte[] {(byte) i, 2, 3}),
          Section.ANSWER);
    }
    zones.with(chain, Section.ANSWER, TRAP, record);
  }

  private void assertChecksAtMost(int most) {
    int checked;
    LookupFailure failure;
    try (CountingProvider counting = CountingProvider.begin()) {
      failure = failure(ask("www.trap.test"));
      checked = counting.checked();
    }
    assertEquals(LookupFailure.Kind.BOGUS, failure.kind());
    assertTrue(checked > 3, checked + " are counted");
    assertTrue(checked <= most, checked + " signatures were checked");
  }

  /** The tag is a sum of 16-bit words (RFC 4034, appendix B): their order does not matter. */
  private static List<DNSKEYRecord> collidingKeys(int count) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    byte[] modulus =
        ((RSAPublicKey) generator.generateKeyPair().getPublic()).getModulus().toByteArray();
    byte[] key = new byte[4 + 128]; // RFC 3110 §2: length and exponent, 65,537, and the modulus
    System.arraycopy(new byte[] {3, 1, 0, 1}, 0, key, 0, 4);
    System.arraycopy(modulus, modulus.length - 128, key, 4, 128);
    List<DNSKEYRecord> keys = new ArrayList<>();
    for (int i = 0; keys.size() < count; i++) {
      byte[] other = key.clone();
      int one = 6 + 2 * (i % 60);
      int two = 6 + 2 * ((i + 1 + i / 60) % 60);
      for (int octet = 0; octet < 2; octet++) {
        other[one + octet] = key[two + octet];
        other[two + octet] = key[one + octet];
      }
      keys.add(
          new DNSKEYRecord(
              SignedZones.name(TRAP),
              DClass.IN,
              300,
              DNSKEYRecord.Flags.ZONE_KEY,
              DNSKEYRecord.Protocol.DNSSEC,
              DNSSEC.Algorithm.RSASHA256,
              other));
    }
    Set<Integer> tags = keys.stream().map(DNSKEYRecord::getFootprint).collect(Collectors.toSet());
    assertEquals(1, tags.size(), "of one tag");
    assertTrue(Set.copyOf(keys).size() > count * 9 / 10, "different keys");
    return keys;
  }

  private static Record forged(Record question, DNSKEYRecord key, int number) {
    byte[] signature = new byte[128];
    signature[0] = 1;
    signature[127] = (byte) number;
    return new RRSIGRecord(
        question.getName(),
        DClass.IN,
        300,
        question.getType(),
        DNSSEC.Algorithm.RSASHA256,
        300,
        SignedZones.NOW.plusSeconds(3600),
        SignedZones.NOW.minusSeconds(3600),
        key.getFootprint(),
        key.getName(),
        signature);
  }

  private Message signed(String name) {
    Message message = SignedZones.response(name, Type.A, Rcode.NOERROR);
    return zones.with(message, Section.ANSWER, TRAP, SignedZones.record(name, Type.A, "192.0.2.1"));
  }

  private static Record alias(String name, String target) {
    return SignedZones.record(name, Type.CNAME, target);
  }

  private CompletableFuture<Answer> ask(String name) {
    return lookup.lookup(Question.of(name, RecordType.A), any -> true, timers.nanoTime());
  }

  private static LookupFailure failure(CompletableFuture<Answer> asked) {
    assertTrue(asked.isDone());
    ExecutionException failed = assertThrows(ExecutionException.class, asked::get);
    return assertInstanceOf(LookupFailure.class, failed.getCause());
  }
}
