package io.github.dotagent.forward;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads messages with a length of two octets before them (RFC 1035 §4.2.2), as they come in. */
final class FrameReader {
  private static final int LENGTH = 2; // RFC 1035 §4.2.2

  // RFC 1035 §4.1.1: where flags and counts stand
  private static final int HEADER = 12;
  private static final int FLAGS = 2;
  private static final int RESPONSE = 0x80;
  private static final int COUNTS = 4;

  // RFC 1035 §4.1.2 and §4.1.3, of the root, without data
  private static final int LEAST_QUESTION = 5;
  private static final int LEAST_RECORD = 11;

  private final ByteBuffer length = ByteBuffer.allocate(LENGTH);
  private ByteBuffer message; // null until its length is known

  /**
   * The next message; null when it is not whole yet.
   *
   * @throws EOFException when there will be no more
   */
  byte[] read(ReadableByteChannel channel) throws IOException {
    if (message == null) {
      if (!fill(length, channel)) {
        return null;
      }
      length.flip();
      message = ByteBuffer.allocate(length.getShort() & 0xffff);
      length.clear();
    }
    if (!fill(message, channel)) {
      return null;
    }
    byte[] whole = message.array();
    message = null;
    return whole;
  }

  /** The octets so far of an incomplete message, with its length before it. */
  byte[] begun() {
    ByteBuffer last = message == null ? length : message;
    byte[] octets = new byte[message == null ? last.position() : LENGTH + last.position()];
    System.arraycopy(length.array(), 0, octets, 0, Math.min(LENGTH, octets.length));
    if (message != null) {
      System.arraycopy(message.array(), 0, octets, LENGTH, message.position());
    }
    return octets;
  }

  /** Whether some octets have arrived, but not a whole header. */
  boolean isLessThanHeader() {
    return message == null ? length.position() > 0 : message.position() < HEADER;
  }

  /** Whether the octets so far already show that the message is not a query. */
  boolean isNoQuery() {
    return message != null && isNoQuery(message.array(), message.position());
  }

  /**
   * Whether the header shows that a message is not a query: it is cut short, it belongs to a
   * response, or it counts more questions and records than fit into the message. The first octets
   * of other protocols, read as counts, give thousands.
   *
   * @param come how many octets have arrived
   */
  static boolean isNoQuery(byte[] message, int come) {
    if (message.length < HEADER || come > FLAGS && (message[FLAGS] & RESPONSE) != 0) {
      return true;
    }
    if (come < HEADER) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(message);
    int least = HEADER + LEAST_QUESTION * (header.getShort(COUNTS) & 0xffff);
    for (int records = COUNTS + 2; records < HEADER; records += 2) {
      least += LEAST_RECORD * (header.getShort(records) & 0xffff);
    }
    return least > message.length;
  }

  private static boolean fill(ByteBuffer buffer, ReadableByteChannel channel) throws IOException {
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer);
      if (read < 0) {
        throw new EOFException();
      }
      if (read == 0) {
        return false;
      }
    }
    return true;
  }

  /** A message with its length before it, to be written. */
  static ByteBuffer framed(byte[] message) {
    ByteBuffer frame = ByteBuffer.allocate(LENGTH + message.length);
    frame.putShort((short) message.length).put(message).flip();
    return frame;
  }
}
