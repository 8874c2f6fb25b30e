package io.github.dotagent.it.harness.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes frames (two octets of length, then the message: RFC 7766 §8) to one connection, whole or
 * spoilt. Thread-safe: one frame at a time.
 */
final class FrameWriter {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final OutputStream out;

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  synchronized void whole(byte[] message) throws IOException {
    // One write, thus one TLS record: RFC 7766 §8 asks for prefix and message together.
    out.write(framed(message));
    out.flush();
  }

  synchronized void half(byte[] message) throws IOException {
    out.write(framed(message), 0, Short.BYTES + message.length / 2);
    out.flush();
  }

  synchronized void octetByOctet(byte[] message) throws IOException {
    for (byte octet : framed(message)) {
      out.write(octet);
      out.flush();
    }
  }

  /** An octet a second, until the connection fails. */
  synchronized void slowly(byte[] message) throws IOException {
    for (byte octet : framed(message)) {
      long due = System.nanoTime() + SECOND;
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      out.write(octet);
      out.flush();
    }
  }

  /** With a length that is not the message's. */
  synchronized void withLength(int length, byte[] message) throws IOException {
    byte[] frame = framed(message);
    frame[0] = (byte) (length >> 8);
    frame[1] = (byte) length;
    out.write(frame);
    out.flush();
  }

  private static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(Short.BYTES + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }
}
