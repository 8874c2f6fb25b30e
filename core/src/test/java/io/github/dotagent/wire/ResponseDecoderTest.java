package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.REVERSE;
import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.Decoded.WWW_AAAA;
import static io.github.dotagent.wire.Decoded.addresses;
import static io.github.dotagent.wire.Decoded.answer;
import static io.github.dotagent.wire.Decoded.ip;
import static io.github.dotagent.wire.Decoded.ipv6;
import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.AAAA;
import static io.github.dotagent.wire.RawMessage.CHAOS;
import static io.github.dotagent.wire.RawMessage.CNAME;
import static io.github.dotagent.wire.RawMessage.PTR;
import static io.github.dotagent.wire.RawMessage.name;
import static io.github.dotagent.wire.RawMessage.record;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses that are answers: which records count, in which order, for how long. */
class ResponseDecoderTest {
  @Test
  void ipv4AddressesInTheOrderOfTheAnswer() throws Exception {
    RawMessage response =
        RawMessage.to(WWW_A)
            .answer("www.example.com", A, 300, ip(192, 0, 2, 20))
            .answer("www.example.com", A, 300, ip(192, 0, 2, 10));
    Answer answer = answer(WWW_A, response);
    assertEquals(Answer.Outcome.RECORDS, answer.outcome());
    assertEquals(300, answer.ttlSeconds());
    assertEquals(Decoded.SERVER, answer.server());
    assertEquals(List.of(), answer.names());
    assertEquals(List.of("192.0.2.20", "192.0.2.10"), addresses(WWW_A, response));
  }

  @Test
  void ipv6Addresses() throws Exception {
    RawMessage response = RawMessage.to(WWW_AAAA).answer("www.example.com", AAAA, 60, ipv6(7));
    assertEquals(List.of("2001:db8:0:0:0:0:0:7"), addresses(WWW_AAAA, response));
  }

  /** InetAddress would make four octets of it, and IPv4 was not asked for. */
  @Test
  void anIpv4AddressInAnIpv6RecordStays16Octets() throws Exception {
    byte[] mapped = ip(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1);
    RawMessage response = RawMessage.to(WWW_AAAA).answer("www.example.com", AAAA, 60, mapped);
    assertArrayEquals(mapped, answer(WWW_AAAA, response).addresses().get(0));
  }

  @Test
  void namesOfAnAddressWithoutTheDotAtTheirEnd() throws Exception {
    RawMessage response =
        RawMessage.to(REVERSE)
            .answer(REVERSE.name(), PTR, 3600, name("Host.Example.com"))
            .answer(REVERSE.name(), PTR, 3600, name("second.example.com"));
    Answer answer = answer(REVERSE, response);
    assertEquals(List.of("Host.Example.com", "second.example.com"), answer.names());
    assertEquals(List.of(), answer.addresses());
    assertEquals(3600, answer.ttlSeconds());
  }

  @Test
  void caseOfNamesSaysNothing() throws Exception {
    RawMessage response =
        new RawMessage()
            .question("WWW.example.COM", A, RawMessage.IN)
            .answer("wWw.Example.com", CNAME, 300, name("Other.EXAMPLE.com"))
            .answer("other.example.com", A, 300, ip(192, 0, 2, 1));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  @Test
  void recordsOfAnotherNameTypeOrClassAreNotPartOfTheAnswer() throws Exception {
    RawMessage response =
        RawMessage.to(WWW_A)
            .answer("bank.example.net", A, 1, ip(192, 0, 2, 66))
            .answer("example.com", A, 1, ip(192, 0, 2, 66))
            .answer("a.www.example.com", A, 1, ip(192, 0, 2, 66))
            .answer("www.example.com", AAAA, 1, ipv6(66))
            .answer("www.example.com", PTR, 1, name("evil.example.net"))
            .answer(record("www.example.com", A, CHAOS, 1, ip(192, 0, 2, 66)))
            .answer("www.example.com", A, 300, ip(192, 0, 2, 1));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
    assertEquals(300, answer(WWW_A, response).ttlSeconds(), "nor does their TTL count");
  }

  @Test
  void recordsOfAnotherNameAloneAreNoData() throws Exception {
    RawMessage response =
        RawMessage.to(WWW_A).answer("bank.example.net", A, 300, ip(192, 0, 2, 66));
    assertEquals(Answer.Outcome.NO_DATA, answer(WWW_A, response).outcome());
  }

  /** RFC 2181 §5.2 and §8: the lowest of a set; with the top bit set it is read as zero. */
  @ParameterizedTest
  @CsvSource({
    "300, 300, 300",
    "300, 20, 20",
    "20, 300, 20",
    "0, 300, 0",
    "2147483647, 2147483647, 2147483647",
    "2147483648, 300, 0",
    "300, 4294967295, 0"
  })
  void lowestTtl(long one, long other, long expected) throws Exception {
    RawMessage response =
        RawMessage.to(WWW_A)
            .answer("www.example.com", A, one, ip(192, 0, 2, 1))
            .answer("www.example.com", A, other, ip(192, 0, 2, 2));
    assertEquals(expected, answer(WWW_A, response).ttlSeconds());
  }

  @Test
  void anAddressOfTheWrongLengthIsNoDns() {
    RawMessage response =
        RawMessage.to(WWW_A).answer("www.example.com", A, 300, ip(192, 0, 2, 1, 5));
    assertEquals("sent a message that is not DNS", Decoded.malformed(WWW_A, response));
  }

  @Test
  void aTruncatedMessageIsNotDns() {
    byte[] whole = RawMessage.to(WWW_A).answer("www.example.com", A, 300, ip(192, 0, 2, 1)).bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      ResponseException refused =
          assertThrows(
              ResponseException.class,
              () -> ResponseDecoder.decode(WWW_A, cut, Decoded.SERVER),
              "the first " + length + " octets");
      assertTrue(refused.isMalformed());
      assertEquals("sent a message that is not DNS", refused.getMessage());
    }
  }
}
