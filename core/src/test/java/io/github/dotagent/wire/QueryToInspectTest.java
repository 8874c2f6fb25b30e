package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.AAAA;
import static io.github.dotagent.wire.RawMessage.CHAOS;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.QR;
import static io.github.dotagent.wire.RawMessage.SERVFAIL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's text becomes a question, or a message with the reason why not. */
class QueryToInspectTest {
  private static final QueryToInspect WWW = QueryToInspect.of("www.example", null);

  @ParameterizedTest
  @CsvSource({
    "www.example,,www.example. A",
    "WWW.Example.,aaaa,www.example. AAAA",
    "example,https,example. HTTPS",
    "example,TYPE65,example. HTTPS",
    "example,type65280,example. TYPE65280",
    "example,ANY,example. ANY",
    ".,NS,. NS",
    "_853._tcp.example,TLSA,_853._tcp.example. TLSA",
    "*.example,TXT,*.example. TXT",
    "a\\.b.example,,a\\.b.example. A",
    "bücher.example,,xn--bcher-kva.example. A",
    "192.0.2.1,,1.2.0.192.in-addr.arpa. PTR",
    "192.0.2.1,ptr,1.2.0.192.in-addr.arpa. PTR",
    "::ffff:192.0.2.1,,1.2.0.192.in-addr.arpa. PTR",
    "192.0.2.256,,192.0.2.256. A"
  })
  void asTyped(String name, String type, String question) {
    assertEquals(question, QueryToInspect.of(name, type).toString());
  }

  @Test
  void addressesOfSixteenOctetsByTheirNibbles() {
    assertEquals(
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
        QueryToInspect.of("2001:db8::1", null).name());
  }

  @ParameterizedTest
  @CsvSource({
    "a,AAAAA,'AAAAA is not a record type; write one such as AAAA, MX, HTTPS, or TYPE65'",
    "a,TYPE65536,'TYPE65536 is not a record type; write one such as AAAA, MX, HTTPS, or TYPE65'",
    "a,1,'1 is not a record type; write one such as AAAA, MX, HTTPS, or TYPE65'",
    "a,AXFR,'AXFR is a zone transfer, which is more than one response'",
    "a,TYPE251,'TYPE251 is a zone transfer, which is more than one response'",
    "a,OPT,'OPT is not a data type: it belongs to a message (RFC 6895 §3.1)'",
    "a..b,,a..b is not a domain name: invalid empty label",
    "'',,the name is empty; the root is written as a dot",
    "192.0.2.1,A,'192.0.2.1 is an address: its name is asked for with type PTR, not A'"
  })
  void refusesAnImpossibleQuestion(String name, String type, String why) {
    assertEquals(
        why,
        assertThrows(IllegalArgumentException.class, () -> QueryToInspect.of(name, type))
            .getMessage());
  }

  @Test
  void tooLong() {
    String label = "x".repeat(63);
    assertEquals(
        label + "x is not a domain name: label too long",
        assertThrows(IllegalArgumentException.class, () -> QueryToInspect.of(label + "x", null))
            .getMessage());
    String name = String.join(".", label, label, label, label);
    assertThrows(IllegalArgumentException.class, () -> QueryToInspect.of(name, null));
    // 255 octets: four lengths, the root's, and 63 + 63 + 63 + 61
    assertEquals(254, QueryToInspect.of(name.substring(2), null).name().length());
  }

  /** So that the inspected server gets the same query as from a lookup. */
  @Test
  void octetsAreThoseOfALookup() {
    assertArrayEquals(
        QueryEncoder.encode(Question.of("www.example", RecordType.AAAA)),
        QueryToInspect.of("www.example", "AAAA").octets());
  }

  @Test
  void answeredByTheSameQuestion() throws Exception {
    assertTrue(WWW.isAnsweredBy(response("www.example", A, IN).bytes()));
    assertTrue(WWW.isAnsweredBy(response("WWW.Example", A, IN).rcode(NXDOMAIN).bytes()));
    assertFalse(WWW.isAnsweredBy(response("www.example", A, IN).without(QR).bytes()));
    assertFalse(WWW.isAnsweredBy(response("www.example", AAAA, IN).bytes()));
    assertFalse(WWW.isAnsweredBy(response("www.example", A, CHAOS).bytes()));
    assertFalse(WWW.isAnsweredBy(response("example", A, IN).bytes()));
    RawMessage two = response("www.example", A, IN).question("www.example", A, IN);
    assertFalse(WWW.isAnsweredBy(two.bytes()));
  }

  /** A server that could not read the query cannot repeat its question (RFC 1035 §4.1.1). */
  @Test
  void answeredByAnErrorWithoutAQuestion() throws Exception {
    RawMessage bare = response("www.example", A, IN).noQuestion();
    assertTrue(WWW.isAnsweredBy(bare.rcode(SERVFAIL).bytes()));
    assertFalse(WWW.isAnsweredBy(bare.rcode(NXDOMAIN).bytes()));
    assertFalse(WWW.isAnsweredBy(bare.rcode(0).bytes()));
  }

  @Test
  void octetsThatAreNoMessage() {
    assertThrows(ResponseException.class, () -> WWW.isAnsweredBy(new byte[11]));
  }

  private static RawMessage response(String name, int type, int dnsClass) {
    return new RawMessage().question(name, type, dnsClass);
  }
}
