package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What {@code lookup} and {@code doctor} say of an answer. */
class SecurityCheckTest {
  private static final String WWW = "www.bank.test.";

  private final ManualTimers timers = new ManualTimers();
  private final SignedZones zones = new SignedZones();

  @BeforeEach
  void signTheTree() {
    timers.advance(Duration.ofDays(1));
    zones.sign("test.").sign("bank.test.");
  }

  private SecurityCheck check() {
    return check(null);
  }

  private SecurityCheck check(Predicate<String> believed) {
    DnssecPolicy policy = new DnssecPolicy(true, List.of(), zones.anchors());
    return SecurityCheck.of(
        WWW, Type.A, policy, zones, believed, timers, Duration.ofSeconds(5).toNanos());
  }

  private Message response(String type, String data) {
    Message response = SignedZones.response(WWW, Type.A, Rcode.NOERROR);
    return zones.with(
        response, Section.ANSWER, "bank.test.", SignedZones.record(WWW, Type.value(type), data));
  }

  @Test
  void anAddressIsSecure() {
    zones.answer(WWW, Type.A, response("A", "192.0.2.1"));
    assertEquals("secure", check().toString());
    assertTrue(check().isSecure());
  }

  @Test
  void theVerdictOnAnAliasDoesNotReachToItsEnd() {
    zones.answer(WWW, Type.A, response("CNAME", "cdn.example."));
    assertEquals(
        "secure, as far as the alias to cdn.example.; the agent asks for that name separately",
        check().toString());
  }

  /** The agent does not use them either. */
  @Test
  void recordsThatTheServerMayNotSpeakForAreNotChecked() {
    Message response = response("CNAME", "cdn.test.");
    response.addRecord(SignedZones.record("cdn.test.", Type.A, "192.0.2.1"), Section.ANSWER);
    zones.answer(WWW, Type.A, response);
    assertTrue(check().toString().startsWith("bogus: "), check().toString());
    assertEquals(
        "secure, as far as the alias to cdn.test.; the agent asks for that name separately",
        check(name -> name.endsWith("bank.test")).toString());
  }

  @Test
  void aForgeryIsBogus() {
    Message forged = SignedZones.response(WWW, Type.A, Rcode.NOERROR);
    forged.addRecord(SignedZones.record(WWW, Type.A, "192.0.2.1"), Section.ANSWER);
    zones.answer(WWW, Type.A, forged);
    assertTrue(check().toString().startsWith("bogus: "), check().toString());
    assertFalse(check().isSecure());
    assertFalse(check().isAnswer());
  }

  @Test
  void aServerThatFailsIsNamedByItsFailure() {
    assertEquals(
        "not checked: no answer over TLS: 192.0.2.53 answered SERVFAIL", check().toString());
  }

  private Message signedFrom(long from, long to) {
    Record address = SignedZones.record(WWW, Type.A, "192.0.2.1");
    Message response = SignedZones.response(WWW, Type.A, Rcode.NOERROR);
    response.addRecord(address, Section.ANSWER);
    response.addRecord(
        zones.signature(
            "bank.test.",
            SignedZones.NOW.plusSeconds(from),
            SignedZones.NOW.plusSeconds(to),
            address),
        Section.ANSWER);
    return response;
  }

  /** {@code doctor} then asks whether the clock of this machine is wrong. */
  @Test
  void aSignatureOutsideItsTimeIsUntimely() {
    zones.answer(WWW, Type.A, signedFrom(-7_200, -3_600));
    assertTrue(check().isUntimely());
    assertTrue(check().toString().endsWith("(EDE 7: Signature Expired)"), check().toString());
    zones.answer(WWW, Type.A, signedFrom(3_600, 7_200));
    assertTrue(check().isUntimely());
    assertFalse(check().isAnswer());
  }

  @Test
  void otherVerdictsAreNotUntimely() {
    assertFalse(check().isUntimely(), "there is no answer");
    zones.answer(WWW, Type.A, signedFrom(-3_600, 3_600));
    assertFalse(check().isUntimely(), "it is secure");
    assertTrue(check().isAnswer());
    Message forged = SignedZones.response(WWW, Type.A, Rcode.NOERROR);
    forged.addRecord(SignedZones.record(WWW, Type.A, "192.0.2.1"), Section.ANSWER);
    zones.answer(WWW, Type.A, forged);
    assertFalse(check().isUntimely(), "it is forged");
    assertTrue(check().toString().contains("(EDE 10: RRSIGs Missing)"), check().toString());
  }

  @Test
  void aNameThatIsNoneIsNotAsked() {
    DnssecPolicy policy = new DnssecPolicy(true, List.of(), zones.anchors());
    SecurityCheck check =
        SecurityCheck.of("a..b.", Type.A, policy, zones, null, timers, 1_000_000_000L);
    assertTrue(check.toString().startsWith("not checked: "), check.toString());
    assertEquals(List.of(), zones.asked());
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() {
    zones.isSilentAbout(WWW, Type.A);
    Thread.currentThread().interrupt();
    assertEquals("not checked: interrupted", check().toString());
    assertTrue(Thread.interrupted());
  }
}
