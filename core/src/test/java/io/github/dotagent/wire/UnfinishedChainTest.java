package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.CNAME;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dotagent.answer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An alias whose target the server says nothing of: it has to be asked for by itself. */
class UnfinishedChainTest {
  private static final String TARGET = "a.example.net";

  private static RawMessage alias(String target) {
    return RawMessage.to(WWW_A).answer("www.example.com", CNAME, 300, name(target));
  }

  private static Answer read(RawMessage message) throws ResponseException {
    return Decoded.answer(WWW_A, message);
  }

  /** NODATA is said by the SOA of a zone that the target is in (RFC 2308 §2.2). */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "example.net,     -",
        "a.example.net,   -",
        "net,             -",
        "xample.net,      a.example.net",
        "b.example.net,   a.example.net",
        "aa.example.net,  a.example.net",
        "example.com,     a.example.net",
      })
  void theZoneOfTheSoaSaysWhetherItIsAnswered(String zone, String continuesAt) throws Exception {
    Answer answer = read(alias(TARGET).soa(zone, 900, 600));
    assertEquals(continuesAt, answer.continuesAt());
    if (continuesAt == null) {
      assertEquals(Answer.Outcome.NO_DATA, answer.outcome());
      assertEquals(300, answer.ttlSeconds(), "the alias has the lowest TTL");
    }
  }

  @Test
  void noSoaSaysNothing() throws Exception {
    Answer answer = read(alias(TARGET));
    assertEquals(TARGET, answer.continuesAt());
    assertEquals(300, answer.ttlSeconds());
  }

  /** RFC 6604 §2.1: the code is of the last name. */
  @Test
  void nxdomainIsOfTheTarget() throws Exception {
    Answer answer = read(alias(TARGET).rcode(NXDOMAIN).soa("example.com", 900, 600));
    assertNull(answer.continuesAt());
    assertEquals(Answer.Outcome.NO_SUCH_NAME, answer.outcome());
  }

  @Test
  void theRootIsNoHost() throws Exception {
    assertNull(read(alias("")).continuesAt());
  }

  /** The server of a zone is never believed about names of another zone. */
  @Test
  void aServerThatMayNotSpeakForTheTarget() throws Exception {
    RawMessage both = alias(TARGET).answer(TARGET, A, 60, Decoded.ip(192, 0, 2, 1));
    Answer answer =
        ResponseDecoder.decode(
                WWW_A, both.bytes(), Decoded.SERVER, name -> name.endsWith("example.com"))
            .answer();
    assertEquals(TARGET, answer.continuesAt());
    assertEquals(0, answer.addresses().size());
    assertNull(read(both).continuesAt());
    assertEquals(60, read(both).ttlSeconds());
  }
}
