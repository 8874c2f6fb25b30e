package io.github.dotagent.wire;

import static io.github.dotagent.wire.ForwardedQueryTest.name;
import static io.github.dotagent.wire.ForwardedQueryTest.query;
import static io.github.dotagent.wire.ForwardedQueryTest.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.LookupFailure;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

class ForwardedResponseTest {
  private final Message asked = query("WWW.example.com.", Type.A);

  @Test
  void itHasTheLibrarysIdAndQuestionAndNoEdnsUnasked() throws Exception {
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
  void whatIsTooLongForUdpIsCutAndSaysSo() throws Exception {
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

  @Test
  void noAnswerIsSaidWithItsReason() throws Exception {
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
        Rcode.NXDOMAIN, "dot-agent: no name of the DNS", ForwardedResponse.noSuchName(query, true));
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
    ForwardedQuery query = ForwardedQuery.of(asked.toWire()).orElseThrow();
    return new Message(ForwardedResponse.of(query, fromServer.toWire(), overUdp));
  }
}
