package io.github.dotagent.dot;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** DNS messages on a stream: two octets of length before each (RFC 1035 §4.2.2, RFC 7766 §8). */
final class Frames {
  private static final int LENGTH = 2; // RFC 1035 §4.2.2
  private static final int ID = 2; // RFC 1035 §4.1.1
  private static final int SMALLEST_MESSAGE = 12; // the header alone, RFC 1035 §4.1.1

  private Frames() {}

  /**
   * The next message; null when the server has closed the connection between two of them.
   *
   * @throws ExchangeFailure if the octets cannot be a DNS message
   * @throws IOException if the connection is lost, or ends in the middle of a message
   */
  static byte[] read(InputStream in) throws IOException, ExchangeFailure {
    int high = in.read();
    if (high < 0) {
      return null;
    }
    int low = in.read();
    if (low < 0) {
      throw new EOFException("the connection ended within a message");
    }
    int length = high << 8 | low;
    if (length < SMALLEST_MESSAGE) {
      throw ExchangeFailure.malformed("sent a message of " + length + " octets");
    }
    byte[] message = new byte[length];
    for (int read = 0; read < length; ) {
      int more = in.read(message, read, length - read);
      if (more < 0) {
        throw new EOFException("the connection ended within a message");
      }
      read += more;
    }
    return message;
  }

  /** The query with its id and its length before it, for one write (RFC 7766 §8). */
  static byte[] of(byte[] query, int id) {
    byte[] frame = new byte[LENGTH + query.length];
    frame[0] = (byte) (query.length >> 8);
    frame[1] = (byte) query.length;
    frame[2] = (byte) (id >> 8); // the two octets of the id are replaced
    frame[3] = (byte) id;
    System.arraycopy(query, ID, frame, LENGTH + ID, query.length - ID);
    return frame;
  }

  /** Joins frames into one array, in order. */
  static byte[] joined(List<byte[]> frames) {
    int length = 0;
    for (byte[] frame : frames) {
      length += frame.length;
    }
    byte[] joined = new byte[length];
    int end = 0;
    for (byte[] frame : frames) {
      System.arraycopy(frame, 0, joined, end, frame.length);
      end += frame.length;
    }
    return joined;
  }
}
