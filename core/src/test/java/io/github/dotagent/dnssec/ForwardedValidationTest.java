package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.ForwardedResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries that a library wrote, answered with what is checked. */
class ForwardedValidationTest {
  private final ManualTimers timers = new ManualTimers();
  private final SignedZones zones = new SignedZones();

  @BeforeEach
  void signTheTree() {
    timers.advance(Duration.ofDays(1));
    zones.sign("test.").leaveUnsigned("plain.test.");
    Message honest = SignedZones.response("www.test.", Type.TXT, Rcode.NOERROR);
    zones.with(honest, Section.ANSWER, "test.", SignedZones.record("www.test.", Type.TXT, "hello"));
    zones.answer("www.test.", Type.TXT, honest);
  }

  @Test
  void withoutDoThereAreNoSignatures() throws Exception {
    Message response = forwarded(query("www.test.", Type.TXT, 0, false));
    assertEquals(1, response.getSection(Section.ANSWER).size());
    assertEquals(List.of(), response.getSection(Section.AUTHORITY));
    assertTrue(!response.getHeader().getFlag(Flags.AD), "the library does not know the bit");
  }

  @Test
  void withTheAdBitTheVerdictIsTold() throws Exception {
    assertTrue(forwarded(query("www.test.", Type.TXT, 0, true)).getHeader().getFlag(Flags.AD));
  }

  @Test
  void withDoTheSignaturesComeWithIt() throws Exception {
    Message response = forwarded(query("www.test.", Type.TXT, ExtendedFlags.DO, false));
    assertEquals(
        List.of(Type.TXT, Type.RRSIG),
        response.getSection(Section.ANSWER).stream().map(Record::getType).toList());
    assertTrue(response.getHeader().getFlag(Flags.AD));
  }

  @Test
  void whatIsInsecureHasNoAdBit() throws Exception {
    Message plain = SignedZones.response("www.plain.test.", Type.TXT, Rcode.NOERROR);
    plain.getHeader().setFlag(Flags.AD); // a server may say what it likes
    plain.addRecord(SignedZones.record("www.plain.test.", Type.TXT, "hello"), Section.ANSWER);
    zones.answer("www.plain.test.", Type.TXT, plain);
    Message response = forwarded(query("www.plain.test.", Type.TXT, ExtendedFlags.DO, true));
    assertEquals(1, response.getSection(Section.ANSWER).size());
    assertTrue(!response.getHeader().getFlag(Flags.AD));
  }

  @Test
  void whatIsBogusIsServfailWithTheCode() throws Exception {
    Message forged = SignedZones.response("www.test.", Type.TXT, Rcode.NOERROR);
    forged.addRecord(SignedZones.record("www.test.", Type.TXT, "forged"), Section.ANSWER);
    zones.answer("www.test.", Type.TXT, forged);
    ForwardedQuery query = query("www.test.", Type.TXT, 0, false);
    CompletionException failed =
        assertThrows(
            CompletionException.class,
            () -> lookup().forward(query, any -> true, timers.nanoTime()).join());
    LookupFailure bogus = assertInstanceOf(LookupFailure.class, failed.getCause());
    Message response = new Message(ForwardedResponse.failed(query, bogus, false));
    assertEquals(Rcode.SERVFAIL, response.getRcode());
    EDNSOption option = response.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).get(0);
    assertEquals(bogus.extendedError(), ((ExtendedErrorCodeOption) option).getErrorCode());
    assertEquals(LookupFailure.Kind.BOGUS, bogus.kind());
  }

  private ValidatingLookup lookup() {
    return new ValidatingLookup(
        zones,
        new DnssecPolicy(true, List.of(), zones.anchors()),
        Runnable::run,
        timers,
        Duration.ofSeconds(5).toNanos());
  }

  private Message forwarded(ForwardedQuery query) throws Exception {
    byte[] validated = lookup().forward(query, any -> true, timers.nanoTime()).join();
    return new Message(ForwardedResponse.of(query, validated, false));
  }

  private static ForwardedQuery query(String name, int type, int flags, boolean verdict)
      throws IOException {
    Message message = new Message(4711);
    message.getHeader().setFlag(Flags.RD);
    if (verdict) {
      message.getHeader().setFlag(Flags.AD);
    }
    message.addRecord(Record.newRecord(SignedZones.name(name), type, DClass.IN), Section.QUESTION);
    message.addRecord(new OPTRecord(1232, 0, 0, flags), Section.ADDITIONAL);
    return ForwardedQuery.of(message.toWire()).orElseThrow();
  }
}
