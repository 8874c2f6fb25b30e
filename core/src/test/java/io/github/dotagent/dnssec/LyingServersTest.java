package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.upstream.SignedResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The server is who it should be, and says what is not so. The verdicts are those of RFC 4035. */
class LyingServersTest {
  private static final String BANK = "bank.test.";

  private final ManualTimers timers = new ManualTimers();
  private final SignedZones zones = new SignedZones();
  private Message honest;

  @BeforeEach
  void signTheTree() {
    timers.advance(Duration.ofDays(1));
    zones.sign("test.").sign(BANK).leaveUnsigned("plain.test.");
    honest = a("www.bank.test.");
    zones.with(honest, Section.ANSWER, BANK, address("www.bank.test."));
    zones.answer("www.bank.test.", Type.A, honest);
  }

  @Test
  void whatIsSignedIsSecure() throws Exception {
    assertEquals(SecurityStatus.SECURE, answer("www.bank.test").security());
  }

  @Test
  void whatIsUnsignedBelowAnUnsignedZoneIsInsecure() throws Exception {
    zones.answer("www.plain.test.", Type.A, plain(a("www.plain.test."), "www.plain.test."));
    assertEquals(SecurityStatus.INSECURE, answer("www.plain.test").security());
  }

  /** dnsjava#402. */
  @Test
  void noDataWithoutSoaOfAnUnsignedZoneIsAnAnswer() throws Exception {
    zones.answer("www.plain.test.", Type.A, a("www.plain.test."));
    Answer answer = answer("www.plain.test");
    assertEquals(Answer.Outcome.NO_DATA, answer.outcome());
    assertEquals(0, answer.ttlSeconds());
  }

  @Test
  void noDataWithoutSoaOfASignedZoneIsBogus() {
    zones.answer("www.bank.test.", Type.A, a("www.bank.test."));
    assertBogus("www.bank.test");
  }

  @Test
  void aForgeryWithoutSignatureIsBogus() {
    zones.answer("www.bank.test.", Type.A, plain(a("www.bank.test."), "www.bank.test."));
    assertBogus("www.bank.test");
  }

  /**
   * The validator takes the signer of the first signature for the zone that has to be looked at.
   */
  @Test
  void aSignatureInTheNameOfAnUnsignedZoneDoesNotMakeAForgeryInsecure() {
    Message forged = plain(a("www.bank.test."), "www.bank.test.");
    RRSIGRecord real = (RRSIGRecord) honest.getSection(Section.ANSWER).get(1);
    forged.addRecord(
        new RRSIGRecord(
            real.getName(),
            DClass.IN,
            300,
            Type.A,
            real.getAlgorithm(),
            300,
            real.getExpire(),
            real.getTimeSigned(),
            real.getFootprint(),
            SignedZones.name("plain.test."),
            real.getSignature()),
        Section.ANSWER);
    zones.answer("www.bank.test.", Type.A, forged);
    assertBogus("www.bank.test");
  }

  @Test
  void aSignatureOfAnAliasThatIsNotThereIsNoAlias() throws Exception {
    RRSIGRecord real = (RRSIGRecord) honest.getSection(Section.ANSWER).get(1);
    for (int covered : new int[] {Type.CNAME, Type.DNAME}) {
      Message signed = honest.clone();
      signed.addRecord(
          new RRSIGRecord(
              real.getName(),
              DClass.IN,
              300,
              covered,
              real.getAlgorithm(),
              300,
              real.getExpire(),
              real.getTimeSigned(),
              real.getFootprint(),
              real.getSigner(),
              real.getSignature()),
          Section.ANSWER);
      zones.answer("www.bank.test.", Type.A, signed);
      assertEquals(SecurityStatus.SECURE, answer("www.bank.test").security());
    }
  }

  /** The validator ends with the first set of records that is insecure. */
  @Test
  void aSoaOfAnUnsignedZoneDoesNotMakeADenialInsecure() {
    Message denied = SignedZones.response("www.bank.test.", Type.A, Rcode.NXDOMAIN);
    denied.addRecord(SignedZones.soa("plain.test."), Section.AUTHORITY);
    zones.answer("www.bank.test.", Type.A, denied);
    assertBogus("www.bank.test");
  }

  @Test
  void anUnsignedProofDoesNotMakeADenialInsecure() {
    Message denied = SignedZones.response("www.bank.test.", Type.A, Rcode.NXDOMAIN);
    denied.addRecord(SignedZones.nsec("a.plain.test.", "z.plain.test.", Type.A), Section.AUTHORITY);
    zones.answer("www.bank.test.", Type.A, denied);
    assertBogus("www.bank.test");
  }

  @Test
  void recordsOfAnUnsignedZoneBeforeAForgeryDoNotMakeItInsecure() {
    Message forged = plain(a("www.bank.test."), "x.plain.test.");
    forged.addRecord(address("www.bank.test."), Section.ANSWER);
    zones.answer("www.bank.test.", Type.A, forged);
    assertBogus("www.bank.test");
  }

  /** A negative answer of another time: the proof is real, and proves something else. */
  @Test
  void theReplayedProofOfAnotherNameIsBogus() {
    Message denied = SignedZones.response("www.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    zones.with(
        denied,
        Section.AUTHORITY,
        BANK,
        SignedZones.nsec("a.bank.test.", "b.bank.test.", Type.A, Type.RRSIG, Type.NSEC));
    zones.answer("www.bank.test.", Type.A, denied);
    assertBogus("www.bank.test");
  }

  @Test
  void theProofOfTheZoneAboveDoesNotDenyWhatIsBelow() {
    Message denied = SignedZones.response("www.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, "test.", SignedZones.soa("test."));
    zones.with(
        denied,
        Section.AUTHORITY,
        "test.",
        SignedZones.nsec("bank.test.", "zzz.test.", Type.NS, Type.DS, Type.RRSIG, Type.NSEC));
    zones.answer("www.bank.test.", Type.A, denied);
    assertBogus("www.bank.test");
  }

  /** What the validator cannot get it takes for unchecked, and that for insecure. */
  @Test
  void aKeyThatDoesNotComeIsAFailureAndNoInsecureAnswer() {
    Message denied = SignedZones.response("www.fail.test.", Type.A, Rcode.NXDOMAIN);
    denied.addRecord(SignedZones.soa("fail.test."), Section.AUTHORITY);
    zones.sign("fail.test.");
    Message broken = SignedZones.response("fail.test.", Type.DS, Rcode.SERVFAIL);
    zones.answer("www.fail.test.", Type.A, denied);
    zones.answer("fail.test.", Type.DS, broken);
    assertNotNull(failure("www.fail.test"));
  }

  @Test
  void anExceptionOfTheValidatorIsNoInsecureAnswer() {
    Message denied = SignedZones.response("www.bank.test.", Type.A, Rcode.NXDOMAIN);
    denied.addRecord(SignedZones.soa(BANK), Section.AUTHORITY);
    zones.answer("www.bank.test.", Type.A, denied);
    Message twoTrees = SignedZones.response(BANK, Type.DS, Rcode.NOERROR);
    twoTrees.addRecord(SignedZones.record("test.", Type.DNAME, "a."), Section.ANSWER);
    twoTrees.addRecord(SignedZones.record("test.", Type.DNAME, "b."), Section.ANSWER);
    zones.answer(BANK, Type.DS, twoTrees);
    assertBogus("www.bank.test");
  }

  @Test
  void behindAnInsecureAliasAForgeryIsBogus() {
    Message chain = a("alias.plain.test.");
    chain.addRecord(
        SignedZones.record("alias.plain.test.", Type.CNAME, "www.bank.test."), Section.ANSWER);
    chain.addRecord(address("www.bank.test."), Section.ANSWER);
    zones.answer("alias.plain.test.", Type.A, chain);
    assertBogus("alias.plain.test");
  }

  @Test
  void behindAnInsecureAliasWhatIsSecureIsInsecure() throws Exception {
    Message chain = a("alias.plain.test.");
    chain.addRecord(
        SignedZones.record("alias.plain.test.", Type.CNAME, "www.bank.test."), Section.ANSWER);
    zones.with(chain, Section.ANSWER, BANK, address("www.bank.test."));
    zones.answer("alias.plain.test.", Type.A, chain);
    assertEquals(SecurityStatus.INSECURE, answer("alias.plain.test").security());
  }

  @Test
  void anExpiredSignatureSaysWhenAndWhatTheClockSays() {
    Message late = a("www.bank.test.");
    zones.with(
        late,
        Section.ANSWER,
        BANK,
        SignedZones.NOW.minusSeconds(7200),
        SignedZones.NOW.minusSeconds(3600),
        address("www.bank.test."));
    zones.answer("www.bank.test.", Type.A, late);
    LookupFailure failure = assertBogus("www.bank.test");
    assertEquals(7, failure.extendedError());
    String message = failure.getMessage();
    assertTrue(message.contains("expired at 1970-01-01T23:00:00Z"), message);
    assertTrue(message.contains("clock says 1970-01-02T00:00:00Z"), message);
  }

  @Test
  void aSignatureThatIsNotYetValidSaysSo() {
    Message early = a("www.bank.test.");
    zones.with(
        early,
        Section.ANSWER,
        BANK,
        SignedZones.NOW.plusSeconds(3600),
        SignedZones.NOW.plusSeconds(7200),
        address("www.bank.test."));
    zones.answer("www.bank.test.", Type.A, early);
    assertEquals(8, assertBogus("www.bank.test").extendedError());
  }

  /** RFC 4035 §5.3.3: neither the TTL of the message nor a cache may keep it longer. */
  @Test
  void isKeptNoLongerThanTheZoneAndTheSignatureSay() throws Exception {
    Message longLived = a("www.bank.test.");
    Record told = address("www.bank.test.");
    RRSIGRecord signature =
        zones.signature(BANK, SignedZones.NOW, SignedZones.NOW.plusSeconds(100), told);
    longLived.addRecord(
        Record.newRecord(told.getName(), Type.A, DClass.IN, 86_400, told.rdataToWireCanonical()),
        Section.ANSWER);
    longLived.addRecord(signature, Section.ANSWER);
    zones.answer("www.bank.test.", Type.A, longLived);
    assertEquals(100, answer("www.bank.test").ttlSeconds());
  }

  /** CVE-2023-50868; RFC 9276 §3.2. The hashes are not computed. */
  @Test
  void tooManyNsec3IterationsAreInsecure() throws Exception {
    Message none = SignedZones.response("zone.bank.test.", Type.DS, Rcode.NOERROR);
    zones.with(none, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    zones.with(none, Section.AUTHORITY, BANK, nsec3(2500));
    zones.answer("zone.bank.test.", Type.DS, none);
    zones.answer(
        "www.zone.bank.test.", Type.A, plain(a("www.zone.bank.test."), "www.zone.bank.test."));
    assertEquals(SecurityStatus.INSECURE, answer("www.zone.bank.test").security());
  }

  /** Or any server could say so of any zone. */
  @Test
  void tooManyNsec3IterationsWithoutASignatureAreBogus() {
    Message none = SignedZones.response("zone.bank.test.", Type.DS, Rcode.NOERROR);
    none.addRecord(SignedZones.soa(BANK), Section.AUTHORITY);
    none.addRecord(nsec3(2500), Section.AUTHORITY);
    zones.answer("zone.bank.test.", Type.DS, none);
    zones.answer(
        "www.zone.bank.test.", Type.A, plain(a("www.zone.bank.test."), "www.zone.bank.test."));
    assertBogus("www.zone.bank.test");
  }

  private static Record nsec3(int iterations) {
    return new NSEC3Record(
        SignedZones.name("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.bank.test."),
        DClass.IN,
        300,
        NSEC3Record.SHA1_DIGEST_ID,
        NSEC3Record.Flags.OPT_OUT,
        iterations,
        null,
        new byte[20],
        new int[] {Type.SOA, Type.NS});
  }

  @Test
  void moreSetsThanAnyZoneHasAreNotChecked() {
    Message many = a("www.bank.test.");
    for (int i = 0; i <= ResponseFilter.MOST_SETS; i++) {
      many.addRecord(address("x" + i + ".bank.test."), Section.ANSWER);
    }
    zones.answer("www.bank.test.", Type.A, many);
    LookupFailure failure = assertBogus("www.bank.test");
    assertTrue(failure.getMessage().contains("64 sets"), failure.getMessage());
  }

  /** CVE-2023-50387: each signature of a set, and each key of a tag, is a check. */
  @Test
  void manySignaturesOfOneSetAreGivenUp() {
    Message many = a("www.bank.test.");
    many.addRecord(address("www.bank.test."), Section.ANSWER);
    RRSIGRecord real = (RRSIGRecord) honest.getSection(Section.ANSWER).get(1);
    for (int i = 0; i < 100; i++) {
      byte[] forged = real.getSignature().clone();
      forged[0] = (byte) i;
      forged[1] = (byte) (i >> 8);
      many.addRecord(
          new RRSIGRecord(
              real.getName(),
              DClass.IN,
              300,
              Type.A,
              real.getAlgorithm(),
              300,
              real.getExpire(),
              real.getTimeSigned(),
              real.getFootprint(),
              real.getSigner(),
              forged),
          Section.ANSWER);
    }
    zones.answer("www.bank.test.", Type.A, many);
    LookupFailure failure = assertBogus("www.bank.test");
    assertTrue(failure.getMessage().contains("no signature"), failure.getMessage());
  }

  @Test
  void aChainIsFetchedOnceForAllThatNeedIt() throws Exception {
    answer("www.bank.test");
    int first = zones.asked().size();
    assertEquals(
        List.of(
            "www.bank.test./A",
            "./DNSKEY",
            "test./DS",
            "test./DNSKEY",
            "bank.test./DS",
            "bank.test./DNSKEY"),
        zones.asked());
    answer("www.bank.test");
    assertEquals(first + 1, zones.asked().size(), "the question alone");
  }

  /** dnsjava's validator alone sends 80 queries for 20 lookups of one name. */
  @Test
  void lookupsAtTheSameTimeShareTheirQueriesForKeys() throws Exception {
    List<String> asked = new ArrayList<>();
    List<Runnable> answers = new ArrayList<>();
    RecordSource slow =
        query -> {
          CompletableFuture<SignedResponse> coming = new CompletableFuture<>();
          asked.add(query.name() + "/" + Type.string(query.type()));
          answers.add(() -> zones.records(query).thenAccept(coming::complete));
          return coming;
        };
    DnssecPolicy policy = new DnssecPolicy(true, List.of(), zones.anchors());
    ValidatingLookup lookup =
        new ValidatingLookup(slow, policy, Runnable::run, timers, Duration.ofSeconds(5).toNanos());
    List<CompletableFuture<Answer>> lookups = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lookups.add(
          lookup.lookup(
              Question.of("www.bank.test", RecordType.A), any -> true, timers.nanoTime()));
    }
    while (!answers.isEmpty()) {
      List<Runnable> now = new ArrayList<>(answers);
      answers.clear();
      now.forEach(Runnable::run);
    }
    for (CompletableFuture<Answer> each : lookups) {
      assertEquals(SecurityStatus.SECURE, each.get().security());
    }
    assertEquals(20, asked.stream().filter("www.bank.test./A"::equals).count());
    asked.removeIf("www.bank.test./A"::equals);
    assertEquals(
        List.of("./DNSKEY", "test./DS", "test./DNSKEY", "bank.test./DS", "bank.test./DNSKEY"),
        asked);
  }

  @Test
  void belowAZoneThatIsSaidToBeInsecureNothingHasToBeSigned() throws Exception {
    ZoneAnchors anchors =
        ZoneAnchors.of(
            "private.bank.test. insecure".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertTrue(anchors.areOfIana());
    Lookup lookup = lookup(new DnssecPolicy(true, List.of(), anchors));
    zones.answer(
        "www.private.bank.test.",
        Type.A,
        plain(a("www.private.bank.test."), "www.private.bank.test."));
    Answer answer = lookup.lookup(Question.of("www.private.bank.test", RecordType.A)).get();
    assertEquals(SecurityStatus.INSECURE, answer.security());
    assertEquals(1, zones.asked().size(), "no chain is looked for");
  }

  @Test
  void whatIsRequiredToBeSecureMustNotBeInsecure() {
    zones.answer("www.plain.test.", Type.A, plain(a("www.plain.test."), "www.plain.test."));
    DnssecPolicy policy = new DnssecPolicy(true, List.of("plain.test"), zones.anchors());
    LookupFailure failure = failure(new RequiredSecurity(lookup(policy), policy), "www.plain.test");
    assertEquals(LookupFailure.Kind.BOGUS, failure.kind());
    assertTrue(
        failure.getMessage().contains("dnssec.require has plain.test"), failure.getMessage());
  }

  private static Message a(String name) {
    return SignedZones.response(name, Type.A, Rcode.NOERROR);
  }

  private static Record address(String name) {
    return SignedZones.record(name, Type.A, "192.0.2.1");
  }

  private static Message plain(Message message, String name) {
    message.addRecord(address(name), Section.ANSWER);
    return message;
  }

  private Lookup lookup(DnssecPolicy policy) {
    ValidatingLookup validating =
        new ValidatingLookup(zones, policy, Runnable::run, timers, Duration.ofSeconds(5).toNanos());
    return new Lookup() {
      @Override
      public CompletableFuture<Answer> lookup(Question question) {
        return validating.lookup(question, name -> true, timers.nanoTime());
      }

      @Override
      public boolean isOutOfReach(String name) {
        return false;
      }
    };
  }

  private Lookup lookup;

  private CompletableFuture<Answer> ask(String name) {
    if (lookup == null) {
      lookup = lookup(new DnssecPolicy(true, List.of(), zones.anchors()));
    }
    return lookup.lookup(Question.of(name, RecordType.A));
  }

  private Answer answer(String name) throws Exception {
    return ask(name).get();
  }

  private LookupFailure assertBogus(String name) {
    LookupFailure failure = failure(name);
    assertEquals(LookupFailure.Kind.BOGUS, failure.kind(), failure::getMessage);
    assertTrue(failure.isAServersWord());
    return failure;
  }

  private LookupFailure failure(String name) {
    if (lookup == null) {
      lookup = lookup(new DnssecPolicy(true, List.of(), zones.anchors()));
    }
    return failure(lookup, name);
  }

  private static LookupFailure failure(Lookup lookup, String name) {
    CompletableFuture<Answer> asked = lookup.lookup(Question.of(name, RecordType.A));
    assertTrue(asked.isDone());
    try {
      Answer answer = asked.get();
      throw new AssertionError("answered: " + answer.outcome() + ", " + answer.security());
    } catch (ExecutionException failed) {
      assertFalse(failed.getCause() instanceof Error, () -> String.valueOf(failed.getCause()));
      return (LookupFailure) failed.getCause();
    } catch (InterruptedException never) {
      throw new AssertionError(never);
    }
  }
}
