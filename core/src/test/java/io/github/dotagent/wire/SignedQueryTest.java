package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.NXDOMAIN;
import static io.github.dotagent.wire.RawMessage.SERVFAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class SignedQueryTest {
  private static final int SUBNET = 8; // RFC 7871 §6
  private static final int FORMERR = 1; // RFC 1035 §4.1.1
  private static final byte[] ADDRESS = Decoded.ip(192, 0, 2, 1);

  private static SignedQuery ds(String name) throws Exception {
    return new SignedQuery(Name.fromString(name), Type.DS);
  }

  @Test
  void theQueryHasTheQuestionsNameAndType() {
    SignedQuery query = SignedQuery.of(Question.of("www.example.com", RecordType.AAAA));
    assertEquals("www.example.com.", query.name().toString());
    assertEquals(Type.AAAA, query.type());
    assertEquals("www.example.com. AAAA with signatures", query.toString());
    String long64 = "a".repeat(64) + ".example";
    assertThrows(
        IllegalArgumentException.class, () -> SignedQuery.of(Question.of(long64, RecordType.A)));
  }

  /** RFC 4035 §3.2.1 and §3.2.2: the signatures, and what the server believes to be bogus, too. */
  @Test
  void setsTheDoAndCdBits() throws Exception {
    SignedQuery query = SignedQuery.of(Decoded.WWW_A);
    Message asked = new Message(query.octets(false));
    assertEquals("www.example.com.", asked.getQuestion().getName().toString());
    assertEquals(Type.A, asked.getQuestion().getType());
    assertTrue(asked.getHeader().getFlag(Flags.CD));
    assertEquals(ExtendedFlags.DO, asked.getOPT().getFlags());
    assertEquals(0, asked.getHeader().getID());
    assertEquals(0, asked.getOPT().getOptions(SUBNET).size());
    assertEquals(1, new Message(query.octets(true)).getOPT().getOptions(SUBNET).size());
    Message plain = new Message(query.octetsWithoutEdns());
    assertNull(plain.getOPT());
    assertTrue(plain.getHeader().getFlag(Flags.CD));
    assertEquals(asked.getQuestion(), plain.getQuestion());
  }

  /** RFC 4035 §3.1.4.1: DS is the parent's. */
  @Test
  void aDelegationIsOfTheZoneAbove() throws Exception {
    assertEquals("example.com", ds("SUB.Example.com.").zonedName());
    assertEquals("sub.example.com", ds("SUB.Example.com.").askedName());
    assertEquals("", ds("com.").zonedName());
    assertEquals("", ds(".").zonedName());
    assertEquals(
        "sub.example.com",
        new SignedQuery(Name.fromString("SUB.example.com."), Type.DNSKEY).zonedName());
  }

  @Test
  void takesItsOwnResponseAlone() throws Exception {
    SignedQuery query = SignedQuery.of(Decoded.WWW_A);
    byte[] fits = RawMessage.to(Decoded.WWW_A).answer("www.example.com", A, 60, ADDRESS).bytes();
    assertSame(fits, query.read(fits).answer());
    byte[] denial = RawMessage.to(Decoded.WWW_A).rcode(NXDOMAIN).bytes();
    assertSame(denial, query.read(denial).answer());

    isRefused(query, RawMessage.to(Decoded.WWW_AAAA), true);
    isRefused(query, new RawMessage().question("www.example.net", A, IN), true);
    isRefused(query, RawMessage.to(Decoded.WWW_A).without(RawMessage.QR), true);
    isRefused(query, RawMessage.to(Decoded.WWW_A).with(RawMessage.TC), true);
    assertFalse(isRefused(query, RawMessage.to(Decoded.WWW_A).rcode(SERVFAIL), false));
    assertTrue(isRefused(query, RawMessage.to(Decoded.WWW_A).rcode(FORMERR), false));
  }

  /** Whether the server could not make sense of the query. */
  private static boolean isRefused(SignedQuery query, RawMessage response, boolean malformed) {
    ResponseException refusal =
        assertThrows(ResponseException.class, () -> query.read(response.bytes()));
    assertEquals(malformed, refusal.isMalformed(), refusal.getMessage());
    return refusal.isFormatError();
  }

  /** What was checked is read as any response is: another zone's server is not believed. */
  @Test
  void checkedRecordsAreAnAnswer() throws Exception {
    Message checked =
        new Message(RawMessage.to(Decoded.WWW_A).answer("www.example.com", A, 60, ADDRESS).bytes());
    Answer answer = SignedQuery.answerOf(Decoded.WWW_A, checked, Decoded.SERVER, any -> true);
    assertEquals(1, answer.addresses().size());
    assertEquals(Decoded.SERVER, answer.server());
    assertFalse(answer.isAliased());
  }
}
