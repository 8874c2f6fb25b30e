package io.github.dotagent.forward;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads messages with a length of two octets before them (RFC 1035 §4.2.2), as they come in. */
final class FrameReader {
  private static final int LENGTH = 2;

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
