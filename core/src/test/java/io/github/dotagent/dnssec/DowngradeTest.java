package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.testing.ManualTimers;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SIGRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;

/**
 * Responses that are put together from real records, so that a lie would pass as secure, or as
 * insecure. Unbound calls each of them bogus.
 */
class DowngradeTest {
  private static final String BANK = "bank.test.";
  private static final String SAFE = "safe.test.";
  private static final int TOO_MANY = 2_500;
  private static final int MOST_ROUNDS = 65_535;

  /** Eight proofs of a zone that has as many iterations as are allowed, and the hash itself. */
  private static final int MOST_HASHES = 8 * (ResponsePart.NSEC3_ITERATIONS + 1);

  private static final int MOST_LABELS_BELOW = 122; // a name has 255 octets

  private final ManualTimers timers = new ManualTimers();
  private final SignedZones zones = new SignedZones();
  private Validator validator;

  @BeforeEach
  void signTheTree() {
    timers.advance(Duration.ofDays(1));
    zones.sign("test.").sign(BANK).sign(SAFE).leaveUnsigned("plain.test.");
    validator = new Validator(zones.anchors(), zones, Runnable::run, timers);
  }

  @Test
  void behindAnAliasInAZoneWithTooManyIterationsAForgeryIsBogus() {
    zones.answer("zone.bank.test.", Type.DS, denialOfDs(TOO_MANY));
    Message chain = response("www.zone.bank.test.");
    chain.addRecord(alias("www.zone.bank.test.", "www.bank.test."), Section.ANSWER);
    Message forged = chain.clone();
    forged.addRecord(address("www.bank.test."), Section.ANSWER);
    assertBogus("www.zone.bank.test.", forged);
    zones.with(chain, Section.ANSWER, BANK, address("www.bank.test."));
    assertEquals(SecurityStatus.INSECURE, verdict("www.zone.bank.test.", chain).status());
  }

  @Test
  void aProofThatIsIgnoredForAnAliasDoesNotDenyItsTarget() {
    Message denied = response("x.bank.test.");
    zones.withExpanded(
        denied, Section.ANSWER, BANK, alias("*.bank.test.", "www.safe.test."), "x.bank.test.");
    zones.with(denied, Section.AUTHORITY, BANK, matching(BANK, BANK, TOO_MANY, null, Type.SOA));
    denied.addRecord(SignedZones.soa(SAFE), Section.AUTHORITY);
    assertBogus("x.bank.test.", denied);
  }

  @Test
  void moreInsecureAliasesThanAreFollowedAreBogus() {
    assertEquals(SecurityStatus.INSECURE, verdict("a0.plain.test.", plainChain(11)).status());
    assertBogus("a0.plain.test.", plainChain(14));
  }

  private static Message plainChain(int aliases) {
    Message chain = response("a0.plain.test.");
    for (int i = 0; i < aliases; i++) {
      Record alias = alias("a" + i + ".plain.test.", "a" + (i + 1) + ".plain.test.");
      chain.addRecord(alias, Section.ANSWER);
    }
    chain.addRecord(address("a" + aliases + ".plain.test."), Section.ANSWER);
    return chain;
  }

  @Test
  void anExpiredProofOfTooManyIterationsIsNotKept() {
    zones.sign("zone.bank.test.");
    Message old = SignedZones.response("zone.bank.test.", Type.DS, Rcode.NOERROR);
    old.addRecord(SignedZones.soa(BANK), Section.AUTHORITY);
    zones.with(
        old,
        Section.AUTHORITY,
        BANK,
        SignedZones.NOW.minusSeconds(7200),
        SignedZones.NOW.minusSeconds(3600),
        matching(BANK, BANK, TOO_MANY, null, Type.SOA));
    zones.answer("zone.bank.test.", Type.DS, old);
    Message honest = response("www.zone.bank.test.");
    zones.with(honest, Section.ANSWER, "zone.bank.test.", address("www.zone.bank.test."));
    assertBogus("www.zone.bank.test.", honest);
    zones.answer("zone.bank.test.", Type.DS, ds("zone.bank.test."));
    timers.advance(Duration.ofSeconds(6));
    assertEquals(SecurityStatus.SECURE, verdict("www.zone.bank.test.", honest).status());
  }

  /** CVE-2023-50868: the SOA has the validator ask for the DS that is being judged. */
  @Test
  void aProofThatLeadsToItselfIsNotComputed() {
    Message denial = SignedZones.response("zone.bank.test.", Type.DS, Rcode.NOERROR);
    denial.addRecord(SignedZones.soa("zone.bank.test."), Section.AUTHORITY);
    zones.with(denial, Section.AUTHORITY, BANK, matching(BANK, BANK, MOST_ROUNDS, null, Type.SOA));
    zones.answer("zone.bank.test.", Type.DS, denial);
    assertFewHashes("www.zone.bank.test.", unsigned("www.zone.bank.test."));
  }

  /** The same with a zone above, whose records do not have too many iterations. */
  @Test
  void iterationsOfOneZoneAreNotHiddenBehindThoseOfAnother() {
    Message denied = SignedZones.response("no.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    zones.with(denied, Section.AUTHORITY, "test.", matching("test.", "test.", 0, null, Type.SOA));
    zones.with(denied, Section.AUTHORITY, BANK, matching(BANK, BANK, MOST_ROUNDS, null, Type.SOA));
    assertFewHashes("no.bank.test.", denied);
  }

  private void assertFewHashes(String name, Message response) {
    try (CountingProvider counting = CountingProvider.begin()) {
      hash(name, 2, null);
      assertEquals(3, counting.hashed(), "they are counted");
      verdict(name, response);
      assertTrue(counting.hashed() <= MOST_HASHES, counting.hashed() + " hashes");
    }
  }

  /** The target is in an unsigned zone, and says nothing about the names below the alias. */
  @Test
  void tooManyIterationsBehindAnAliasSayNothingAboutTheNamesBelowIt() {
    String name = "a.www.bank.test.";
    Message alias = SignedZones.response("www.bank.test.", Type.DS, Rcode.NOERROR);
    zones.with(alias, Section.ANSWER, BANK, alias("www.bank.test.", "cdn.plain.test."));
    alias.addRecord(SignedZones.soa("plain.test."), Section.AUTHORITY);
    Record many = matching("cdn.plain.test.", "plain.test.", TOO_MANY, null, Type.A);
    alias.addRecord(many, Section.AUTHORITY);
    alias.addRecord(junk(many.getName().toString(), Type.NSEC3, "plain.test."), Section.AUTHORITY);
    zones.answer("www.bank.test.", Type.DS, alias);
    assertBogus(name, unsigned(name));
    Message honest = response(name);
    zones.with(honest, Section.ANSWER, BANK, address(name));
    assertEquals(SecurityStatus.SECURE, verdict(name, honest).status());
  }

  @Test
  void aProofBesideTheDsDoesNotCount() {
    zones.sign("zone.bank.test.");
    Message both = ds("zone.bank.test.");
    zones.with(both, Section.AUTHORITY, BANK, matching(BANK, BANK, TOO_MANY, null, Type.SOA));
    zones.answer("zone.bank.test.", Type.DS, both);
    assertBogus("www.zone.bank.test.", unsigned("www.zone.bank.test."));
    Message honest = response("www.zone.bank.test.");
    zones.with(honest, Section.ANSWER, "zone.bank.test.", address("www.zone.bank.test."));
    assertEquals(SecurityStatus.SECURE, verdict("www.zone.bank.test.", honest).status());
  }

  /** The DS of another zone is removed by the validator, and the proof is computed then. */
  @Test
  void aProofBesideTheDsOfAnotherZoneIsNotComputed() {
    Message both = ds(SAFE);
    both.removeAllRecords(Section.QUESTION);
    both.addRecord(
        Record.newRecord(SignedZones.name("zone.bank.test."), Type.DS, DClass.IN),
        Section.QUESTION);
    zones.with(both, Section.AUTHORITY, BANK, matching(BANK, BANK, MOST_ROUNDS, null, Type.SOA));
    zones.answer("zone.bank.test.", Type.DS, both);
    assertFewHashes("www.zone.bank.test.", unsigned("www.zone.bank.test."));
  }

  /** NSEC proves that this is no zone; what the zone above has too much of says nothing. */
  @Test
  void tooManyIterationsInTheZoneAboveDoNotUndoAProof() {
    Message denial = SignedZones.response("www.bank.test.", Type.DS, Rcode.NOERROR);
    zones.with(denial, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    zones.with(
        denial,
        Section.AUTHORITY,
        BANK,
        SignedZones.nsec("www.bank.test.", "z.bank.test.", Type.A));
    zones.with(
        denial, Section.AUTHORITY, "test.", matching("test.", "test.", TOO_MANY, null, Type.SOA));
    zones.answer("www.bank.test.", Type.DS, denial);
    assertBogus("www.bank.test.", unsigned("www.bank.test."));
  }

  @Test
  void whatBelongsToNoNameOfTheAnswerIsRemoved() {
    Message secure = response("www.bank.test.");
    zones.with(secure, Section.ANSWER, BANK, address("www.bank.test."));
    assertIsAlone("www.bank.test.", secure, SecurityStatus.SECURE);
    assertIsAlone("www.plain.test.", unsigned("www.plain.test."), SecurityStatus.INSECURE);
  }

  private void assertIsAlone(String name, Message response, SecurityStatus status) {
    response.addRecord(address("other.bank.test."), Section.ANSWER);
    response.addRecord(SignedZones.record(name, Type.TXT, "x"), Section.ANSWER);
    response.addRecord(alias("other.plain.test.", "x.plain.test."), Section.ANSWER);
    Verdict verdict = verdict(name, response);
    assertEquals(status, verdict.status());
    List<Record> others = new ArrayList<>(verdict.message().getSection(Section.ANSWER));
    others.removeIf(record -> record.getRRsetType() == Type.A && record.getName().equals(at(name)));
    assertEquals(List.of(), others);
  }

  private static Name at(String name) {
    return SignedZones.name(name);
  }

  /** Records of an old and of a new salt: both are real, and neither proves it. */
  @Test
  void proofsThatDifferInTheirSaltAreNotTooManyIterations() {
    Message denied = response("www.bank.test.");
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    for (byte salt = 1; salt <= 2; salt++) {
      Record proof = matching(BANK, BANK, 1, new byte[] {salt}, Type.SOA);
      zones.with(denied, Section.AUTHORITY, BANK, proof);
    }
    assertBogus("www.bank.test.", denied);
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.REFUSED, Rcode.YXDOMAIN, Rcode.NOTIMP})
  void aResponseThatIsNoAnswerIsNotInsecure(int rcode) {
    Message refused = SignedZones.response("www.bank.test.", Type.A, rcode);
    refused.addRecord(address("www.bank.test."), Section.ANSWER);
    assertBogus("www.bank.test.", refused);
  }

  @Test
  void behindAnInsecureTreeOfAliasesAForgeryIsBogus() {
    Message chain = response("www.plain.test.");
    chain.addRecord(SignedZones.record("plain.test.", Type.DNAME, BANK), Section.ANSWER);
    chain.addRecord(address("www.bank.test."), Section.ANSWER);
    assertBogus("www.plain.test.", chain);
  }

  /** A private algorithm (RFC 4034, appendix A.1.1); or Ed25519, for Java 8. */
  @Test
  void aZoneWithOneKeyOfAnUnknownAlgorithmIsNotInsecure() {
    Message keys = SignedZones.response(BANK, Type.DNSKEY, Rcode.NOERROR);
    DNSKEYRecord unknown = ofUnknownAlgorithm(new byte[32]);
    zones.with(keys, Section.ANSWER, BANK, zones.key(BANK), unknown);
    zones.answer(BANK, Type.DNSKEY, keys);
    assertBogus("www.bank.test.", unsigned("www.bank.test."));
    Message honest = response("www.bank.test.");
    zones.with(honest, Section.ANSWER, BANK, address("www.bank.test."));
    assertEquals(SecurityStatus.SECURE, verdict("www.bank.test.", honest).status());
    Message denied = response("www.bank.test.");
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    zones.with(
        denied, Section.AUTHORITY, BANK, matching("www.bank.test.", BANK, 1, null, Type.TXT));
    assertEquals(SecurityStatus.SECURE, verdict("www.bank.test.", denied).status());
  }

  /** The validator forgets that the record is of a wildcard when another one follows. */
  @Test
  void theRecordOfAWildcardAloneDoesNotDenyData() {
    for (String wildcard : List.of("*.bank.test.", "*.sub.bank.test.")) {
      Message denied = denialByWildcard(wildcard);
      zones.with(denied, Section.AUTHORITY, BANK, SignedZones.nsec(BANK, "a.bank.test.", Type.SOA));
      assertBogus("www.bank.test.", denied);
    }
  }

  @Test
  void aWildcardWithoutTheTypeDeniesDataOfANameThatDoesNotExist() {
    Message denied = denialByWildcard("*.bank.test.");
    Record covering = SignedZones.nsec("a.bank.test.", "z.bank.test.", Type.A);
    zones.with(denied, Section.AUTHORITY, BANK, covering);
    assertEquals(SecurityStatus.SECURE, verdict("www.bank.test.", denied).status());
    Message last = denialByWildcard("*.bank.test.");
    zones.with(last, Section.AUTHORITY, BANK, SignedZones.nsec("a.bank.test.", BANK, Type.A));
    assertEquals(SecurityStatus.SECURE, verdict("www.bank.test.", last).status());
  }

  /** The wildcard's record proves the alias; NSEC3 must deny the data. */
  @Test
  void theRecordOfAWildcardElsewhereDoesNotReplaceNsec3() {
    Message denied = expandedAlias("end.safe.test.", Rcode.NOERROR);
    Record ofAlias = SignedZones.nsec("*.bank.test.", "z.bank.test.", Type.CNAME);
    zones.with(denied, Section.AUTHORITY, BANK, ofAlias);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.nsec(BANK, "a.bank.test.", Type.SOA));
    zones.with(denied, Section.AUTHORITY, SAFE, SignedZones.soa(SAFE));
    assertBogus("www.bank.test.", denied);
    Message wrong = denied.clone();
    zones.with(wrong, Section.AUTHORITY, SAFE, matching("end.safe.test.", SAFE, 1, null, Type.A));
    assertBogus("www.bank.test.", wrong);
    zones.with(
        denied, Section.AUTHORITY, SAFE, matching("end.safe.test.", SAFE, 1, null, Type.TXT));
    Verdict verdict = verdict("www.bank.test.", denied);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
  }

  private Message denialByWildcard(String wildcard) {
    Message denied = response("www.bank.test.");
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    Record of = SignedZones.nsec(wildcard, "a" + wildcard.substring(1), Type.TXT);
    return zones.with(denied, Section.AUTHORITY, BANK, of);
  }

  /** The name itself has other records; the alias of the wildcard is replayed in their place. */
  @ParameterizedTest
  @ValueSource(ints = {Rcode.NOERROR, Rcode.NXDOMAIN})
  void anAliasOfAWildcardNeedsItsProofBeforeADenial(int rcode) {
    Message denied = expandedAlias("end.safe.test.", rcode);
    zones.with(denied, Section.AUTHORITY, SAFE, SignedZones.soa(SAFE));
    Record none =
        rcode == Rcode.NOERROR
            ? SignedZones.nsec("end.safe.test.", "z.safe.test.", Type.TXT)
            : SignedZones.nsec(SAFE, "z.safe.test.", Type.SOA, Type.NS);
    zones.with(denied, Section.AUTHORITY, SAFE, none);
    assertBogus("www.bank.test.", denied);
    zones.with(denied, Section.AUTHORITY, BANK, noWww());
    Verdict verdict = verdict("www.bank.test.", denied);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
    assertEquals(rcode, verdict.message().getRcode());
  }

  @Test
  void anAliasOfAWildcardNeedsItsProofBeforeAnInsecureTarget() {
    Message chain = expandedAlias("x.plain.test.", Rcode.NOERROR);
    chain.addRecord(address("x.plain.test."), Section.ANSWER);
    assertBogus("www.bank.test.", chain);
    zones.with(chain, Section.AUTHORITY, BANK, noWww());
    assertEquals(SecurityStatus.INSECURE, verdict("www.bank.test.", chain).status());
  }

  private Message expandedAlias(String target, int rcode) {
    Message chain = SignedZones.response("www.bank.test.", Type.A, rcode);
    return zones.withExpanded(
        chain, Section.ANSWER, BANK, alias("*.bank.test.", target), "www.bank.test.");
  }

  private static Record noWww() {
    return SignedZones.nsec("a.bank.test.", "z.bank.test.", Type.A);
  }

  /** Of class CH, and so no part of the answer: otherwise it would bring in the liar's proofs. */
  @Test
  void anAliasOfAnotherClassIsNone() {
    Message denied = response("www.bank.test.");
    denied.addRecord(
        new CNAMERecord(at("www.bank.test."), DClass.CH, 300, at("x.aaa.test.")), Section.ANSWER);
    Record proof = SignedZones.nsec("a.aaa.test.", "z.www.bank.test.", Type.A);
    zones.sign("aaa.test.").with(denied, Section.AUTHORITY, "aaa.test.", proof);
    assertBogus("www.bank.test.", denied);
  }

  /** RFC 6672 §3.2: the DNAME decides, and the alias below it has no signature of its own. */
  @Test
  void anAliasBelowATreeOfAliasesIsTheTrees() {
    Message chain = response("www.tree.bank.test.");
    Record tree = SignedZones.record("tree.bank.test.", Type.DNAME, "t.safe.test.");
    zones.with(chain, Section.ANSWER, BANK, tree);
    Message forged = chain.clone();
    forged.addRecord(alias("www.tree.bank.test.", "evil.plain.test."), Section.ANSWER);
    forged.addRecord(address("evil.plain.test."), Section.ANSWER);
    Verdict unfinished = verdict("www.tree.bank.test.", forged);
    assertEquals(SecurityStatus.SECURE, unfinished.status(), unfinished::reason);
    Record right = alias("www.tree.bank.test.", "www.t.safe.test.");
    assertEquals(List.of(tree, right), withoutSignatures(unfinished.message()));
    chain.addRecord(alias("www.tree.bank.test.", "www.t.safe.test."), Section.ANSWER);
    zones.with(chain, Section.ANSWER, SAFE, address("www.t.safe.test."));
    Verdict verdict = verdict("www.tree.bank.test.", chain);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
    assertEquals(
        List.of(Type.DNAME, Type.CNAME, Type.A),
        verdict.message().getSectionRRsets(Section.ANSWER).stream().map(RRset::getType).toList());
  }

  private static List<Record> withoutSignatures(Message message) {
    return message.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() != Type.RRSIG)
        .toList();
  }

  /** RFC 6672 §2.2: it is for the names below it. */
  @Test
  void aTreeOfAliasesIsNoAliasOfItsOwnName() {
    Message denied = response(BANK);
    Record tree = SignedZones.record(BANK, Type.DNAME, "t.safe.test.");
    zones.with(denied, Section.ANSWER, BANK, tree);
    zones.with(denied, Section.AUTHORITY, SAFE, SignedZones.soa(SAFE));
    Record none = SignedZones.nsec("t.safe.test.", "z.safe.test.", Type.TXT);
    zones.with(denied, Section.AUTHORITY, SAFE, none);
    assertBogus(BANK, denied);
  }

  @Test
  void severalAliasesOfOneNameAreBogus() {
    Message forged = response("q.bank.test.");
    forged.addRecord(alias("q.bank.test.", "evil.plain.test."), Section.ANSWER);
    zones.with(forged, Section.ANSWER, BANK, alias("q.bank.test.", "t.safe.test."));
    forged.addRecord(address("evil.plain.test."), Section.ANSWER);
    assertBogus("q.bank.test.", forged);
  }

  /** The validator reads the answer in its order, and forgets what comes before its alias. */
  @Test
  void whatComesBeforeItsAliasIsJudged() {
    Message forged = response("www.bank.test.");
    forged.addRecord(address("end.safe.test."), Section.ANSWER);
    Message honest = response("www.bank.test.");
    zones.with(honest, Section.ANSWER, SAFE, address("end.safe.test."));
    for (Message chain : List.of(forged, honest)) {
      zones.with(chain, Section.ANSWER, BANK, alias("www.bank.test.", "end.safe.test."));
    }
    Record none = SignedZones.nsec("end.safe.test.", "z.safe.test.", Type.TXT);
    zones.with(forged, Section.AUTHORITY, SAFE, SignedZones.soa(SAFE));
    zones.with(forged, Section.AUTHORITY, SAFE, none);
    assertBogus("www.bank.test.", forged);
    assertEquals(SecurityStatus.SECURE, verdict("www.bank.test.", honest).status());
  }

  /** A signature that is not valid does not tell from which wildcard a record is made. */
  @Test
  void aSignatureThatIsNotValidMakesNoWildcard() {
    Message denied = denialByWildcard("*.bank.test.");
    Record www = SignedZones.nsec("www.bank.test.", "z.bank.test.", Type.A);
    zones.with(denied, Section.AUTHORITY, BANK, www);
    Record junk = junk("*.bank.test.", Type.NSEC, BANK).withName(at("www.bank.test."));
    denied.addRecord(junk, Section.AUTHORITY);
    assertBogus("www.bank.test.", denied);
  }

  /** RFC 4035 §5.4: a proof is about its own name. */
  @Test
  void aProofThatIsMadeFromAWildcardProvesNothing() {
    Message denied = SignedZones.response("www.y.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    Record wildcard = SignedZones.nsec("*.bank.test.", BANK, Type.A);
    zones.withExpanded(denied, Section.AUTHORITY, BANK, wildcard, "x.\\000.y.bank.test.");
    assertBogus("www.y.bank.test.", denied);
  }

  @Test
  void theZoneAboveDoesNotProveThatAWildcardMatches() {
    Message replayed = response("www.bank.test.");
    Record wildcard = address("*.bank.test.");
    zones.withExpanded(replayed, Section.ANSWER, BANK, wildcard, "www.bank.test.");
    Message honest = replayed.clone();
    zones.with(replayed, Section.AUTHORITY, "test.", covering("www.bank.test.", "test."));
    assertBogus("www.bank.test.", replayed);
    zones.with(honest, Section.AUTHORITY, BANK, covering("www.bank.test.", BANK));
    Verdict verdict = verdict("www.bank.test.", honest);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
  }

  @Test
  void aSignerAboveTheAnchorDoesNotMakeAForgeryInsecure() throws Exception {
    anchorsAre(". insecure", ds(zones.key(BANK)));
    Message forged = unsigned("db.bank.test.");
    forged.addRecord(junk("db.bank.test.", Type.A, "."), Section.ANSWER);
    assertBogus("db.bank.test.", forged);
    Message denied = response("db.bank.test.");
    denied.addRecord(SignedZones.soa("."), Section.AUTHORITY);
    assertBogus("db.bank.test.", denied);
    Message honest = response("db.bank.test.");
    zones.with(honest, Section.ANSWER, BANK, address("db.bank.test."));
    assertEquals(SecurityStatus.SECURE, verdict("db.bank.test.", honest).status());
  }

  /** What is known of the unsigned zone above is not for the zone that has an anchor. */
  @Test
  void anAnchorBelowAnUnsignedZoneCounts() throws Exception {
    zones.sign("corp.plain.test.");
    anchorsAre(ds(zones.key(".")), ds(zones.key("corp.plain.test.")));
    assertEquals(
        SecurityStatus.INSECURE, verdict("www.plain.test.", unsigned("www.plain.test.")).status());
    assertBogus("db.corp.plain.test.", unsigned("db.corp.plain.test."));
    Message honest = response("db.corp.plain.test.");
    zones.with(honest, Section.ANSWER, "corp.plain.test.", address("db.corp.plain.test."));
    assertEquals(SecurityStatus.SECURE, verdict("db.corp.plain.test.", honest).status());
  }

  private void anchorsAre(String... lines) throws ZoneAnchors.WrongAnchorException {
    byte[] file = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    validator = new Validator(ZoneAnchors.of(file), zones, Runnable::run, timers);
  }

  private static String ds(DNSKEYRecord key) {
    return new DSRecord(key.getName(), DClass.IN, 300, DNSSEC.Digest.SHA256, key).toString();
  }

  private static RRSIGRecord junk(String name, int covered, String signer) {
    return new RRSIGRecord(
        at(name),
        DClass.IN,
        300,
        covered,
        DNSSEC.Algorithm.ECDSAP256SHA256,
        300,
        SignedZones.NOW.plusSeconds(3600),
        SignedZones.NOW.minusSeconds(3600),
        1,
        at(signer),
        new byte[64]);
  }

  @Test
  void eachZoneProvesItsOwnWildcard() {
    Message chain = expandedAlias("x.safe.test.", Rcode.NOERROR);
    Record wildcard = address("*.safe.test.");
    zones.withExpanded(chain, Section.ANSWER, SAFE, wildcard, "x.safe.test.");
    zones.with(chain, Section.AUTHORITY, BANK, covering("www.bank.test.", BANK));
    zones.with(chain, Section.AUTHORITY, SAFE, covering("x.safe.test.", SAFE));
    Verdict verdict = verdict("www.bank.test.", chain);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
  }

  /** An authoritative server stops there: the target is asked for, and judged, separately. */
  @Test
  void aChainOfAliasesThatEndsBeforeItsTargetIsNoDenial() {
    for (String target : List.of("lb.plain.test.", "www.safe.test.")) {
      Message chain = expandedAlias(target, Rcode.NOERROR);
      assertBogus("www.bank.test.", chain);
      zones.with(chain, Section.AUTHORITY, BANK, noWww());
      Verdict verdict = verdict("www.bank.test.", chain);
      assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
      assertEquals(1, verdict.message().getSectionRRsets(Section.ANSWER).size());
      assertEquals(1, verdict.message().getSectionRRsets(Section.AUTHORITY).size());
      chain.addRecord(SignedZones.soa("."), Section.AUTHORITY);
      SecurityStatus denied = verdict("www.bank.test.", chain).status();
      assertEquals(target.equals("lb.plain.test.") ? SecurityStatus.INSECURE : null, denied);
    }
    Message toRoot = response("www.bank.test.");
    zones.with(toRoot, Section.ANSWER, BANK, alias("www.bank.test.", "."));
    assertBogus("www.bank.test.", toRoot);
  }

  /** dnsjava#402: load balancers answer so, and the answer must not be kept. */
  @Test
  void noDataWithoutSoaIsAnAnswerInAnUnsignedZone() {
    Verdict verdict = verdict("lb.plain.test.", response("lb.plain.test."));
    assertEquals(SecurityStatus.INSECURE, verdict.status(), verdict::reason);
    assertEquals(List.of(), verdict.message().getSection(Section.AUTHORITY));
    assertBogus("lb.bank.test.", response("lb.bank.test."));
  }

  /** That of an IPv6 address has 34 labels. Unbound computes its hashes in several steps. */
  @Test
  void aNameFarBelowItsZoneMayBeDeniedByHashes() {
    String name = "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.bank.test.";
    Message denied = SignedZones.response(name, Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    zones.with(denied, Section.AUTHORITY, BANK, matching(BANK, BANK, 1, null, Type.SOA));
    zones.with(denied, Section.AUTHORITY, BANK, covering("p.bank.test.", BANK));
    assertBogus(name, denied);
    zones.with(denied, Section.AUTHORITY, BANK, covering("*.bank.test.", BANK));
    Verdict verdict = verdict(name, denied);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
  }

  /** The last hash that is allowed, and the validator then says that it has not checked. */
  @Test
  void aDenialThatWouldNeedMoreHashesIsNotInsecure() {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < MOST_LABELS_BELOW; i++) {
      labels.append("a.");
    }
    String name = labels + BANK;
    Message denied = SignedZones.response(name, Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    zones.with(denied, Section.AUTHORITY, BANK, matching(BANK, BANK, 1, null, Type.SOA));
    zones.with(denied, Section.AUTHORITY, BANK, covering("a.bank.test.", BANK));
    assertBogus(name, denied);
  }

  /** RFC 8020 §2: a name that does not exist has no records. */
  @Test
  void aNameWithRecordsThatIsSaidNotToExistIsBogus() {
    Message forged = SignedZones.response("www.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(forged, Section.ANSWER, BANK, address("www.bank.test."));
    zones.with(forged, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    assertBogus("www.bank.test.", forged);
    Message circle = SignedZones.response("www.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(circle, Section.ANSWER, BANK, alias("www.bank.test.", "www.bank.test."));
    assertBogus("www.bank.test.", circle);
    circle.getHeader().setRcode(Rcode.NOERROR);
    assertEquals(SecurityStatus.SECURE, verdict("www.bank.test.", circle).status());
  }

  /** As a program gets it without validation: the name does not exist. */
  @Test
  void inAnUnsignedZoneTheResponseCodeCounts() {
    Message odd = SignedZones.response("www.plain.test.", Type.A, Rcode.NXDOMAIN);
    odd.addRecord(address("www.plain.test."), Section.ANSWER);
    Verdict verdict = verdict("www.plain.test.", odd);
    assertEquals(SecurityStatus.INSECURE, verdict.status(), verdict::reason);
    assertEquals(Rcode.NXDOMAIN, verdict.message().getRcode());
  }

  /** dnsjava cannot check signatures that are asked for, and its verdict is not secure. */
  @Test
  void signaturesOfANameThatIsSaidNotToExistAreBogus() {
    Message odd = SignedZones.response("www.bank.test.", Type.RRSIG, Rcode.NXDOMAIN);
    odd.addRecord(junk("www.bank.test.", Type.A, BANK), Section.ANSWER);
    assertBogus("www.bank.test.", Type.RRSIG, odd);
  }

  /** RFC 5155 §9.2: with opt-out the proof that a wildcard applies is not secure. */
  @Test
  void aWildcardOfAZoneWithOptOutDoesNotDenyItself() {
    String name = "x.bank.test.";
    Message odd = response(name);
    zones.withExpanded(odd, Section.ANSWER, BANK, address("*.bank.test."), name);
    zones.with(odd, Section.AUTHORITY, BANK, withOptOut((NSEC3Record) covering(name, BANK)));
    assertEquals(SecurityStatus.INSECURE, verdict(name, odd).status());
    odd.getHeader().setRcode(Rcode.NXDOMAIN);
    assertBogus(name, odd);
  }

  private static Record withOptOut(NSEC3Record nsec3) {
    return new NSEC3Record(
        nsec3.getName(),
        DClass.IN,
        300,
        nsec3.getHashAlgorithm(),
        NSEC3Record.Flags.OPT_OUT,
        nsec3.getIterations(),
        nsec3.getSalt(),
        nsec3.getNext(),
        nsec3.getTypes());
  }

  @Test
  void aChainIntoASignedZoneAndOutAgainMayEndInNothing() throws Exception {
    anchorsAre(". insecure", ds(zones.key(BANK)));
    Message chain = SignedZones.response("www.plain.test.", Type.A, Rcode.NXDOMAIN);
    chain.addRecord(alias("www.plain.test.", "www.bank.test."), Section.ANSWER);
    zones.with(chain, Section.ANSWER, BANK, alias("www.bank.test.", "gone.plain.test."));
    chain.addRecord(SignedZones.soa("plain.test."), Section.AUTHORITY);
    Verdict verdict = verdict("www.plain.test.", chain);
    assertEquals(SecurityStatus.INDETERMINATE, verdict.status(), verdict::reason);
    assertEquals(Rcode.NXDOMAIN, verdict.message().getRcode());
  }

  /** The server of a zone adds records of another name, to which its alias leads. */
  @ParameterizedTest
  @ValueSource(ints = {Rcode.NOERROR, Rcode.NXDOMAIN})
  void recordsOfANameThatTheServerMayNotSpeakForAreLeftOut(int rcode) {
    Message response = SignedZones.response("www.bank.test.", Type.A, rcode);
    zones.with(response, Section.ANSWER, BANK, alias("www.bank.test.", "www.safe.test."));
    response.addRecord(address("www.safe.test."), Section.ANSWER);
    assertBogus("www.bank.test.", response);
    long deadline = timers.nanoTime() + Duration.ofSeconds(5).toNanos();
    Verdict verdict =
        Validation.judge(
                validator,
                at("www.bank.test."),
                Type.A,
                response.toWire(),
                name -> name.endsWith("bank.test"),
                deadline)
            .join();
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
    assertEquals(Rcode.NOERROR, verdict.message().getRcode(), "the code is of the other name");
    assertEquals(
        List.of(alias("www.bank.test.", "www.safe.test.")),
        verdict.message().getSection(Section.ANSWER).stream()
            .filter(record -> record.getType() != Type.RRSIG)
            .toList());
  }

  @Test
  void anAliasFromANameWithoutAnchorIntoASignedZoneIsChecked() throws Exception {
    anchorsAre(". insecure", ds(zones.key(BANK)));
    Message forged = response("www.plain.test.");
    forged.addRecord(alias("www.plain.test.", "www.bank.test."), Section.ANSWER);
    Message honest = forged.clone();
    forged.addRecord(address("www.bank.test."), Section.ANSWER);
    assertBogus("www.plain.test.", forged);
    zones.with(honest, Section.ANSWER, BANK, address("www.bank.test."));
    Verdict verdict = verdict("www.plain.test.", honest);
    assertEquals(SecurityStatus.INDETERMINATE, verdict.status(), verdict::reason);
  }

  /** RFC 4592 §2.2.2: a wildcard without records of its own exists, if a name below it does. */
  @Test
  void aWildcardThatExistsIsNotDenied() {
    Message denied = SignedZones.response("x.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    zones.with(
        denied, Section.AUTHORITY, BANK, SignedZones.nsec(BANK, "foo.*.bank.test.", Type.SOA));
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.nsec("foo.*.bank.test.", BANK, Type.A));
    assertBogus("x.bank.test.", denied);
  }

  /** Each alias needs the proofs of its zone, and each proof is checked for each of them. */
  @Test
  void proofsOfManyAliasesAreBounded() {
    Message chain = response("a0.bank.test.");
    for (int i = 0; i < 10; i++) {
      String next = "a" + (i + 1) + ".bank.test.";
      zones.withExpanded(
          chain, Section.ANSWER, BANK, alias("*.bank.test.", next), "a" + i + ".bank.test.");
    }
    zones.with(chain, Section.ANSWER, BANK, address("a10.bank.test."));
    for (int i = 0; i < 50; i++) {
      String owner = "b" + i + ".bank.test.";
      zones.with(chain, Section.AUTHORITY, BANK, SignedZones.nsec(owner, "c." + owner, Type.A));
    }
    try (CountingProvider counting = CountingProvider.begin()) {
      assertBogus("a0.bank.test.", chain);
      assertEquals(0, counting.checked());
    }
  }

  @Test
  void aTreeOfAliasesAboveTheAnchorDoesNotRedirect() throws Exception {
    zones.sign("corp.plain.test.").leaveUnsigned("other.test.");
    anchorsAre(ds(zones.key(".")), ds(zones.key("corp.plain.test.")));
    Message forged = response("db.corp.plain.test.");
    Record tree = SignedZones.record("plain.test.", Type.DNAME, "other.test.");
    forged.addRecord(tree, Section.ANSWER);
    forged.addRecord(address("db.corp.other.test."), Section.ANSWER);
    assertBogus("db.corp.plain.test.", forged);
    Message honest = response("db.corp.plain.test.");
    Record own = SignedZones.record("corp.plain.test.", Type.DNAME, BANK);
    zones.with(honest, Section.ANSWER, "corp.plain.test.", own);
    zones.with(honest, Section.ANSWER, BANK, address("db.bank.test."));
    assertEquals(SecurityStatus.SECURE, verdict("db.corp.plain.test.", honest).status());
  }

  /** For a question of type ANY the validator checks the first alias alone. */
  @Test
  void severalAliasesAreBogusForEveryQuestion() {
    for (int type : new int[] {Type.ANY, Type.CNAME}) {
      Message forged = SignedZones.response("q.bank.test.", type, Rcode.NOERROR);
      zones.with(forged, Section.ANSWER, BANK, alias("q.bank.test.", "t.safe.test."));
      assertEquals(SecurityStatus.SECURE, verdict("q.bank.test.", type, forged).status());
      forged.addRecord(alias("q.bank.test.", "evil.plain.test."), Section.ANSWER);
      assertBogus("q.bank.test.", type, forged);
    }
    Message forged = SignedZones.response(BANK, Type.ANY, Rcode.NOERROR);
    zones.with(forged, Section.ANSWER, BANK, SignedZones.record(BANK, Type.DNAME, SAFE));
    forged.addRecord(SignedZones.record(BANK, Type.DNAME, "evil.test."), Section.ANSWER);
    assertBogus(BANK, Type.ANY, forged);
  }

  /** Signatures have no signatures; so nothing else may ride along with them. */
  @Test
  void theAnswerToAQuestionForSignaturesHasNothingElse() {
    Message response = SignedZones.response("www.bank.test.", Type.RRSIG, Rcode.NOERROR);
    zones.with(response, Section.ANSWER, BANK, address("www.bank.test."));
    response.removeRecord(address("www.bank.test."), Section.ANSWER);
    Message more = response.clone();
    more.addRecord(SignedZones.record("www.bank.test.", Type.TXT, "x"), Section.ANSWER);
    for (Message each : List.of(response, more)) {
      Verdict verdict = verdict("www.bank.test.", Type.RRSIG, each);
      assertEquals(SecurityStatus.INSECURE, verdict.status(), verdict::reason);
      assertEquals(
          List.of(Type.RRSIG),
          verdict.message().getSection(Section.ANSWER).stream().map(Record::getType).toList());
    }
    Message denied = SignedZones.response("www.bank.test.", Type.RRSIG, Rcode.NXDOMAIN);
    denied.addRecord(SignedZones.record("www.bank.test.", Type.TXT, "x"), Section.ANSWER);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    Record none = SignedZones.nsec(BANK, "z.bank.test.", Type.SOA, Type.NS);
    zones.with(denied, Section.AUTHORITY, BANK, none);
    Verdict verdict = verdict("www.bank.test.", Type.RRSIG, denied);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
    assertEquals(List.of(), verdict.message().getSection(Section.ANSWER));
  }

  /** The same for a question for all types: a signature without its records proves nothing. */
  @Test
  void theAnswerToAQuestionForAllTypesHasRecordsOnly() {
    Message response = SignedZones.response("www.bank.test.", Type.ANY, Rcode.NOERROR);
    zones.with(response, Section.ANSWER, BANK, address("www.bank.test."));
    response.addRecord(junk("www.bank.test.", Type.TXT, BANK), Section.ANSWER);
    Verdict verdict = verdict("www.bank.test.", Type.ANY, response);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
    assertEquals(1, verdict.message().getSectionRRsets(Section.ANSWER).size());
  }

  /** The validator takes the record behind a DNAME for the alias made from it. */
  @Test
  void atATreeOfAliasesAllTypesAreChecked() {
    Message forged = SignedZones.response(BANK, Type.ANY, Rcode.NOERROR);
    zones.with(forged, Section.ANSWER, BANK, SignedZones.record(BANK, Type.DNAME, SAFE));
    Message honest = forged.clone();
    forged.addRecord(alias(BANK, SAFE), Section.ANSWER);
    assertBogus(BANK, Type.ANY, forged);
    zones.with(honest, Section.ANSWER, BANK, SignedZones.record(BANK, Type.TXT, "x"));
    zones.with(honest, Section.ANSWER, "test.", dsOf(BANK));
    Verdict verdict = verdict(BANK, Type.ANY, honest);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
    assertEquals(3, verdict.message().getSectionRRsets(Section.ANSWER).size());
    honest.addRecord(SignedZones.record(BANK, Type.SPF, "x"), Section.ANSWER);
    assertBogus(BANK, Type.ANY, honest);
  }

  /** RFC 4035 §3.1.4.1: the DS of a zone is in the zone above, signed or not. */
  @Test
  void theZoneItselfDoesNotSpeakForItsDs() {
    Message denied = SignedZones.response("plain.test.", Type.DS, Rcode.NOERROR);
    denied.addRecord(SignedZones.soa("plain.test."), Section.AUTHORITY);
    assertBogus("plain.test.", Type.DS, denied);
    assertBogus(
        "plain.test.", Type.DS, SignedZones.response("plain.test.", Type.DS, Rcode.NOERROR));
    Message forged = SignedZones.response("plain.test.", Type.DS, Rcode.NOERROR);
    forged.addRecord(
        new DSRecord(at("plain.test."), DClass.IN, 300, 1, 8, 2, new byte[32]), Section.ANSWER);
    assertBogus("plain.test.", Type.DS, forged);
    forged.addRecord(junk("plain.test.", Type.DS, "plain.test."), Section.ANSWER);
    assertBogus("plain.test.", Type.DS, forged);
    Message alias = SignedZones.response("plain.test.", Type.DS, Rcode.NOERROR);
    alias.addRecord(alias("plain.test.", "x.plain.test."), Section.ANSWER);
    assertBogus("plain.test.", Type.DS, alias);
    alias.addRecord(junk("plain.test.", Type.CNAME, "plain.test."), Section.ANSWER);
    assertBogus("plain.test.", Type.DS, alias);
    Message honest = SignedZones.response("plain.test.", Type.DS, Rcode.NOERROR);
    zones.with(honest, Section.AUTHORITY, "test.", SignedZones.soa("test."));
    Record none = SignedZones.nsec("plain.test.", "zzz.test.", Type.NS);
    zones.with(honest, Section.AUTHORITY, "test.", none);
    assertEquals(SecurityStatus.SECURE, verdict("plain.test.", Type.DS, honest).status());
    Message below = SignedZones.response("x.plain.test.", Type.DS, Rcode.NOERROR);
    assertEquals(SecurityStatus.INSECURE, verdict("x.plain.test.", Type.DS, below).status());
    below.addRecord(
        new DSRecord(at("x.plain.test."), DClass.IN, 300, 1, 8, 2, new byte[32]), Section.ANSWER);
    assertEquals(SecurityStatus.INSECURE, verdict("x.plain.test.", Type.DS, below).status());
    assertEquals(SecurityStatus.SECURE, verdict(BANK, Type.DS, ds(BANK)).status());
  }

  /** Its zone's anchor is below: what stands in the place of the DS is of the zone above. */
  @Test
  void anUnsignedAliasInThePlaceOfTheDsOfAnAnchorIsBogus() throws Exception {
    anchorsAre(ds(zones.key(".")), ds(zones.key(BANK)));
    Message forged = SignedZones.response(BANK, Type.DS, Rcode.NOERROR);
    forged.addRecord(alias(BANK, "x.plain.test."), Section.ANSWER);
    assertBogus(BANK, Type.DS, forged);
    assertEquals(SecurityStatus.SECURE, verdict(BANK, Type.DS, ds(BANK)).status());
  }

  /** Each costs a hash, in the proof for each label of a name that it has no DS. */
  @Test
  void moreSaltsThanAZoneNeedsAreNotComputed() {
    Message denied = SignedZones.response("x.bank.test.", Type.DS, Rcode.NOERROR);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    for (byte salt = 1; salt <= 3; salt++) {
      Record proof = matching("x.bank.test.", BANK, 1, new byte[] {salt}, Type.A);
      zones.with(denied, Section.AUTHORITY, BANK, proof);
    }
    zones.answer("x.bank.test.", Type.DS, denied);
    try (CountingProvider counting = CountingProvider.begin()) {
      Verdict verdict = verdict("x.bank.test.", unsigned("x.bank.test."));
      assertTrue(verdict.isBogus(), "it needs the proof");
      assertTrue(verdict.reason().contains("salts"), verdict.reason());
      assertEquals(0, counting.hashed());
    }
  }

  /** RFC 6672 §3.1: what it makes is an answer, and nothing behind it counts. */
  @Test
  void belowATreeOfAliasesTheAliasIsTheAnswer() {
    for (int type : new int[] {Type.CNAME, Type.ANY}) {
      for (int rcode : new int[] {Rcode.NOERROR, Rcode.NXDOMAIN}) {
        Message response = SignedZones.response("www.tree.bank.test.", type, rcode);
        Record tree = SignedZones.record("tree.bank.test.", Type.DNAME, "t.safe.test.");
        response.addRecord(alias("www.tree.bank.test.", "www.t.safe.test."), Section.ANSWER);
        Message forged = response.clone();
        forged.addRecord(tree, Section.ANSWER);
        assertBogus("www.tree.bank.test.", type, forged);
        zones.with(response, Section.ANSWER, BANK, tree);
        response.addRecord(SignedZones.soa(SAFE), Section.AUTHORITY);
        Verdict verdict = verdict("www.tree.bank.test.", type, response);
        assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
        assertEquals(Rcode.NOERROR, verdict.message().getRcode());
        assertEquals(2, verdict.message().getSectionRRsets(Section.ANSWER).size());
        assertEquals(List.of(), verdict.message().getSection(Section.AUTHORITY));
      }
    }
  }

  /** A load balancer's zone, below the one with the wildcard: its SOA says whose the denial is. */
  @Test
  void theProofOfAWildcardIsNoDenialInAnUnsignedZoneBelow() {
    zones.leaveUnsigned("lb.bank.test.");
    Message denied = expandedAlias("x.lb.bank.test.", Rcode.NOERROR);
    assertBogus("www.bank.test.", denied);
    zones.with(denied, Section.AUTHORITY, BANK, noWww());
    denied.addRecord(SignedZones.soa("lb.bank.test."), Section.AUTHORITY);
    Verdict verdict = verdict("www.bank.test.", denied);
    assertEquals(SecurityStatus.INSECURE, verdict.status(), verdict::reason);
    assertTrue(
        verdict.message().getSection(Section.AUTHORITY).contains(SignedZones.soa("lb.bank.test.")),
        "its TTL is that of the denial");
  }

  @Test
  void theProofOfAWildcardIsNoDenialInASignedZone() {
    Message denied = expandedAlias("x.bank.test.", Rcode.NOERROR);
    zones.with(denied, Section.AUTHORITY, BANK, noWww());
    denied.addRecord(SignedZones.soa("x.bank.test."), Section.AUTHORITY);
    assertBogus("www.bank.test.", denied);
  }

  @Test
  void theParentsProofIsNoDenialInAnUnsignedZone() {
    Message denied = response("x.plain.test.");
    denied.addRecord(SignedZones.soa("plain.test."), Section.AUTHORITY);
    Record cut = SignedZones.nsec("plain.test.", "zzz.test.", Type.NS);
    zones.with(denied, Section.AUTHORITY, "test.", cut);
    Verdict verdict = verdict("x.plain.test.", denied);
    assertEquals(SecurityStatus.INSECURE, verdict.status(), verdict::reason);
  }

  /**
   * Load balancers send the SOA of the zone above, and some servers its proof of the delegation.
   */
  @Test
  void theZoneAboveDeniesDataOfAnUnsignedZone() {
    for (int rcode : new int[] {Rcode.NOERROR, Rcode.NXDOMAIN}) {
      Message denied = SignedZones.response("x.plain.test.", Type.A, rcode);
      denied.addRecord(SignedZones.soa("test."), Section.AUTHORITY);
      Verdict bare = verdict("x.plain.test.", denied);
      assertEquals(SecurityStatus.INSECURE, bare.status(), bare::reason);
      Message proved = SignedZones.response("x.plain.test.", Type.A, rcode);
      zones.with(proved, Section.AUTHORITY, "test.", SignedZones.soa("test."));
      Record cut = SignedZones.nsec("plain.test.", "zzz.test.", Type.NS);
      zones.with(proved, Section.AUTHORITY, "test.", cut);
      Verdict verdict = verdict("x.plain.test.", proved);
      assertEquals(SecurityStatus.INSECURE, verdict.status(), verdict::reason);
      Message forged = SignedZones.response("www.bank.test.", Type.A, rcode);
      forged.addRecord(SignedZones.soa("test."), Section.AUTHORITY);
      assertBogus("www.bank.test.", forged);
    }
  }

  /**
   * The first record covers the name, the second has an encloser with fewer labels; so the
   * validator forgets that the first one has the closest, and the third denies a wildcard above.
   */
  @Test
  void theWildcardAtTheClosestEncloserMustNotExist() {
    Message denied = SignedZones.response("x.a.b.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    Record covering = SignedZones.nsec("*.a.b.bank.test.", "z.a.b.bank.test.", Type.A);
    zones.with(denied, Section.AUTHORITY, BANK, covering);
    Record elsewhere = SignedZones.nsec("k.bank.test.", "m.bank.test.", Type.A);
    zones.with(denied, Section.AUTHORITY, BANK, elsewhere);
    Record above = SignedZones.nsec("b.bank.test.", "0.b.bank.test.", Type.A);
    zones.with(denied, Section.AUTHORITY, BANK, above);
    assertBogus("x.a.b.bank.test.", denied);
    Message honest = SignedZones.response("x.a.b.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(honest, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    Record both = SignedZones.nsec("a.b.bank.test.", "z.a.b.bank.test.", Type.A);
    zones.with(honest, Section.AUTHORITY, BANK, both);
    Verdict verdict = verdict("x.a.b.bank.test.", honest);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
  }

  /** A DS of a key that is no longer there, with the stronger digest: the second way accepts it. */
  @Test
  void belowAZoneThatNeedsTheSecondWayAnUnsignedZoneIsInsecure() {
    zones.leaveUnsigned("x.bank.test.");
    Message two = SignedZones.response(BANK, Type.DS, Rcode.NOERROR);
    DSRecord retired = new DSRecord(at(BANK), DClass.IN, 300, 1, 13, 4, new byte[48]);
    zones.with(two, Section.ANSWER, "test.", dsOf(BANK), retired);
    zones.answer(BANK, Type.DS, two);
    Message honest = response("www.bank.test.");
    zones.with(honest, Section.ANSWER, BANK, address("www.bank.test."));
    assertEquals(SecurityStatus.SECURE, verdict("www.bank.test.", honest).status());
    Verdict verdict = verdict("www.x.bank.test.", unsigned("www.x.bank.test."));
    assertEquals(SecurityStatus.INSECURE, verdict.status(), verdict::reason);
    assertBogus("www.bank.test.", unsigned("www.bank.test."));
  }

  /**
   * The second way does not know SHA-1, and must not make a zone insecure that has nothing else.
   */
  @Test
  void aZoneWhoseOnlyDigestIsWrongIsBogus() {
    Message old = SignedZones.response(BANK, Type.DS, Rcode.NOERROR);
    int tag = zones.key(BANK).getFootprint();
    DSRecord wrong = new DSRecord(at(BANK), DClass.IN, 300, tag, 13, 1, new byte[20]);
    zones.with(old, Section.ANSWER, "test.", wrong);
    zones.answer(BANK, Type.DS, old);
    assertBogus("www.bank.test.", unsigned("www.bank.test."));
  }

  /** dnsjava compares each record of a set with all others. */
  @Test
  void moreRecordsThanAnyNameHasAreNotCompared() {
    Message many = response("www.plain.test.");
    for (int i = 0; i < ResponseFilter.MOST_RECORDS; i++) {
      String address = "192.0." + (i >> 8) + "." + (i & 255);
      many.addRecord(SignedZones.record("www.plain.test.", Type.A, address), Section.ANSWER);
    }
    assertEquals(SecurityStatus.INSECURE, verdict("www.plain.test.", many).status());
    many.addRecord(address("www.plain.test."), Section.ANSWER);
    many.addRecord(SignedZones.record("www.plain.test.", Type.A, "198.51.100.1"), Section.ANSWER);
    assertBogus("www.plain.test.", many);
  }

  /** It is kept before it is judged, and 2,000 of them would fill the heap. */
  @Test
  void aLargeResponseAboutKeysIsNotKept() {
    Message large = SignedZones.response(BANK, Type.DNSKEY, Rcode.NOERROR);
    Record[] all = new Record[KeyLimits.MOST_KEYS];
    for (int i = 0; i < all.length; i++) {
      byte[] octets = new byte[128];
      octets[0] = (byte) i;
      all[i] = ofUnknownAlgorithm(octets);
    }
    all[0] = zones.key(BANK);
    zones.with(large, Section.ANSWER, BANK, all);
    zones.answer(BANK, Type.DNSKEY, large);
    Message honest = response("www.bank.test.");
    zones.with(honest, Section.ANSWER, BANK, address("www.bank.test."));
    assertEquals(SecurityStatus.SECURE, verdict("www.bank.test.", honest).status());
    validator.chain().find(at(BANK), Type.DNSKEY);
    validator.chain().find(at("test."), Type.DNSKEY);
    assertEquals(2, zones.asked().stream().filter((BANK + "/DNSKEY")::equals).count());
    assertEquals(1, zones.asked().stream().filter("test./DNSKEY"::equals).count());
  }

  /** RFC 2535's signatures, which dnsjava takes for those of today. */
  @Test
  void signaturesOfTheOldTypeAreNone() {
    Message honest = response("www.bank.test.");
    zones.with(honest, Section.ANSWER, BANK, address("www.bank.test."));
    honest.addRecord(old("www.bank.test.", Type.A), Section.ANSWER);
    zones.with(honest, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    honest.addRecord(old(BANK, Type.SOA), Section.AUTHORITY);
    Message chain = ds(BANK);
    chain.addRecord(old(BANK, Type.DS), Section.ANSWER);
    zones.answer(BANK, Type.DS, chain);
    Verdict verdict = verdict("www.bank.test.", honest);
    assertEquals(SecurityStatus.SECURE, verdict.status(), verdict::reason);
    Message forged = unsigned("www.bank.test.");
    forged.addRecord(old("www.bank.test.", Type.A), Section.ANSWER);
    assertBogus("www.bank.test.", forged);
  }

  private static Record old(String name, int covered) {
    Instant from = SignedZones.NOW.minusSeconds(3600);
    Instant to = SignedZones.NOW.plusSeconds(3600);
    return new SIGRecord(
        at(name), DClass.IN, 300, covered, 13, 300, to, from, 1, at(BANK), new byte[64]);
  }

  /** RFC 6891 §6.1.3: their upper bits are in the OPT record. */
  @Test
  void anExtendedResponseCodeIsNoAnswer() {
    Message refused = response("www.bank.test.");
    zones.with(refused, Section.ANSWER, BANK, address("www.bank.test."));
    refused.addRecord(new OPTRecord(1232, Rcode.BADVERS >> 4, 0), Section.ADDITIONAL);
    assertEquals(Rcode.BADVERS, refused.getRcode());
    assertBogus("www.bank.test.", refused);
  }

  private Message denialOfDs(int iterations) {
    Message none = SignedZones.response("zone.bank.test.", Type.DS, Rcode.NOERROR);
    zones.with(none, Section.AUTHORITY, BANK, SignedZones.soa(BANK));
    return zones.with(
        none, Section.AUTHORITY, BANK, matching(BANK, BANK, iterations, null, Type.SOA));
  }

  private Message ds(String zone) {
    Message message = SignedZones.response(zone, Type.DS, Rcode.NOERROR);
    String above = zone.equals(SAFE) || zone.equals(BANK) ? "test." : BANK;
    return zones.with(message, Section.ANSWER, above, dsOf(zone));
  }

  private static DNSKEYRecord ofUnknownAlgorithm(byte[] key) {
    return new DNSKEYRecord(
        at(BANK),
        DClass.IN,
        300,
        DNSKEYRecord.Flags.ZONE_KEY,
        DNSKEYRecord.Protocol.DNSSEC,
        DNSSEC.Algorithm.PRIVATEOID,
        key);
  }

  private DSRecord dsOf(String zone) {
    return new DSRecord(at(zone), DClass.IN, 300, DNSSEC.Digest.SHA256, zones.key(zone));
  }

  private static Record matching(String name, String zone, int iterations, byte[] salt, int type) {
    return nsec3(name, 0, zone, iterations, salt, type);
  }

  private static Record covering(String name, String zone) {
    return nsec3(name, -1, zone, 1, null, Type.A);
  }

  /** From the hash of the name, or one before it, to one behind it. */
  private static Record nsec3(
      String name, int from, String zone, int iterations, byte[] salt, int type) {
    byte[] hash = hash(name, iterations > ResponsePart.NSEC3_ITERATIONS ? 1 : iterations, salt);
    byte[] next = hash.clone();
    next[19]++; // never a carry: a test that met one would see another name denied, and fail
    hash[19] += (byte) from;
    String label = new base32(base32.Alphabet.BASE32HEX, false, false).toString(hash);
    return new NSEC3Record(
        at(label + "." + zone),
        DClass.IN,
        300,
        NSEC3Record.SHA1_DIGEST_ID,
        0,
        iterations,
        salt,
        next,
        new int[] {type});
  }

  private static byte[] hash(String name, int iterations, byte[] salt) {
    try {
      return new NSEC3Record(
              Name.root, DClass.IN, 0, 1, 0, iterations, salt, new byte[20], new int[0])
          .hashName(at(name));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Message response(String name) {
    return SignedZones.response(name, Type.A, Rcode.NOERROR);
  }

  private static Message unsigned(String name) {
    Message message = response(name);
    message.addRecord(address(name), Section.ANSWER);
    return message;
  }

  private static Record address(String name) {
    return SignedZones.record(name, Type.A, "192.0.2.1");
  }

  private static Record alias(String name, String target) {
    return SignedZones.record(name, Type.CNAME, target);
  }

  private void assertBogus(String name, Message response) {
    assertBogus(name, Type.A, response);
  }

  private void assertBogus(String name, int type, Message response) {
    Verdict verdict = verdict(name, type, response);
    assertTrue(verdict.isBogus(), () -> "it is " + verdict.status());
    assertFalse(verdict.reason().isEmpty());
  }

  private Verdict verdict(String name, Message response) {
    return verdict(name, Type.A, response);
  }

  private Verdict verdict(String name, int type, Message response) {
    CompletableFuture<Verdict> judged = judge(name, type, response);
    assertTrue(judged.isDone(), "every answer is there at once");
    return judged.join();
  }

  private CompletableFuture<Verdict> judge(String name, int type, Message response) {
    long deadline = timers.nanoTime() + Duration.ofSeconds(5).toNanos();
    return Validation.judge(validator, at(name), type, response.toWire(), null, deadline);
  }
}
