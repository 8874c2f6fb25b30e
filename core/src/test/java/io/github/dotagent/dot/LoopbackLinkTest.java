package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.ResponseDecoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopbackLinkTest {
  private static final int ID = 0x1234;

  private final LoopbackLink link = new LoopbackLink();

  private Answer answered(Question question) throws Exception {
    link.send(List.of(Frames.of(QueryEncoder.encode(question), ID)));
    byte[] response = Frames.read(link.in());
    assertEquals(ID, response[0] << 8 | response[1]);
    return ResponseDecoder.decode(question, response, "loopback").answer();
  }

  @Test
  void everyNameHasOneAddressAndNothingElse() throws Exception {
    Answer ipv4 = answered(Question.of("any.warm-up.example", RecordType.A));
    assertArrayEquals(new byte[] {(byte) 192, 0, 2, 1}, ipv4.addresses().get(0));
    assertEquals(1, ipv4.addresses().size());
    Answer ipv6 = answered(Question.of("any.warm-up.example", RecordType.AAAA));
    assertEquals(Answer.Outcome.NO_DATA, ipv6.outcome());
  }

  @Test
  void itsEndIsAnEndOfStream() throws Exception {
    link.close();
    assertNull(Frames.read(link.in()));
  }
}
