package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.Decoded.serverFailure;
import static io.github.dotagent.wire.RawMessage.REFUSED;
import static io.github.dotagent.wire.RawMessage.SERVFAIL;
import static io.github.dotagent.wire.RawMessage.join;
import static io.github.dotagent.wire.RawMessage.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server says that it has no answer, and perhaps why (RFC 8914). */
class ServerFailureTest {
  private static final int EDE = 15;

  private static RawMessage servfail() {
    return RawMessage.to(WWW_A).rcode(SERVFAIL);
  }

  private static byte[] ede(int code, String text) {
    return join(u16(code), text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"1,FORMERR", "2,SERVFAIL", "4,NOTIMP", "5,REFUSED"})
  void rcodeByName(int rcode, String name) {
    assertEquals("answered " + name, serverFailure(WWW_A, RawMessage.to(WWW_A).rcode(rcode)));
  }

  @Test
  void errorWithItsTextAsTheServerWroteIt() {
    RawMessage response =
        RawMessage.to(WWW_A).rcode(REFUSED).option(EDE, ede(15, "Blocked: gambling, §3"));
    assertEquals(
        "answered REFUSED (EDE 15: Blocked: gambling, §3)", serverFailure(WWW_A, response));
  }

  @Test
  void errorWithoutText() {
    assertEquals(
        "answered SERVFAIL (EDE 22)", serverFailure(WWW_A, servfail().option(EDE, ede(22, ""))));
  }

  @Test
  void controlCharactersAreEscaped() {
    RawMessage response =
        servfail().option(EDE, ede(0, "a\nb\rc\u001b[2Jd\te\u007ff\u0085g\u0000h"));
    assertEquals(
        "answered SERVFAIL (EDE 0: a\\010b\\013c\\027[2Jd\\009e\\127f\\194\\133g\\000h)",
        serverFailure(WWW_A, response));
  }

  @Test
  void aLongTextIsCut() {
    RawMessage response = servfail().option(EDE, ede(0, "x".repeat(10_000)));
    assertEquals(
        "answered SERVFAIL (EDE 0: " + "x".repeat(200) + "...)", serverFailure(WWW_A, response));
  }

  @Test
  void anotherOptionSaysNothing() {
    assertEquals(
        "answered SERVFAIL", serverFailure(WWW_A, servfail().option(65_001, ede(22, "text"))));
  }

  @Test
  void invalidUtf8IsTolerated() {
    RawMessage response = servfail().option(EDE, join(u16(1), new byte[] {'a', (byte) 0xff, 'b'}));
    assertEquals("answered SERVFAIL (EDE 1: a\ufffdb)", serverFailure(WWW_A, response));
  }
}
