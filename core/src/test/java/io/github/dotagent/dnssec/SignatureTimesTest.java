package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class SignatureTimesTest {
  private static final long LEFT = 60; // seconds that the signature is valid

  /** RFC 4035 §5.3.3: a library that gets the answer keeps it no longer than it is signed. */
  @Test
  void noRecordIsKeptLongerThanItsSignatureIsValid() {
    Message message = SignedZones.response("www.bank.test.", Type.A, Rcode.NOERROR);
    Record address = SignedZones.record("www.bank.test.", Type.A, "192.0.2.1");
    new SignedZones()
        .sign("bank.test.")
        .with(
            message,
            Section.ANSWER,
            "bank.test.",
            SignedZones.NOW.minusSeconds(1),
            SignedZones.NOW.plusSeconds(LEFT),
            address);
    Message bounded = SignatureTimes.bounded(message, SignedZones.NOW);
    assertEquals(Set.of(300L), ttls(message));
    assertEquals(Set.of(LEFT), ttls(bounded));
    assertEquals(
        message.getSection(Section.ANSWER), bounded.getSection(Section.ANSWER), "TTLs apart");
  }

  /** A zone that was signed again a moment ago, and a server that still adds the old signature. */
  @Test
  void anExpiredSignatureDoesNotCountBesideAValidOne() {
    Message message = SignedZones.response("www.bank.test.", Type.A, Rcode.NOERROR);
    Record address = SignedZones.record("www.bank.test.", Type.A, "192.0.2.1");
    SignedZones zones = new SignedZones().sign("bank.test.");
    Instant now = SignedZones.NOW;
    message.addRecord(address, Section.ANSWER);
    Instant expired = now.minusSeconds(1);
    message.addRecord(
        zones.signature("bank.test.", expired.minusSeconds(LEFT), expired, address),
        Section.ANSWER);
    assertEquals(0, SignatureTimes.secondsToKeep(message, now), "it has no other");
    message.addRecord(
        zones.signature("bank.test.", expired, now.plusSeconds(LEFT), address), Section.ANSWER);
    assertEquals(LEFT, SignatureTimes.secondsToKeep(message, now));
  }

  @Test
  void ttlsShrinkWithTheTimeSinceTheResponse() {
    Message message = SignedZones.response("www.bank.test.", Type.A, Rcode.NOERROR);
    message.addRecord(SignedZones.record("www.bank.test.", Type.A, "192.0.2.1"), Section.ANSWER);
    assertEquals(Set.of(299L), ttls(SignatureTimes.aged(message, 1)));
    assertEquals(Set.of(0L), ttls(SignatureTimes.aged(message, 301)));
    assertEquals(Set.of(300L), ttls(message), "it is not altered");
  }

  private static Set<Long> ttls(Message message) {
    return IntStream.of(Section.ANSWER, Section.AUTHORITY)
        .boxed()
        .flatMap(section -> message.getSection(section).stream())
        .map(Record::getTTL)
        .collect(Collectors.toSet());
  }
}
