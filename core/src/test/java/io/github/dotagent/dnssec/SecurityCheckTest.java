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
}
