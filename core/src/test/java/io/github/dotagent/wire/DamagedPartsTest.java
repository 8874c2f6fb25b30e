package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.REVERSE;
import static io.github.dotagent.wire.Decoded.SERVER;
import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.Decoded.WWW_AAAA;
import static io.github.dotagent.wire.Decoded.addresses;
import static io.github.dotagent.wire.Decoded.answer;
import static io.github.dotagent.wire.Decoded.ip;
import static io.github.dotagent.wire.Decoded.ipv6;
import static io.github.dotagent.wire.Decoded.malformed;
import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.AAAA;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.OPT;
import static io.github.dotagent.wire.RawMessage.PTR;
import static io.github.dotagent.wire.RawMessage.SERVFAIL;
import static io.github.dotagent.wire.RawMessage.SOA;
import static io.github.dotagent.wire.RawMessage.join;
import static io.github.dotagent.wire.RawMessage.name;
import static io.github.dotagent.wire.RawMessage.record;
import static io.github.dotagent.wire.RawMessage.u16;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dotagent.answer.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage outside the answer does not lose the answer; damage in the answer does. */
class DamagedPartsTest {
  private static final String NOT_DNS = "sent a message that is not DNS";

  private static final int SUBNET = 8;
  private static final int COOKIE = 10;
  private static final int KEEPALIVE = 11;
  private static final int EDE = 15;

  private static RawMessage good() {
    return RawMessage.to(WWW_A).answer("www.example.com", A, 300, ip(192, 0, 2, 1));
  }

  private static void assertFound(RawMessage response) throws Exception {
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  private static byte[] option(int code, int length, int... data) {
    return join(u16(code), u16(length), ip(data));
  }

  @ParameterizedTest
  @CsvSource({
    SUBNET + ", 1",
    SUBNET + ", 3",
    SUBNET + ", 5",
    COOKIE + ", 0",
    COOKIE + ", 5",
    COOKIE + ", 41",
    KEEPALIVE + ", 1",
    KEEPALIVE + ", 3",
    EDE + ", 0",
    EDE + ", 1"
  })
  void anOptionOfTheWrongLength(int code, int length) throws Exception {
    byte[] data = new byte[length];
    Arrays.fill(data, (byte) 0xff);
    assertFound(good().option(code, data));
  }

  @Test
  void anOptionThatClaimsMoreThanThereIs() throws Exception {
    assertFound(good().opt(1232, 0, option(KEEPALIVE, 200, 0, 10)));
    assertFound(good().opt(1232, 0, new byte[] {0, KEEPALIVE, 0}));
  }

  /** Records before the damage are read, and damaged ones are not. */
  @Test
  void optionsAroundADamagedOne() throws Exception {
    byte[] keepAlive = option(KEEPALIVE, 2, 0, 10);
    byte[] damaged = option(COOKIE, 5, 1, 2, 3, 4, 5);
    RawMessage response = good().opt(1232, 0, damaged, keepAlive, option(EDE, 200));
    Duration told =
        ResponseDecoder.decode(WWW_A, response.bytes(), SERVER).keepAlive().orElse(null);
    assertEquals(Duration.ofSeconds(1), told);
    RawMessage three = good().opt(1232, 0, option(KEEPALIVE, 3, 0, 10, 0));
    assertNull(ResponseDecoder.decode(WWW_A, three.bytes(), SERVER).keepAlive().orElse(null));
  }

  @ParameterizedTest
  @ValueSource(ints = {A, SOA, PTR, 15, 16, 28, 33, 43, 46, 47, 48, 50, 52, 64, 65, 250, 257})
  void anAdditionalOrAuthorityRecordWithBadData(int type) throws Exception {
    byte[] bad = record("ns.example.com", type, IN, 300, ip(0xff, 0xff, 0xff));
    assertFound(good().additional(bad));
    assertFound(good().authority(bad));
    assertFound(good().answer(bad));
  }

  @Test
  void sectionsThatEndEarly() throws Exception {
    RawMessage response = good().additional(record("ns.example.com", A, IN, 300, ip(192, 0, 2, 9)));
    int answered = good().bytes().length;
    byte[] whole = response.bytes();
    for (int length = answered; length < whole.length; length++) {
      Answer answer = ResponseDecoder.decode(WWW_A, Arrays.copyOf(whole, length), SERVER).answer();
      assertEquals(Answer.Outcome.RECORDS, answer.outcome());
    }
  }

  @Test
  void octetsBehindTheMessage() throws Exception {
    byte[] longer = Arrays.copyOf(good().bytes(), good().bytes().length + 9);
    assertEquals(
        Answer.Outcome.RECORDS, ResponseDecoder.decode(WWW_A, longer, SERVER).answer().outcome());
  }

  /** RFC 1035 §4.1.4 has pointers to what came before; a reader in earnest bounds their number. */
  @Test
  void aNameInAnAdditionalRecordThatPointsAtItself() throws Exception {
    byte[] loop = join(new byte[] {(byte) 0xc0, 12}, name("x"));
    assertFound(good().additional(record("ns.example.com", 2, IN, 300, loop)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 16})
  void oneBadAddressBesideAGoodOne(int octets) throws Exception {
    assertFound(good().answer("www.example.com", A, 300, new byte[octets]));
    RawMessage ipv6 =
        RawMessage.to(WWW_AAAA)
            .answer("www.example.com", AAAA, 300, new byte[octets == 16 ? 4 : octets])
            .answer("www.example.com", AAAA, 300, ipv6(1));
    assertEquals(List.of("2001:db8:0:0:0:0:0:1"), addresses(WWW_AAAA, ipv6));
  }

  @Test
  void oneBadNameBesideAGoodOne() throws Exception {
    RawMessage response =
        RawMessage.to(REVERSE)
            .answer(REVERSE.name(), PTR, 300, ip(3, 'a'))
            .answer(REVERSE.name(), PTR, 300, name("Host.example.com"));
    assertEquals(List.of("Host.example.com"), answer(REVERSE, response).names());
    RawMessage alone = RawMessage.to(REVERSE).answer(REVERSE.name(), PTR, 300, ip(3, 'a'));
    assertEquals(NOT_DNS, malformed(REVERSE, alone));
  }

  /** How long "no" holds is part of the answer. */
  @Test
  void theSoaOfANegativeAnswer() {
    byte[] bad = record("example.com", SOA, IN, 300, ip(0, 0, 1, 2, 3));
    assertEquals(NOT_DNS, malformed(WWW_A, RawMessage.to(WWW_A).authority(bad)));
    assertEquals(NOT_DNS, malformed(WWW_A, RawMessage.to(WWW_A).rcode(NXDOMAIN).authority(bad)));
  }

  @Test
  void aFailureKeepsItsReason() {
    RawMessage response =
        RawMessage.to(WWW_A)
            .rcode(SERVFAIL)
            .opt(1232, 0, option(COOKIE, 1, 9), option(EDE, 3, 0, 22, 'x'), option(SUBNET, 90));
    assertEquals("answered SERVFAIL (EDE 22: x)", Decoded.serverFailure(WWW_A, response));
  }

  /** BADVERS is rcode 16: 1 in OPT, 0 in the header (RFC 6891 §6.1.3 and §9). */
  @Test
  void theUpperBitsOfTheCode() {
    byte[] opt = record("", OPT, 1232, 1L << 24, new byte[] {9});
    assertEquals(
        "answered BADVERS", Decoded.serverFailure(WWW_A, RawMessage.to(WWW_A).additional(opt)));
  }
}
