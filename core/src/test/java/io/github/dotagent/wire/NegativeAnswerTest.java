package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.Decoded.answer;
import static io.github.dotagent.wire.Decoded.ip;
import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.CNAME;
import static io.github.dotagent.wire.RawMessage.NOERROR;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2308: no such name, no data, and how long that holds. */
class NegativeAnswerTest {
  @ParameterizedTest
  @CsvSource({NXDOMAIN + ",NO_SUCH_NAME", NOERROR + ",NO_DATA"})
  void withoutSoaItMustNotBeKept(int rcode, Answer.Outcome outcome) throws Exception {
    Answer answer = answer(WWW_A, RawMessage.to(WWW_A).rcode(rcode));
    assertEquals(outcome, answer.outcome());
    assertEquals(0, answer.ttlSeconds());
    assertEquals(Decoded.SERVER, answer.server());
    assertEquals(List.of(), answer.addresses());
    assertEquals(List.of(), answer.names());
  }

  /** RFC 8914: a resolver that filters names says so. */
  @ParameterizedTest
  @ValueSource(ints = {NXDOMAIN, NOERROR})
  void withTheServersReason(int rcode) throws Exception {
    byte[] blocked = RawMessage.join(RawMessage.u16(15), "gambling".getBytes(UTF_8));
    RawMessage response = RawMessage.to(WWW_A).rcode(rcode);
    assertEquals("", answer(WWW_A, response).extendedError());
    assertEquals("EDE 15: gambling", answer(WWW_A, response.option(15, blocked)).extendedError());
  }

  /** RFC 2308 §5 the lower of the two, RFC 2181 §8 a TTL with the top bit set is zero. */
  @ParameterizedTest
  @CsvSource({
    "900, 600, 600",
    "600, 900, 600",
    "0, 900, 0",
    "2147483647, 2147483647, 2147483647",
    "900, 0, 0",
    "2147483648, 600, 0",
    "600, 4294967295, 600",
    "4294967295, 4294967295, 0"
  })
  void lowerOfTheSoasTtlAndItsMinimum(long ttl, long minimum, long expected) throws Exception {
    for (int rcode : new int[] {NXDOMAIN, NOERROR}) {
      RawMessage response = RawMessage.to(WWW_A).rcode(rcode).soa("example.com", ttl, minimum);
      assertEquals(expected, answer(WWW_A, response).ttlSeconds());
    }
  }

  @Test
  void anAliasOnTheWayToNoSuchNameBoundsItToo() throws Exception {
    RawMessage response =
        RawMessage.to(WWW_A)
            .rcode(NXDOMAIN)
            .answer("www.example.com", CNAME, 30, name("gone.example.com"))
            .soa("example.com", 900, 600);
    Answer answer = answer(WWW_A, response);
    assertEquals(Answer.Outcome.NO_SUCH_NAME, answer.outcome());
    assertEquals(30, answer.ttlSeconds());
  }

  @Test
  void noSuchNameHoldsAgainstRecordsThatComeWithIt() throws Exception {
    RawMessage response =
        RawMessage.to(WWW_A)
            .rcode(NXDOMAIN)
            .answer("www.example.com", A, 300, ip(192, 0, 2, 66))
            .soa("example.com", 900, 600);
    assertEquals(Answer.Outcome.NO_SUCH_NAME, answer(WWW_A, response).outcome());
    assertEquals(List.of(), answer(WWW_A, response).addresses());
  }
}
