package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private final FrameReader reader = new FrameReader();
  private final ByteBuffer arrived = ByteBuffer.allocate(100_000);
  private boolean ended;

  private final ReadableByteChannel channel =
      new ReadableByteChannel() {
        @Override
        public int read(ByteBuffer into) {
          int most = Math.min(arrived.position(), into.remaining());
          arrived.flip();
          for (int i = 0; i < most; i++) {
            into.put(arrived.get());
          }
          arrived.compact();
          return most == 0 && ended ? -1 : most;
        }

        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public void close() {}
      };

  @Test
  void messagesComeInPieces() throws Exception {
    arrived.put((byte) 0);
    assertNull(reader.read(channel));
    arrived.put((byte) 3).put((byte) 7);
    assertNull(reader.read(channel));
    arrived.put((byte) 8).put((byte) 9).put((byte) 0).put((byte) 0).put((byte) 0);
    assertArrayEquals(new byte[] {7, 8, 9}, reader.read(channel));
    assertArrayEquals(new byte[0], reader.read(channel));
    assertNull(reader.read(channel));
    arrived.put((byte) 1).put((byte) 5);
    assertArrayEquals(new byte[] {5}, reader.read(channel));
  }

  @Test
  void theLongestThereIs() throws Exception {
    byte[] longest = new byte[65_535];
    longest[65_534] = 7;
    arrived.put(FrameReader.framed(longest));
    assertArrayEquals(longest, reader.read(channel));
  }

  @Test
  void theEndInTheMiddleOfAMessage() throws Exception {
    arrived.put((byte) 0).put((byte) 3).put((byte) 7);
    assertNull(reader.read(channel));
    ended = true;
    assertThrows(EOFException.class, () -> reader.read(channel));
  }

  @Test
  void theLengthComesFirst() {
    assertEquals(ByteBuffer.wrap(new byte[] {0, 2, 8, 9}), FrameReader.framed(new byte[] {8, 9}));
  }
}
