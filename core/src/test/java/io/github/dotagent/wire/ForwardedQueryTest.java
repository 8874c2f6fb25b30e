package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

class ForwardedQueryTest {
  private final Message message = query("WWW.example.com.", Type.A);

  @Test
  void aPlainQueryIsWrittenAnew() {
    ForwardedQuery query = read();
    assertNull(query.obstacle());
    assertEquals("www.example.com", query.name());
    assertArrayEquals(
        QueryEncoder.encode(Question.of("www.example.com", RecordType.A)), query.octets());
  }

  @Test
  void nothingOfItButTheQuestionAndTheWishForSignaturesGoesUpstream() throws Exception {
    InetAddress client = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7});
    message.addRecord(
        new OPTRecord(4096, 0, 0, ExtendedFlags.DO, List.of(new ClientSubnetOption(32, client))),
        Section.ADDITIONAL);
    message.getHeader().setFlag(Flags.CD);
    Message asked = new Message(read().octets());
    assertEquals(ExtendedFlags.DO, asked.getOPT().getFlags());
    assertTrue(asked.getHeader().getFlag(Flags.CD));
    assertEquals(1232, asked.getOPT().getPayloadSize());
    assertEquals(List.of(), asked.getOPT().getOptions(8)); // client subnet, RFC 7871
    assertEquals(128, asked.toWire().length);
  }

  /** RFC 7871 §7.1.2: that no one be told the client's address is a wish of the library's own. */
  @Test
  void theWishForNoSubnetIsPassedOn() throws Exception {
    assertFalse(read().wantsNoSubnet());
    InetAddress any = InetAddress.getByAddress(new byte[4]);
    message.addRecord(
        new OPTRecord(4096, 0, 0, 0, List.of(new ClientSubnetOption(0, any))), Section.ADDITIONAL);
    assertTrue(read().wantsNoSubnet());
    ClientSubnetOption asked =
        (ClientSubnetOption) new Message(read().octets(true)).getOPT().getOptions(8).get(0);
    assertEquals(0, asked.getSourcePrefixLength());
  }

  @Test
  void anyTypeAndTheRoot() {
    ForwardedQuery root = ForwardedQuery.of(query(".", Type.NS).toWire()).orElseThrow();
    assertEquals("", root.name());
    assertNull(root.obstacle());
    assertEquals(". NS", root.toString());
    assertNull(
        ForwardedQuery.of(query("a.example.", Type.HTTPS).toWire()).orElseThrow().obstacle());
  }

  /** As JNDI asks for all that there is of a name. */
  @Test
  void anyClassIsAskedAsClassIn() {
    Message any = Message.newQuery(Record.newRecord(name("a.example."), Type.ANY, DClass.ANY));
    ForwardedQuery query = ForwardedQuery.of(any.toWire()).orElseThrow();
    assertNull(query.obstacle());
    assertArrayEquals(
        QueryEncoder.encode(name("a.example.").toWire(), Type.ANY, false, false, false),
        query.octets());
  }

  @Test
  void queriesForTheLibrarysOwnServerHaveAnObstacle() {
    message.getHeader().unsetFlag(Flags.RD);
    assertEquals("it asks for the server's own data (RD=0)", read().obstacle());
    message.getHeader().setFlag(Flags.RD);
    message.addRecord(Record.newRecord(name("b.example."), Type.A, DClass.IN), Section.QUESTION);
    assertEquals("it does not have exactly one question (RFC 9619)", read().obstacle());
    obstacle("it asks for a zone transfer", query("example.com.", Type.AXFR));
    obstacle("it asks for a zone transfer", query("example.com.", Type.IXFR));
    Message chaos = Message.newQuery(Record.newRecord(name("id.server."), Type.TXT, DClass.CH));
    obstacle("it is of class CH", chaos);
    Message update = query("example.com.", Type.SOA);
    update.getHeader().setOpcode(Opcode.UPDATE);
    obstacle("it is not a query (opcode UPDATE)", update);
    Message signed = query("example.com.", Type.A);
    new TSIG(TSIG.HMAC_SHA256, name("key."), new byte[32]).apply(signed, null);
    obstacle("it is signed for that server", signed);
  }

  private static void obstacle(String expected, Message message) {
    assertEquals(expected, ForwardedQuery.of(message.toWire()).orElseThrow().obstacle());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 11, 13, 20})
  void aTruncatedMessageIsNoQuery(int length) {
    byte[] whole = message.toWire();
    byte[] cut = java.util.Arrays.copyOf(whole, length);
    assertFalse(ForwardedQuery.of(cut).isPresent());
  }

  /** RFC 7873 §4, RFC 7828 §3.1, RFC 7871 §6: each is one that a server has to refuse. */
  @ParameterizedTest
  @CsvSource({
    "10, 0102030405", // a cookie of 5 octets
    "11, 07", // a keepalive of one
    "8, 00011900c00002ff", // a client subnet of 25 bits, and others besides
    "8, 00", // one that ends in the middle
  })
  void aQuestionIsAQuestionWhateverItsEdns(int code, String octets) {
    byte[] data = HexFormat.of().parseHex(octets);
    message.addRecord(
        new OPTRecord(4096, 0, 0, ExtendedFlags.DO, List.of(new GenericEDNSOption(code, data))),
        Section.ADDITIONAL);
    isAskedWithSignatures(message.toWire());
  }

  @Test
  void aWrongOptionLengthDoesNotHideTheDoBit() {
    message.addRecord(
        new OPTRecord(
            4096, 0, 0, ExtendedFlags.DO, List.of(new GenericEDNSOption(10, new byte[8]))),
        Section.ADDITIONAL);
    byte[] octets = message.toWire();
    octets[octets.length - 9] = 99; // the option's own length; the record's is right
    isAskedWithSignatures(octets);
  }

  private static void isAskedWithSignatures(byte[] octets) {
    ForwardedQuery query = ForwardedQuery.of(octets).orElseThrow();
    assertNull(query.obstacle());
    assertEquals("www.example.com", query.name());
    assertArrayEquals(
        QueryEncoder.encode(name("www.example.com.").toWire(), Type.A, true, false, false),
        query.octets());
  }

  /** A record that ends after the message, or a count of records that are not there. */
  @Test
  void recordsAfterTheQuestionDecideNothing() {
    byte[] octets = message.toWire();
    for (int count = 7; count < 12; count += 2) {
      byte[] claims = octets.clone();
      claims[count] = 1;
      assertNull(ForwardedQuery.of(claims).orElseThrow().obstacle());
    }
    byte[] cut = java.util.Arrays.copyOf(octets, octets.length + 5);
    cut[11] = 1;
    cut[octets.length + 2] = Type.OPT;
    assertNull(ForwardedQuery.of(cut).orElseThrow().obstacle());
  }

  /** A signature after damaged EDNS is still found: it is for one server. */
  @Test
  void aSignatureIsSeenBehindDamagedEdns() {
    message.addRecord(
        new OPTRecord(4096, 0, 0, 0, List.of(new GenericEDNSOption(10, new byte[5]))),
        Section.ADDITIONAL);
    new TSIG(TSIG.HMAC_SHA256, name("key."), new byte[32]).apply(message, null);
    obstacle("it is signed for that server", message);
  }

  @Test
  void aResponseIsNoQuery() {
    message.getHeader().setFlag(Flags.QR);
    assertFalse(ForwardedQuery.of(message.toWire()).isPresent());
  }

  @Test
  void aResponseIsPassedOnUnchanged() throws Exception {
    byte[] response = response().toWire();
    assertArrayEquals(response, read().read(response).answer());
  }

  @Test
  void anAnswerToSomethingElseIsNone() {
    Message other = query("other.example.com.", Type.A);
    other.getHeader().setFlag(Flags.QR);
    refused("answered another question", other);
    Message otherType = query("www.example.com.", Type.AAAA);
    otherType.getHeader().setFlag(Flags.QR);
    refused("answered another question", otherType);
    Message cut = response();
    cut.getHeader().setFlag(Flags.TC);
    refused("sent a truncated answer over TLS", cut);
  }

  /** As with its own server: what a record holds, or what else is sent along, is its to judge. */
  @ParameterizedTest
  @MethodSource("damages")
  void damagedRecordsArePassedToTheLibrary(String how, byte[] response) throws Exception {
    assertArrayEquals(response, read().read(response).answer(), how);
  }

  static List<Arguments> damages() {
    byte[] good = RawMessage.record("www.example.com", Type.A, 1, 300, new byte[] {1, 2, 3, 4});
    byte[] shortA = RawMessage.record("www.example.com", Type.A, 1, 300, new byte[3]);
    byte[] shortAaaa = RawMessage.record("a.example", Type.AAAA, 1, 300, new byte[15]);
    byte[] nameTooLong = RawMessage.record("b.example", Type.CNAME, 1, 300, new byte[] {9, 1});
    byte[] soa = RawMessage.record("example.com", Type.SOA, 1, 300, new byte[7]);
    byte[] overruns = {0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 99};
    return List.of(
            Arguments.of("keepalive of 3 octets", damage().answer(good).option(11, new byte[3])),
            Arguments.of("cookie of 5 octets", damage().answer(good).option(10, new byte[5])),
            Arguments.of("client subnet of 1", damage().answer(good).option(8, new byte[1])),
            Arguments.of("EDE of 1 octet", damage().answer(good).option(15, new byte[1])),
            Arguments.of(
                "option overruns", damage().answer(good).opt(1232, 0, new byte[] {0, 8, 0, 9})),
            Arguments.of("additional AAAA of 15", damage().answer(good).additional(shortAaaa)),
            Arguments.of("additional CNAME", damage().answer(good).additional(nameTooLong)),
            Arguments.of("additional overruns", damage().answer(good).additional(overruns)),
            Arguments.of("authority overruns", damage().answer(good).authority(overruns)),
            Arguments.of("one bad A beside a good one", damage().answer(good).answer(shortA)),
            Arguments.of("the only A is bad", damage().answer(shortA)),
            Arguments.of("SOA of 7 octets", damage().rcode(3).authority(soa)))
        .stream()
        .map(one -> Arguments.of(one.get()[0], ((RawMessage) one.get()[1]).bytes()))
        .toList();
  }

  private static RawMessage damage() {
    return RawMessage.to(Decoded.WWW_A);
  }

  /** Such an answer is as little use to a library as to a lookup; another server may have one. */
  @Test
  void anAnswerSectionThatEndsTooSoonIsLeftToAnotherServer() {
    byte[] whole = damage().answer("www.example.com", Type.A, 300, new byte[] {1, 2, 3, 4}).bytes();
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
    ForwardedQuery query = read();
    assertTrue(assertThrows(ResponseException.class, () -> query.read(cut)).isMalformed());
  }

  @Test
  void aServerThatCannotAnswerHasNotAnswered() {
    Message failure = response();
    failure.getHeader().setRcode(Rcode.SERVFAIL);
    refused("answered SERVFAIL", failure);
  }

  private void refused(String reason, Message response) {
    ForwardedQuery query = read();
    ResponseException refusal =
        assertThrows(ResponseException.class, () -> query.read(response.toWire()));
    assertEquals(reason, refusal.getMessage());
  }

  /** IXFR has a SOA there (RFC 1995 §3); what follows it is read all the same. */
  @Test
  void ednsBehindRecordsOfOtherSections() throws Exception {
    byte[] soa = RawMessage.record("example.com", RawMessage.SOA, 1, 60, new byte[22]);
    long versionOneAndDo = 0x0001_8000L;
    byte[] octets =
        new RawMessage()
            .question("www.example.com", Type.A, 1)
            .without(RawMessage.QR)
            .answer(soa)
            .authority(soa)
            .opt(1400, versionOneAndDo)
            .bytes();
    ForwardedQuery query = ForwardedQuery.of(octets).orElseThrow();
    assertEquals(ExtendedFlags.DO, new Message(query.octets()).getOPT().getFlags());
    assertEquals(1, query.message().getOPT().getVersion());
    assertEquals(1400, query.message().getOPT().getPayloadSize());
  }

  private ForwardedQuery read() {
    return ForwardedQuery.of(message.toWire()).orElseThrow();
  }

  static Message query(String name, int type) {
    return Message.newQuery(Record.newRecord(name(name), type, DClass.IN));
  }

  /** Of our server, in lower case, as it was asked. */
  static Message response() {
    Message response = query("www.example.com.", Type.A);
    response.getHeader().setID(1);
    response.getHeader().setFlag(Flags.QR);
    return response;
  }

  static Name name(String text) {
    return Name.fromConstantString(text);
  }
}
