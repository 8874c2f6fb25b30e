package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.PendingQueries.Match;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which message from the server is the response to a query in flight. */
@Timeout(20)
class ResponseMatchTest {
  private static final int ID = 0xbeef;
  private static final byte[] QUERY = Messages.query("www.a-1.example");
  private static final int HEADER = 12;

  private final PendingQueries pending = new PendingQueries(new ScriptedRandom(n -> ID));
  private final PendingQuery exchange = Exchanges.of(QUERY);

  @BeforeEach
  void inFlight() {
    exchange.sent(pending.add(exchange), 0);
  }

  @Test
  void idAndQuestion() throws Exception {
    byte[] response = Messages.response(QUERY, ID);
    assertEquals(Match.RESPONSE, pending.match(response));
    assertArrayEquals(response, Exchanges.response(exchange).get());
    assertTrue(pending.isEmpty());
    assertEquals(Match.UNASKED, pending.match(response), "the same once more");
  }

  @Test
  void theQuestionInOtherCase() {
    byte[] shouted = Messages.query("www.a-1.example".toUpperCase(Locale.ROOT));
    assertEquals(Match.RESPONSE, pending.match(Messages.response(shouted, ID)));
    assertTrue(exchange.isDone());
  }

  @Test
  void moreAfterTheQuestion() {
    byte[] response = Messages.response(QUERY, ID);
    byte[] withAnswer = Arrays.copyOf(response, response.length + 16);
    assertEquals(Match.RESPONSE, pending.match(withAnswer));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, ID - 1, ID + 1, ID ^ 0x8000, 0xefbe, 0xffff})
  void anotherId(int id) {
    assertEquals(Match.UNASKED, pending.match(Messages.response(QUERY, id)));
    stillWaits();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.b-1.example",
        "a-1.example",
        "www.a-1.example.net",
        "www.a-1.exampl",
        // differs from '-' by the bit that tells the cases of a letter apart
        "www.a\r1.example",
        "www.a-1.exampl\u0005"
      })
  void anotherName(String name) {
    wrong(Messages.response(Messages.query(name), ID));
  }

  @Test
  void theSameOctetsInOtherLabels() {
    byte[] other = QUERY.clone();
    // www.a-1 as one label of the octets w w w \3 a - 1
    other[HEADER] = 7;
    assertEquals('w', other[HEADER + 1]);
    wrong(Messages.response(other, ID));
  }

  @Test
  void anotherTypeOrClass() {
    for (int fromEnd = 1; fromEnd <= 4; fromEnd++) {
      byte[] other = Messages.response(QUERY, ID);
      other[other.length - fromEnd] ^= 0x10;
      wrong(other);
    }
  }

  @Test
  void aTypeIsNotALetter() {
    byte[] typed = QUERY.clone();
    typed[typed.length - 3] = 'A'; // type 65, HTTPS
    PendingQuery https = Exchanges.of(typed);
    PendingQueries one = new PendingQueries(new ScriptedRandom(n -> ID));
    one.add(https);
    byte[] other = Messages.response(typed, ID);
    other[other.length - 3] = 'a'; // type 97
    assertEquals(Match.WRONG_QUESTION, one.match(other));
  }

  @Test
  void aQueryIsNoResponse() {
    wrong(Messages.withId(QUERY, ID));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 256, 0x0101, 0xffff})
  void moreQuestionsThanOne(int count) {
    byte[] response = Messages.response(QUERY, ID);
    response[4] = (byte) (count >> 8);
    response[5] = (byte) count;
    wrong(response);
  }

  @Test
  void aQuestionThatIsCutShort() {
    byte[] response = Messages.response(QUERY, ID);
    for (int length = HEADER; length < QUERY.length; length++) {
      wrong(Arrays.copyOf(response, length));
    }
  }

  @Test
  void aPointerInsteadOfTheName() {
    byte[] response = Messages.response(QUERY, ID);
    response[HEADER] = (byte) 0xc0;
    response[HEADER + 1] = HEADER; // to itself
    wrong(response);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 15})
  void anErrorMayComeWithoutTheQuestion(int rcode) throws Exception {
    byte[] error = Messages.bareResponse(ID, rcode);
    assertEquals(Match.RESPONSE, pending.match(error));
    assertArrayEquals(error, Exchanges.response(exchange).get());
  }

  @Test
  void aSuccessWithoutTheQuestionIsWrong() {
    wrong(Messages.bareResponse(ID, 0));
  }

  @Test
  void anErrorToAnotherQuestion() {
    byte[] error = Messages.response(Messages.query("www.b-1.example"), ID);
    error[3] |= (byte) Messages.SERVFAIL;
    wrong(error);
  }

  @Test
  void namesAreComparedOctetByOctet() {
    String name = "www.a-1.example";
    byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < octets.length; i++) {
      byte[] other = Messages.response(QUERY, ID);
      other[HEADER + 1 + i] = (byte) (other[HEADER + 1 + i] + 1);
      wrong(other);
    }
  }

  private void wrong(byte[] message) {
    assertEquals(Match.WRONG_QUESTION, pending.match(message));
    stillWaits();
  }

  private void stillWaits() {
    assertFalse(exchange.isDone());
    assertFalse(pending.isEmpty());
  }
}
