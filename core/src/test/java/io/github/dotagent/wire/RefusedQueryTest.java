package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.LookupFailure;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a library is told without a server: its own query back, and why. */
class RefusedQueryTest {
  private static Message query(boolean rd, boolean cd, int ednsFlags) {
    Message query = new Message(4711);
    query.addRecord(
        Record.newRecord(Name.fromConstantString("Www.example.com."), Type.MX, DClass.IN),
        Section.QUESTION);
    if (rd) {
      query.getHeader().setFlag(Flags.RD);
    }
    if (cd) {
      query.getHeader().setFlag(Flags.CD);
    }
    if (ednsFlags >= 0) {
      query.addRecord(new OPTRecord(1232, 0, 0, ednsFlags), Section.ADDITIONAL);
    }
    return query;
  }

  private static ForwardedQuery read(Message query) {
    return ForwardedQuery.of(query.toWire()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void flagsAreTheQuerys(boolean rd, boolean cd) throws IOException {
    Message given =
        new Message(ForwardedResponse.refused(read(query(rd, cd, -1)), "a reason", true));
    assertEquals(rd, given.getHeader().getFlag(Flags.RD));
    assertEquals(cd, given.getHeader().getFlag(Flags.CD));
    assertTrue(given.getHeader().getFlag(Flags.QR));
    assertTrue(given.getHeader().getFlag(Flags.RA));
    assertEquals(4711, given.getHeader().getID());
    assertEquals("Www.example.com.", given.getQuestion().getName().toString());
    assertEquals(Type.MX, given.getQuestion().getType());
    assertEquals(null, given.getOPT(), "EDNS is for who asks with it");
  }

  @ParameterizedTest
  @CsvSource({"0", "32768"}) // DO, RFC 3225 §3
  void ednsHasItsReason(int ednsFlags) throws IOException {
    Message given =
        new Message(
            ForwardedResponse.refused(read(query(true, false, ednsFlags)), "a reason", true));
    assertEquals(Rcode.REFUSED, given.getRcode());
    assertEquals(ednsFlags & ExtendedFlags.DO, given.getOPT().getFlags());
    ExtendedErrorCodeOption why = (ExtendedErrorCodeOption) given.getOPT().getOptions().get(0);
    assertEquals(ExtendedErrorCodeOption.PROHIBITED, why.getErrorCode());
    assertEquals("dot-agent: a reason", why.getText());
  }

  @Test
  void theKindOfRequestIsKept() throws IOException {
    Message update = query(true, false, -1);
    update.getHeader().setOpcode(Opcode.NOTIFY);
    Message given = new Message(ForwardedResponse.refused(read(update), "a reason", true));
    assertEquals(Opcode.NOTIFY, given.getHeader().getOpcode());
  }

  @Test
  void aFailureHasItsOwnCode() throws IOException {
    LookupFailure untrusted =
        LookupFailure.of(
            List.of(
                new LookupFailure.Attempt(
                    "192.0.2.53", LookupFailure.Kind.UNTRUSTED, "pin mismatch", null)));
    ForwardedQuery query = read(query(true, false, 0));
    assertEquals(
        untrusted.extendedError(), codeOf(ForwardedResponse.failed(query, untrusted, true)));
    assertEquals(
        ExtendedErrorCodeOption.OTHER,
        codeOf(ForwardedResponse.failed(query, new IOException("x"), true)));
    Message none = new Message(ForwardedResponse.noSuchName(query, true));
    assertEquals(Rcode.NXDOMAIN, none.getRcode());
  }

  private static int codeOf(byte[] response) throws IOException {
    Message given = new Message(response);
    assertEquals(Rcode.SERVFAIL, given.getRcode());
    return ((ExtendedErrorCodeOption) given.getOPT().getOptions().get(0)).getErrorCode();
  }

  /** RFC 7871 §7.1.2: a client subnet of no bits. */
  @ParameterizedTest
  @CsvSource({
    "00080004 00010000,                     true",
    "00080004 00011800,                     false", // 24 bits
    "00080003 000100,                       false", // cut short
    "00080007 00011800c00002,               false",
    "000a0008 0102030405060708 00080004 00010000, true", // behind a cookie
    "000a00ff 01 00080004 00010000,         false", // behind one that claims too much
    "000c0000,                              false",
  })
  void recognizesAClientSubnetOfNoBits(String options, boolean wished) {
    byte[] data = HexFormat.of().parseHex(options.replace(" ", ""));
    byte[] opt = RawMessage.record("", RawMessage.OPT, 1232, 0, data);
    byte[] query =
        new RawMessage()
            .without(RawMessage.QR)
            .question("www.example.com", RawMessage.A, RawMessage.IN)
            .additional(opt)
            .bytes();
    assertEquals(wished, ForwardedQuery.of(query).orElseThrow().wantsNoSubnet());
  }
}
