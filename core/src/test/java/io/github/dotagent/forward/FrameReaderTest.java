package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aMessageInPiecesIsReadWhole() throws Exception {
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
  void aMessageOf65535OctetsIsReadWhole() throws Exception {
    byte[] longest = new byte[65_535];
    longest[65_534] = 7;
    arrived.put(FrameReader.framed(longest));
    assertArrayEquals(longest, reader.read(channel));
  }

  @Test
  void theEndInTheMiddleOfAMessageIsAnEofException() throws Exception {
    arrived.put((byte) 0).put((byte) 3).put((byte) 7);
    assertNull(reader.read(channel));
    ended = true;
    assertThrows(EOFException.class, () -> reader.read(channel));
  }

  @Test
  void aFrameBeginsWithTheLength() {
    assertEquals(ByteBuffer.wrap(new byte[] {0, 2, 8, 9}), FrameReader.framed(new byte[] {8, 9}));
  }

  /** What other protocols begin with, as far as a client says something first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "474554202f20485454502f312e310d0a", // GET / HTTP/1.1
        "5353482d322e302d4f70656e5353485f", // SSH-2.0-OpenSSH_
        "1603010200010001fc0303abcdef0102", // TLS: ClientHello
        "505249202a20485454502f322e300d0a", // HTTP/2
        "000568656c6c6f", // five octets
        "001c126781800001000000000000", // a response
        "474554202f20485454502f312e30", // GET / HTTP/1.0, as much as a header of DNS
        "001c126701000010000000000000", // 16 questions in 28 octets
        "001a126701000003000000000000", // 3 questions of 5 octets in 26
        "002616676c6f6d0b7468000b0000", // no question, and records without room
      })
  void otherProtocolsAreRecognizedByTheirFirstOctets(String octets) throws Exception {
    byte[] begin = HexFormat.of().parseHex(octets);
    arrived.put(begin);
    byte[] whole = reader.read(channel);
    if (whole == null) {
      assertTrue(reader.isNoQuery());
      assertArrayEquals(begin, reader.begun());
    } else {
      assertTrue(FrameReader.isNoQuery(whole, whole.length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12670100000100000000000003777777076578616d706c6504746573740000010001",
        "0000010000010000000000010000020001" + "0000290200000080000000", // the root, EDNS
        "1267000000010000000000000000fc0001", // a zone transfer
        "126730000000000000000000", // RFC 8490 §5.4: a header alone
        "1267010000020000000000000000010001" + "0000020001", // 2 questions, no octet more
        "126728000001000000010000" + "0000060001" + "0000010001000000000000", // an update
      })
  void queriesAreRecognizedAtEachOctet(String octets) throws Exception {
    byte[] query = HexFormat.of().parseHex(octets);
    assertFalse(FrameReader.isNoQuery(query, query.length));
    ByteBuffer framed = FrameReader.framed(query);
    while (framed.remaining() > 1) {
      arrived.put(framed.get());
      assertNull(reader.read(channel));
      assertFalse(reader.isNoQuery(), "with " + framed.remaining() + " octets to come");
    }
    assertArrayEquals(
        Arrays.copyOf(FrameReader.framed(query).array(), query.length + 1), reader.begun());
  }

  /** 30 of 40 octets of a query may come late, and are no other protocol. */
  @Test
  void lessThanTwelveOctetsOfAMessageAreLessThanAHeader() throws Exception {
    for (int come = 0; come <= 30; come++) {
      byte[] octets = new byte[come];
      if (come > 1) {
        octets[1] = 40;
      }
      FrameReader reader = new FrameReader();
      reader.read(
          new java.nio.channels.ReadableByteChannel() {
            private final java.nio.ByteBuffer left = java.nio.ByteBuffer.wrap(octets);

            @Override
            public int read(java.nio.ByteBuffer to) {
              int count = 0;
              while (left.hasRemaining() && to.hasRemaining()) {
                to.put(left.get());
                count++;
              }
              return count;
            }

            @Override
            public boolean isOpen() {
              return true;
            }

            @Override
            public void close() {
              // nothing to close
            }
          });
      org.junit.jupiter.api.Assertions.assertEquals(
          come > 0 && come < 14, reader.isLessThanHeader(), come + " octets");
    }
  }
}
