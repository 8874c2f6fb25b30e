package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FramesTest {
  private static final int BIGGEST = 65_535;

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 255, 256, 257, 4_096, BIGGEST - 1, BIGGEST})
  void aMessageOfEveryLength(int length) throws Exception {
    byte[] message = message(length);
    InputStream in = new ByteArrayInputStream(Messages.framed(message));
    assertArrayEquals(message, Frames.read(in));
    assertNull(Frames.read(in));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void readsThatBringLessThanAMessage(int atOnce) throws Exception {
    byte[] first = message(300);
    byte[] second = message(12);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(Messages.framed(first));
    both.writeBytes(Messages.framed(second));
    InputStream in = new SmallReads(both.toByteArray(), atOnce);
    assertArrayEquals(first, Frames.read(in));
    assertArrayEquals(second, Frames.read(in));
    assertNull(Frames.read(in));
  }

  @Test
  void anEndWithinAMessageIsAFailure() {
    byte[] frame = Messages.framed(message(40));
    for (int length = 1; length < frame.length; length++) {
      InputStream in = new ByteArrayInputStream(Arrays.copyOf(frame, length));
      assertThrows(EOFException.class, () -> Frames.read(in), "after " + length + " octets");
    }
  }

  @Test
  void anEndBetweenMessagesIsNone() throws Exception {
    assertNull(Frames.read(new ByteArrayInputStream(new byte[0])));
  }

  @Test
  void lessThanAHeaderIsNoMessage() {
    for (int length = 0; length < 12; length++) {
      InputStream in = new ByteArrayInputStream(Messages.framed(message(length)));
      ExchangeFailure failure = assertThrows(ExchangeFailure.class, () -> Frames.read(in));
      assertEquals(ExchangeFailure.Kind.MALFORMED, failure.kind());
      assertEquals("sent a message of " + length + " octets", failure.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 128, 255, 256, BIGGEST})
  void aQueryGoesOutUnderItsId(int length) throws Exception {
    byte[] query = message(length);
    byte[] before = query.clone();
    InputStream in = new ByteArrayInputStream(Frames.of(query, 0xfedc));
    assertArrayEquals(Messages.withId(query, 0xfedc), Frames.read(in));
    assertNull(Frames.read(in));
    assertArrayEquals(before, query, "the query may go out again, on another connection");
  }

  /** Its octets have every value, so that none is taken for a sign or an end. */
  private static byte[] message(int length) {
    byte[] message = new byte[length];
    new Random(length).nextBytes(message);
    return message;
  }

  /** Gives a few octets at a time, as TCP may. */
  private static final class SmallReads extends ByteArrayInputStream {
    private final int atOnce;

    SmallReads(byte[] octets, int atOnce) {
      super(octets);
      this.atOnce = atOnce;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, atOnce));
    }
  }
}
