package io.github.dotagent.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.testing.ManualTimers;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedReadTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final ManualTimers clock = new ManualTimers();

  private byte[] read(SlowSocket socket) throws IOException {
    return new BoundedRead(socket, clock, clock.nanoTime() + LIMIT.toNanos()).message();
  }

  private String failure(SlowSocket socket) {
    return assertThrows(IOException.class, () -> read(socket)).getMessage();
  }

  private static byte[] frame(int length, int octets) {
    byte[] frame = new byte[2 + octets];
    frame[0] = (byte) (length >> 8);
    frame[1] = (byte) length;
    Arrays.fill(frame, 2, frame.length, (byte) 7);
    return frame;
  }

  @Test
  void inPiecesAsTheyCome() throws IOException {
    byte[] seven = new byte[300];
    Arrays.fill(seven, (byte) 7);
    assertArrayEquals(seven, read(new SlowSocket(frame(300, 300), Duration.ofMillis(3))));
  }

  /** Each silence is short, and all of them together are not. */
  @Test
  void anOctetNowAndThen() {
    SlowSocket socket = new SlowSocket(frame(0xffff, 0xffff), Duration.ofMillis(300));
    assertEquals("does not answer", failure(socket));
    assertEquals(List.of(1000, 700, 400, 100), socket.waits);
  }

  /** The time left is below the resolution of a socket's timeout; 0 would mean for ever. */
  @Test
  void theLastMillisecond() {
    SlowSocket socket = new SlowSocket(frame(300, 300), Duration.ofNanos(999_600_000));
    assertEquals("does not answer", failure(socket));
    assertEquals(List.of(1000, 1), socket.waits);
  }

  @Test
  void closedBeforeOrWithin() {
    String closed = "closed the connection instead of answering";
    assertEquals(closed, failure(new SlowSocket(new byte[0], Duration.ZERO)));
    assertEquals(closed, failure(new SlowSocket(frame(300, 299), Duration.ZERO)));
  }

  @Test
  void tooShortToBeAMessage() {
    assertEquals(
        "sent a message of 11 octets, which is not DNS",
        failure(new SlowSocket(frame(11, 11), Duration.ZERO)));
  }

  /** An octet at a time, and time passes before each. */
  private final class SlowSocket extends Socket {
    private final byte[] octets;
    private final Duration before;
    private final List<Integer> waits = new ArrayList<>();
    private int next;

    SlowSocket(byte[] octets, Duration before) {
      this.octets = octets;
      this.before = before;
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
      waits.add(millis);
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() {
          clock.advance(before);
          return next < octets.length ? octets[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
          int octet = read();
          into[offset] = (byte) octet;
          return octet < 0 ? -1 : 1;
        }
      };
    }
  }
}
