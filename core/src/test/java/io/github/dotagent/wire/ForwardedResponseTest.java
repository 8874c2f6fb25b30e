package io.github.dotagent.wire;

import static io.github.dotagent.wire.ForwardedQueryTest.name;
import static io.github.dotagent.wire.ForwardedQueryTest.query;
import static io.github.dotagent.wire.ForwardedQueryTest.response;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.LookupFailure;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

class ForwardedResponseTest {
  private final Message asked = query("WWW.example.com.", Type.A);

  @Test
  void theResponseHasTheLibrarysIdAndQuestion() throws Exception {
    Message fromServer = response();
    fromServer.getHeader().setFlag(Flags.RA);
    fromServer.getHeader().setFlag(Flags.AD);
    InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    fromServer.addRecord(
        new ARecord(name("www.example.com."), DClass.IN, 60, address), Section.ANSWER);
    fromServer.addRecord(
        new OPTRecord(1232, 0, 0, 0, List.of(new TcpKeepaliveOption(100))), Section.ADDITIONAL);
    Message given = written(fromServer, true);
    assertEquals(asked.getHeader().getID(), given.getHeader().getID());
    assertEquals("WWW.example.com.", given.getQuestion().getName().toString());
    assertTrue(given.getHeader().getFlag(Flags.QR));
    assertTrue(given.getHeader().getFlag(Flags.RD));
    assertTrue(given.getHeader().getFlag(Flags.RA));
    assertFalse(given.getHeader().getFlag(Flags.AD), "not to a client that does not know the bit");
    assertNull(given.getOPT());
    assertEquals(fromServer.getSection(Section.ANSWER), given.getSection(Section.ANSWER));
  }

  @Test
  void ednsIsAnsweredWithEdns() throws Exception {
    asked.addRecord(new OPTRecord(4096, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    Message fromServer = response();
    fromServer.getHeader().setFlag(Flags.AD);
    fromServer.getHeader().setRcode(Rcode.NXDOMAIN);
    EDNSOption blocked = new ExtendedErrorCodeOption(ExtendedErrorCodeOption.BLOCKED, "gambling");
    fromServer.addRecord(
        new OPTRecord(1232, 0, 0, 0, List.of(new TcpKeepaliveOption(100), blocked)),
        Section.ADDITIONAL);
    Message given = written(fromServer, true);
    assertEquals(Rcode.NXDOMAIN, given.getRcode());
    assertTrue(given.getHeader().getFlag(Flags.AD));
    assertEquals(ExtendedFlags.DO, given.getOPT().getFlags());
    assertEquals(1, given.getSection(Section.ADDITIONAL).size());
    assertEquals(List.of(blocked), given.getOPT().getOptions());
  }

  @Test
  void aLongResponseOverUdpIsTruncated() throws Exception {
    Message fromServer = response();
    for (int i = 0; i < 40; i++) {
      fromServer.addRecord(
          new TXTRecord(name("www.example.com."), DClass.IN, 60, "number " + i + " of many"),
          Section.ANSWER);
    }
    ForwardedQuery query = ForwardedQuery.of(asked.toWire()).orElseThrow();
    byte[] overUdp = ForwardedResponse.of(query, fromServer.toWire(), true);
    assertTrue(overUdp.length <= 512, overUdp.length + " octets");
    assertTrue(new Message(overUdp).getHeader().getFlag(Flags.TC));
    Message overTcp = new Message(ForwardedResponse.of(query, fromServer.toWire(), false));
    assertFalse(overTcp.getHeader().getFlag(Flags.TC));
    assertEquals(40, overTcp.getSection(Section.ANSWER).size());

    asked.addRecord(new OPTRecord(4096, 0, 0, 0), Section.ADDITIONAL);
    assertFalse(written(fromServer, true).getHeader().getFlag(Flags.TC));
  }

  /** Without EDNS a library takes 512 octets over UDP (RFC 1035 §4.2.1), and each of them. */
  @Test
  void anAnswerThatJustFits() throws Exception {
    int room = 512 - RawMessage.to(Decoded.WWW_A).bytes().length;
    byte[] fits = ofLength("www.example.com", room);
    byte[] whole = given(RawMessage.to(Decoded.WWW_A).answer(fits).bytes(), true);
    assertEquals(512, whole.length);
    assertFalse(new Message(whole).getHeader().getFlag(Flags.TC));
    byte[] longer = ofLength("www.example.com", room + 1);
    Message cut = new Message(given(RawMessage.to(Decoded.WWW_A).answer(longer).bytes(), true));
    assertTrue(cut.getHeader().getFlag(Flags.TC));
    assertEquals(List.of(), cut.getSection(Section.ANSWER));
  }

  /** RFC 2181 §9: TC is for what an answer needs; additional records may be left out. */
  @Test
  void whichRecordsAreMissed() throws Exception {
    byte[] big = ofLength("example.com", 500);
    byte[] small = ofLength("www.example.com", 30);
    RawMessage ofAuthority = RawMessage.to(Decoded.WWW_A).answer(small).authority(big);
    Message cut = new Message(given(ofAuthority.bytes(), true));
    assertTrue(cut.getHeader().getFlag(Flags.TC));
    assertEquals(1, cut.getSection(Section.ANSWER).size());
    RawMessage additional = RawMessage.to(Decoded.WWW_A).answer(small).additional(big);
    Message whole = new Message(given(additional.bytes(), true));
    assertFalse(whole.getHeader().getFlag(Flags.TC));
    assertEquals(1, whole.getSection(Section.ANSWER).size());
    assertEquals(List.of(), whole.getSection(Section.ADDITIONAL));
  }

  /** A record of text that is so long in all. */
  private static byte[] ofLength(String owner, int octets) {
    byte[] data = new byte[octets - RawMessage.record(owner, Type.NULL, 1, 60, new byte[0]).length];
    return RawMessage.record(owner, Type.NULL, 1, 60, data);
  }

  @Test
  void aSmallerSizeThanWithoutEdnsIsNotTaken() throws Exception {
    asked.addRecord(new OPTRecord(100, 0, 0, 0), Section.ADDITIONAL);
    Message fromServer = response();
    for (int i = 0; i < 10; i++) {
      fromServer.addRecord(
          new TXTRecord(name("www.example.com."), DClass.IN, 60, "number " + i), Section.ANSWER);
    }
    assertFalse(written(fromServer, true).getHeader().getFlag(Flags.TC)); // RFC 6891 §6.2.3
  }

  /** Its bytes are seen at the end, not by dnsjava, which would not take the message. */
  @Test
  void aDamagedRecordIsPassedOnAsItCame() throws Exception {
    byte[] bad = {1, 2, 3};
    byte[] record = RawMessage.record("www.example.com", Type.A, 1, 60, bad);
    byte[] fromServer = RawMessage.to(Decoded.WWW_A).answer(record).option(10, bad).bytes();
    byte[] given = given(fromServer, false);
    byte[] end = java.util.Arrays.copyOfRange(given, given.length - record.length, given.length);
    assertArrayEquals(record, end);
    assertEquals(1, given[7], "one answer");
    assertEquals(0, given[11], "and nothing besides");
  }

  /** The records point into the question: the library's own would not take exactly its place. */
  @Test
  void aQuestionThatPointsToItsNameIsNotTaken() throws Exception {
    byte[] header = {0, 0, (byte) 0x81, (byte) 0x80, 0, 1, 0, 1, 0, 0, 0, 0};
    byte[] question = {(byte) 0xc0, 12 + 6, 0, 1, 0, 1};
    byte[] record = RawMessage.record("www.example.com", Type.A, 1, 60, new byte[4]);
    byte[] response = RawMessage.join(header, question, record);
    ForwardedQuery query = ForwardedQuery.of(asked.toWire()).orElseThrow();
    assertThrows(ResponseException.class, () -> query.read(response));
    assertThrows(ResponseException.class, () -> ForwardedResponse.of(query, response, false));
  }

  @Test
  void aDamagedOptIsReplacedByOneThatCanBeRead() throws Exception {
    asked.addRecord(new OPTRecord(4096, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    byte[] address = {1, 2, 3, 4};
    byte[] fromServer =
        RawMessage.to(Decoded.WWW_A)
            .answer("www.example.com", Type.A, 60, address)
            .opt(1232, 0, new byte[] {0, 15, 0, 2, 0, 15, 0, 8, 0, 77})
            .bytes();
    Message given = new Message(given(fromServer, true));
    assertEquals(1, given.getSection(Section.ANSWER).size());
    EDNSOption blocked = given.getOPT().getOptions().get(0);
    assertEquals(15, blocked.getCode());
    assertEquals(1, given.getOPT().getOptions().size());
  }

  /** An OPT may stand anywhere among the additional records (RFC 6891 §6.1.1). */
  @Test
  void recordsBehindOptStayUnlessTheyMayPointBehindIt() throws Exception {
    byte[] address = {1, 2, 3, 4};
    byte[] plain = RawMessage.record("a.example", Type.A, 1, 60, address);
    RawMessage message = RawMessage.to(Decoded.WWW_A).answer("www.example.com", 1, 60, address);
    byte[] both = message.opt(1232, 0).additional(plain).bytes();
    Message given = new Message(given(both, false));
    assertEquals("a.example.", given.getSection(Section.ADDITIONAL).get(0).getName().toString());
    assertEquals(1, given.getSection(Section.ADDITIONAL).size());

    int behind = both.length - plain.length;
    byte[] pointing = {(byte) 0xc0, (byte) behind, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, 3, 4};
    byte[] three = message.additional(pointing).bytes();
    assertEquals(1, new Message(given(three, false)).getSection(Section.ADDITIONAL).size());

    byte[] atItsEnd = {10, 0, (byte) 0xc0, (byte) behind};
    RawMessage last = RawMessage.to(Decoded.WWW_A).answer("www.example.com", 1, 60, address);
    byte[] four =
        last.opt(1232, 0).additional(RawMessage.record("b.example", 1, 1, 60, atItsEnd)).bytes();
    assertEquals(0, new Message(given(four, false)).getSection(Section.ADDITIONAL).size());
  }

  @Test
  void aDamagedSectionEndsWhereItCanNoLongerBeRead() throws Exception {
    byte[] address = {1, 2, 3, 4};
    byte[] overruns = {0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 99};
    byte[] fromServer =
        RawMessage.to(Decoded.WWW_A)
            .answer("www.example.com", Type.A, 60, address)
            .additional(RawMessage.record("a.example", Type.A, 1, 60, address))
            .additional(overruns)
            .bytes();
    asked.addRecord(new OPTRecord(4096, 0, 0, 0), Section.ADDITIONAL);
    Message given = new Message(given(fromServer, false));
    assertEquals(1, given.getSection(Section.ANSWER).size());
    assertEquals(2, given.getSection(Section.ADDITIONAL).size(), "the good one and OPT");
  }

  /** The records point into the question, which is spelled as the library spelled it. */
  @Test
  void compressedNamesFollowTheQuestion() throws Exception {
    Message fromServer = response();
    fromServer.addRecord(
        new ARecord(name("www.example.com."), DClass.IN, 60, InetAddress.getLoopbackAddress()),
        Section.ANSWER);
    Message given = written(fromServer, false);
    assertEquals("WWW.example.com.", given.getSection(Section.ANSWER).get(0).getName().toString());
  }

  @Test
  void aReasonWithoutRoomIsLeftOut() throws Exception {
    asked.addRecord(new OPTRecord(512, 0, 0, 0), Section.ADDITIONAL);
    Message fromServer = response();
    EDNSOption blocked =
        new ExtendedErrorCodeOption(ExtendedErrorCodeOption.BLOCKED, "x".repeat(600));
    fromServer.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(blocked)), Section.ADDITIONAL);
    Message given = written(fromServer, true);
    assertEquals(List.of(), given.getOPT().getOptions());
  }

  @Test
  void anErrorResponseCarriesItsReason() throws Exception {
    asked.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
    ForwardedQuery query = ForwardedQuery.of(asked.toWire()).orElseThrow();
    LookupFailure failure =
        LookupFailure.of(
            List.of(
                new LookupFailure.Attempt(
                    "192.0.2.1@853", LookupFailure.Kind.TIMEOUT, "no answer in time", null)));
    isRefusal(
        Rcode.SERVFAIL,
        "dot-agent: no answer over TLS: 192.0.2.1@853 no answer in time",
        ForwardedResponse.failed(query, failure, true));
    isRefusal(
        Rcode.REFUSED,
        "dot-agent: it asks for a zone transfer",
        ForwardedResponse.refused(query, "it asks for a zone transfer", true));
    isRefusal(
        Rcode.NXDOMAIN, "dot-agent: not a DNS name", ForwardedResponse.noSuchName(query, true));
  }

  @ParameterizedTest
  @CsvSource({"A, 127.0.0.1", "AAAA, 0:0:0:0:0:0:0:1", "TXT, ''"})
  void localhostIsThisMachine(String type, String address) throws Exception {
    Message query = new Message(7);
    query.getHeader().setFlag(Flags.RD);
    Name name = Name.fromString("app.localhost.");
    query.addRecord(Record.newRecord(name, Type.value(type), DClass.IN), Section.QUESTION);
    query.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
    byte[] response =
        ForwardedResponse.loopback(ForwardedQuery.of(query.toWire()).orElseThrow(), true);
    Message given = new Message(response);
    assertEquals(7, given.getHeader().getID());
    assertEquals(Rcode.NOERROR, given.getRcode());
    assertEquals(query.getQuestion(), given.getQuestion());
    assertTrue(given.getHeader().getFlag(Flags.QR) && given.getHeader().getFlag(Flags.RA));
    List<String> data = new ArrayList<>();
    for (Record record : given.getSection(Section.ANSWER)) {
      data.add(record.rdataToString());
    }
    assertEquals(address.isEmpty() ? List.of() : List.of(address), data);
  }

  /** The last character of two octets does not fit, or does. */
  @Test
  void aLongReasonIsCutToTheSizeOfTheClient() throws Exception {
    asked.addRecord(new OPTRecord(512, 0, 0, 0), Section.ADDITIONAL);
    ForwardedQuery query = ForwardedQuery.of(asked.toWire()).orElseThrow();
    for (String begin : List.of("", "x")) {
      String reason = begin + "\u00fc".repeat(300);
      byte[] response = ForwardedResponse.failed(query, new IllegalStateException(reason), true);
      assertTrue(response.length == 511 || response.length == 512, response.length + " octets");
      Message given = new Message(response);
      assertEquals(asked.getQuestion(), given.getQuestion());
      assertFalse(given.getHeader().getFlag(Flags.TC));
      ExtendedErrorCodeOption option = (ExtendedErrorCodeOption) given.getOPT().getOptions().get(0);
      assertTrue(("dot-agent: " + reason).startsWith(option.getText()), option.getText());
    }
  }

  private void isRefusal(int rcode, String reason, byte[] response) throws Exception {
    Message given = new Message(response);
    assertEquals(asked.getHeader().getID(), given.getHeader().getID());
    assertEquals(asked.getQuestion(), given.getQuestion());
    assertEquals(rcode, given.getRcode());
    EDNSOption option = given.getOPT().getOptions().get(0);
    assertEquals(reason, ((ExtendedErrorCodeOption) option).getText());
  }

  private Message written(Message fromServer, boolean overUdp) throws Exception {
    return new Message(given(fromServer.toWire(), overUdp));
  }

  private byte[] given(byte[] fromServer, boolean overUdp) throws Exception {
    ForwardedQuery query = ForwardedQuery.of(asked.toWire()).orElseThrow();
    return ForwardedResponse.of(query, query.read(fromServer).answer(), overUdp);
  }
}
