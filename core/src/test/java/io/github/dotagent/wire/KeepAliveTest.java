package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;

/** The time that a server keeps an idle connection, read from its response (RFC 7828). */
class KeepAliveTest {
  private static final Question QUESTION = Question.of("a.example", RecordType.A);
  private static final int PADDING = 12;

  @Test
  void isInTenthsOfASecond() throws Exception {
    assertEquals(Optional.of(Duration.ofSeconds(12)), told(new TcpKeepaliveOption(120)));
  }

  @Test
  void zeroIsAValidTime() throws Exception {
    assertEquals(Optional.of(Duration.ZERO), told(new TcpKeepaliveOption(0)));
  }

  @Test
  void theLongest() throws Exception {
    assertEquals(Optional.of(Duration.ofMillis(6_553_500)), told(new TcpKeepaliveOption(65_535)));
  }

  @Test
  void anOptionWithoutATimeSaysNothing() throws Exception {
    assertEquals(Optional.empty(), told(new TcpKeepaliveOption()));
  }

  @Test
  void itIsFoundAmongOtherOptions() throws Exception {
    assertEquals(
        Optional.of(Duration.ofSeconds(1)),
        told(new GenericEDNSOption(PADDING, new byte[10]), new TcpKeepaliveOption(10)));
  }

  @Test
  void withoutTheOptionThereIsNone() throws Exception {
    assertEquals(Optional.empty(), told());
    assertEquals(Optional.empty(), decoded(response()).keepAlive());
  }

  private static Optional<Duration> told(EDNSOption... options) throws Exception {
    Message response = response();
    response.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(options)), Section.ADDITIONAL);
    return decoded(response).keepAlive();
  }

  private static Response<Answer> decoded(Message response) throws Exception {
    return ResponseDecoder.decode(QUESTION, response.toWire(), "192.0.2.1");
  }

  private static Message response() throws Exception {
    Message response = new Message(QueryEncoder.encode(QUESTION));
    response.removeAllRecords(Section.ADDITIONAL);
    response.getHeader().setFlag(Flags.QR);
    return response;
  }
}
