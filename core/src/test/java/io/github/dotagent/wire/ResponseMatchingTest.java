package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.Decoded.ip;
import static io.github.dotagent.wire.Decoded.malformed;
import static io.github.dotagent.wire.Decoded.serverFailure;
import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.AAAA;
import static io.github.dotagent.wire.RawMessage.CHAOS;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.NOERROR;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.REFUSED;
import static io.github.dotagent.wire.RawMessage.SERVFAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that is DNS and yet no answer to this question. */
class ResponseMatchingTest {
  private static final String ANOTHER = "answered another question";

  /** A valid response, which the test then changes. */
  private static RawMessage withAnswer(RawMessage response) {
    return response.answer("www.example.com", A, 300, ip(192, 0, 2, 66));
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.com, " + A + ", " + IN,
    "www.example.com.evil.example, " + A + ", " + IN,
    "example.com, " + A + ", " + IN,
    "'', " + A + ", " + IN,
    "www.example.com, " + AAAA + ", " + IN,
    "www.example.com, " + A + ", " + CHAOS
  })
  void anotherQuestion(String name, int type, int dnsClass) {
    RawMessage response = new RawMessage().question(name, type, dnsClass);
    assertEquals(ANOTHER, malformed(WWW_A, withAnswer(response)));
  }

  @ParameterizedTest
  @ValueSource(ints = {NOERROR, NXDOMAIN})
  void noQuestion(int rcode) {
    RawMessage response = RawMessage.to(WWW_A).noQuestion().rcode(rcode);
    assertEquals(ANOTHER, malformed(WWW_A, withAnswer(response)));
  }

  @ParameterizedTest
  @ValueSource(ints = {NOERROR, NXDOMAIN, SERVFAIL})
  void twoQuestions(int rcode) {
    RawMessage response = RawMessage.to(WWW_A).question("www.example.com", A, IN).rcode(rcode);
    assertEquals(ANOTHER, malformed(WWW_A, withAnswer(response)));
  }

  @Test
  void anErrorMayComeWithoutTheQuestion() {
    RawMessage response = RawMessage.to(WWW_A).noQuestion().rcode(SERVFAIL);
    assertEquals("answered SERVFAIL", serverFailure(WWW_A, response));
  }

  @Test
  void anErrorAboutAnotherQuestionIsNoAnswer() {
    RawMessage response = new RawMessage().question("mail.example.com", A, IN).rcode(REFUSED);
    assertEquals(ANOTHER, malformed(WWW_A, response));
  }

  @Test
  void aQuery() {
    RawMessage response = withAnswer(RawMessage.to(WWW_A).without(RawMessage.QR));
    assertEquals("sent a query instead of an answer", malformed(WWW_A, response));
  }

  @Test
  void aTruncatedAnswer() {
    RawMessage response = withAnswer(RawMessage.to(WWW_A).with(RawMessage.TC));
    assertEquals("sent a truncated answer over TLS", malformed(WWW_A, response));
  }

  /** As an update (RFC 2136) a record may be without data, and would be an answer of no address. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 15})
  void anAnswerToAnotherKindOfRequest(int opcode) {
    RawMessage response =
        RawMessage.to(WWW_A).with(opcode << 11).answer("www.example.com", A, 300, new byte[0]);
    RawMessage whole = withAnswer(RawMessage.to(WWW_A).with(opcode << 11));
    assertEquals("answered another kind of request", malformed(WWW_A, whole));
    malformed(WWW_A, response);
  }
}
