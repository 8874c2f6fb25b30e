package io.github.dotagent.wire;

import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.CHAOS;
import static io.github.dotagent.wire.RawMessage.IN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.SecurityStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Who says that signatures were checked, and to whom that is passed on (RFC 4035 §3.2). */
class VerdictTest {
  private static final String WWW = "www.example.com";
  private static final byte[] ADDRESS = Decoded.ip(192, 0, 2, 1);
  private static final int AD = 0x0020; // RFC 4035 §3.2.3
  private static final int KEEP_ALIVE = 11; // RFC 7828 §3.1
  private static final int RRSIG = 46; // RFC 4034 §3
  private static final int NSEC = 47; // RFC 4034 §4
  private static final int NSEC3 = 50; // RFC 5155 §3

  private static RawMessage answered() {
    return RawMessage.to(Decoded.WWW_A).answer(WWW, A, 60, ADDRESS);
  }

  /** RFC 6840 §5.7: who sets AD in a query understands it in the response. */
  @Test
  void theServerIsAskedForItsVerdict() throws Exception {
    byte[] query = QueryEncoder.encode(Decoded.WWW_A);
    byte[] before = query.clone();
    byte[] asking = QueryEncoder.withVerdict(query);
    assertArrayEquals(before, query);
    assertTrue(new Message(asking).getHeader().getFlag(Flags.AD));
    asking[3] &= (byte) ~AD;
    assertArrayEquals(before, asking, "and nothing else");
  }

  @Test
  void theServersVerdictIsTheAnswers() throws Exception {
    assertEquals(SecurityStatus.SECURE, verdict(answered().with(AD)).answer().security());
    assertEquals(SecurityStatus.INSECURE, verdict(answered()).answer().security());
  }

  @Test
  void otherFactsOfTheResponseStay() throws Exception {
    assertFalse(verdict(answered()).hasEdns());
    Response<Answer> response = verdict(answered().option(KEEP_ALIVE, new byte[] {0, 20}));
    assertTrue(response.hasEdns());
    assertEquals(Optional.of(Duration.ofSeconds(2)), response.keepAlive());
    assertEquals(1, response.answer().addresses().size());
  }

  private static Response<Answer> verdict(RawMessage message) throws ResponseException {
    byte[] octets = message.bytes();
    Response<Answer> read = ResponseDecoder.decode(Decoded.WWW_A, octets, Decoded.SERVER);
    assertEquals(SecurityStatus.UNCHECKED, read.answer().security());
    return ResponseDecoder.withVerdict(read, octets);
  }

  @Test
  void isAuthenticated() {
    assertTrue(ForwardedResponse.isAuthenticated(answered().with(AD).bytes()));
    assertFalse(ForwardedResponse.isAuthenticated(answered().bytes()));
    assertTrue(ForwardedResponse.isAuthenticated(new byte[] {0, 0, 0, AD}));
    assertFalse(ForwardedResponse.isAuthenticated(new byte[] {0, 0, AD}));
  }

  /** RFC 6840 §5.8: AD is for clients that know the bit, by AD or DO in their query. */
  @ParameterizedTest
  @CsvSource({"false,,false", "true,,true", "false,0,false", "false,32768,true", "true,0,true"})
  void aLibraryIsToldIfItKnowsTheBit(boolean ad, Integer ednsFlags, boolean told) throws Exception {
    Message asked = ForwardedQueryTest.query(WWW + ".", Type.A);
    if (ad) {
      asked.getHeader().setFlag(Flags.AD);
    }
    if (ednsFlags != null) {
      asked.addRecord(new OPTRecord(4096, 0, 0, ednsFlags), Section.ADDITIONAL);
    }
    ForwardedQuery query = ForwardedQuery.of(asked.toWire()).orElseThrow();
    byte[] given = ForwardedResponse.of(query, answered().with(AD).bytes(), false);
    assertEquals(told, new Message(given).getHeader().getFlag(Flags.AD));
  }

  /** What we have checked goes to a library as if its own server had. */
  @Test
  void ourOwnVerdictOnAForwardedQuery() throws Exception {
    Message checked = new Message(answered().with(AD).bytes());
    ForwardedQuery query = asking(Type.A, 0);
    assertTrue(new Message(query.validated(checked, true)).getHeader().getFlag(Flags.AD));
    assertFalse(new Message(query.validated(checked, false)).getHeader().getFlag(Flags.AD));
    assertTrue(checked.getHeader().getFlag(Flags.AD), "it is not altered");
  }

  @ParameterizedTest
  @CsvSource({
    "A,     0,     A",
    "A,     32768, A RRSIG NSEC NSEC3",
    "ANY,   0,     A RRSIG NSEC NSEC3",
    "RRSIG, 0,     A RRSIG",
    "NSEC,  0,     A NSEC",
    "NSEC3, 0,     A NSEC3",
  })
  void signaturesGoToThoseWhoAskForThem(String type, int ednsFlags, String given) throws Exception {
    Message checked =
        new Message(
            answered()
                .answer(WWW, RRSIG, 60, signature())
                .authority(RawMessage.record(WWW, NSEC, IN, 60, RawMessage.name("a")))
                .authority(RawMessage.record(WWW, NSEC3, IN, 60, nsec3()))
                .bytes());
    ForwardedQuery query = asking(Type.value(type), ednsFlags);
    Message response = new Message(query.validated(checked, true));
    assertEquals(given, types(response, Section.ANSWER, Section.AUTHORITY));
    assertEquals("A RRSIG NSEC NSEC3", types(checked, Section.ANSWER, Section.AUTHORITY));
  }

  /** OPT is the library's, and what is of no class of the Internet is our own. */
  @Test
  void theAdditionalSectionHasOnlyClassIn() throws Exception {
    Message checked =
        new Message(
            answered()
                .additional(RawMessage.record("ns.example", A, IN, 60, ADDRESS))
                .additional(RawMessage.record("ns.example", A, CHAOS, 60, ADDRESS))
                .opt(1232, 0)
                .bytes());
    Message response = new Message(asking(Type.A, 0).validated(checked, true));
    assertEquals("A OPT", types(response, Section.ADDITIONAL));
  }

  @Test
  void theSameQueryWithSignatures() {
    SignedQuery signed = asking(Type.MX, 0).signed();
    assertEquals(WWW + ".", signed.name().toString());
    assertEquals(Type.MX, signed.type());
  }

  private static ForwardedQuery asking(int type, int ednsFlags) {
    Message asked = ForwardedQueryTest.query("WWW.example.com.", type);
    asked.addRecord(new OPTRecord(4096, 0, 0, ednsFlags), Section.ADDITIONAL);
    return ForwardedQuery.of(asked.toWire()).orElseThrow();
  }

  /** Signatures are asked for by DO, not by EDNS; the library may want no check (CD). */
  @Test
  void passesTheLibrarysFlagsOn() throws Exception {
    assertEquals(0, new Message(asking(Type.A, 0).octets()).getOPT().getFlags());
    assertEquals(
        ExtendedFlags.DO,
        new Message(asking(Type.A, ExtendedFlags.DO).octets()).getOPT().getFlags());
    assertFalse(asking(Type.A, 0).wantsNoCheck());
    Message asked = ForwardedQueryTest.query(WWW + ".", Type.A);
    asked.getHeader().setFlag(Flags.CD);
    ForwardedQuery query = ForwardedQuery.of(asked.toWire()).orElseThrow();
    assertTrue(query.wantsNoCheck());
    Message bare = new Message(query.octetsWithoutEdns());
    assertTrue(bare.getHeader().getFlag(Flags.CD));
    assertEquals(null, bare.getOPT());
    assertEquals(asked.getQuestion(), bare.getQuestion());
  }

  private static String types(Message message, int... sections) {
    return java.util.Arrays.stream(sections)
        .mapToObj(message::getSection)
        .flatMap(List::stream)
        .map(record -> Type.string(record.getType()))
        .collect(Collectors.joining(" "));
  }

  private static byte[] signature() {
    return RawMessage.join(
        RawMessage.u16(A),
        new byte[] {8, 3},
        RawMessage.u32(60),
        RawMessage.u32(2_000_000_000L),
        RawMessage.u32(1_700_000_000L),
        RawMessage.u16(7),
        RawMessage.name("example.com"),
        new byte[] {1, 2, 3, 4});
  }

  private static byte[] nsec3() {
    return new byte[] {1, 0, 0, 0, 0, 1, 9}; // SHA-1, no flags, iterations, salt, a hash of 1
  }
}
