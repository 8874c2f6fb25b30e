package io.github.dotagent.inspect;

import io.github.dotagent.concurrent.Timers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Reads one message within a bound for the whole message: with a bound for each silence alone, a
 * server could send an octet now and then, and the wait would have no end.
 */
final class BoundedRead {
  private static final int LENGTH = 2; // octets before a message, RFC 1035 §4.2.2
  private static final int HEADER = 12; // RFC 1035 §4.1.1

  private final Socket socket;
  private final InputStream in;
  private final Timers clock;
  private final long deadlineNanos;

  /**
   * @param deadlineNanos on the clock
   */
  BoundedRead(Socket socket, Timers clock, long deadlineNanos) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.clock = clock;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * @throws IOException when none comes in time, with a message for people
   */
  byte[] message() throws IOException {
    try {
      byte[] length = octets(LENGTH);
      int octets = (length[0] & 0xff) << 8 | length[1] & 0xff;
      if (octets < HEADER) {
        throw new IOException("sent a message of " + octets + " octets, which is not DNS");
      }
      return octets(octets);
    } catch (EOFException closed) {
      throw new ConnectionLost("closed the connection instead of answering", closed);
    } catch (SocketTimeoutException late) {
      SocketTimeoutException silence = new SocketTimeoutException("does not answer");
      silence.initCause(late);
      throw silence;
    }
  }

  private byte[] octets(int count) throws IOException {
    byte[] octets = new byte[count];
    for (int read = 0; read < count; ) {
      long leftNanos = deadlineNanos - clock.nanoTime();
      if (leftNanos <= 0) {
        throw new SocketTimeoutException("not all of it came in time");
      }
      // at least 1: to a socket 0 means for ever
      socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos)));
      int more = in.read(octets, read, count - read);
      if (more < 0) {
        throw new EOFException();
      }
      read += more;
    }
    return octets;
  }
}
