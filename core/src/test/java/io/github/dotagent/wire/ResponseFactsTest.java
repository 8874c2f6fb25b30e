package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command says of the server that sent a response. */
class ResponseFactsTest {
  private static final int AD = 0x0020; // RFC 4035 §3.2.3
  private static final int PADDING = 12; // RFC 7830 §3
  private static final int KEEP_ALIVE = 11; // RFC 7828 §3.1
  private static final int EXTENDED_ERROR = 15; // RFC 8914 §2

  private static ResponseFacts of(RawMessage message) throws ResponseException {
    return ResponseFacts.of(message.bytes());
  }

  private static RawMessage response() {
    return RawMessage.to(Decoded.WWW_A);
  }

  @ParameterizedTest
  @CsvSource({
    "0, NOERROR,  true,  false, false, false",
    "1, FORMERR,  false, true,  false, true",
    "2, SERVFAIL, false, false, false, true",
    "3, NXDOMAIN, true,  false, true,  false",
    "4, NOTIMP,   false, false, false, true",
    "5, REFUSED,  false, false, false, false",
  })
  void itsCode(
      int code, String text, boolean answers, boolean format, boolean none, boolean forEdns)
      throws Exception {
    ResponseFacts facts = of(response().rcode(code));
    assertEquals(text, facts.rcode());
    assertEquals(answers, facts.isAnswer());
    assertEquals(format, facts.isFormatError());
    assertEquals(none, facts.isNoSuchName());
    assertEquals(forEdns, facts.mayBeForEdns());
  }

  @Test
  void aServerThatAnswersWithEdnsUnderstandsIt() throws Exception {
    assertFalse(of(response().rcode(RawMessage.SERVFAIL).opt(1232, 0)).mayBeForEdns());
  }

  @Test
  void whetherItSaysThatItIsSecure() throws Exception {
    assertTrue(of(response().with(AD)).isSaidToBeSecure());
    assertFalse(of(response()).isSaidToBeSecure());
  }

  @Test
  void readsPaddingKeepAliveAndErrors() throws Exception {
    ResponseFacts bare = of(response());
    assertFalse(bare.isPadded());
    assertEquals(Optional.empty(), bare.keepAlive());
    assertEquals("", bare.extendedError());

    assertTrue(of(response().option(PADDING, new byte[3])).isPadded());
    assertTrue(of(response().option(PADDING, new byte[0])).isPadded(), "padded to its length");
    assertFalse(of(response().option(KEEP_ALIVE, new byte[] {0, 20})).isPadded());
    assertEquals(
        Optional.of(Duration.ofSeconds(2)),
        of(response().option(KEEP_ALIVE, new byte[] {0, 20})).keepAlive());
    byte[] blocked = {0, 15, 'n', 'o'};
    String text = of(response().option(EXTENDED_ERROR, blocked)).extendedError();
    assertTrue(text.contains("no"), text);
  }

  @Test
  void itsLength() throws Exception {
    byte[] octets = response().bytes();
    assertEquals(octets.length, ResponseFacts.of(octets).octets());
    assertThrows(ResponseException.class, () -> ResponseFacts.of(new byte[11]));
  }
}
