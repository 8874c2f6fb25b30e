package io.github.dotagent.inspect;

import io.github.dotagent.support.Timers;
import io.github.dotagent.tls.TlsSession;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;

/**
 * A connection to an authenticated server, for one query after the other. Blocks; for one thread.
 */
public final class InspectedServer implements Closeable {
  private static final int HEADER = 12; // RFC 1035 §4.1.1

  private static final SecureRandom IDS = new SecureRandom();

  private final TlsSession session;
  private final Timers clock;

  /**
   * @param session authenticated; closed with this
   * @param limitMillis the bound of each silence of the server
   * @throws IOException when the connection is lost already
   */
  public InspectedServer(TlsSession session, int limitMillis, Timers clock) throws IOException {
    this.session = session;
    this.clock = clock;
    session.socket().setSoTimeout(limitMillis);
  }

  /**
   * Sends a query under an id that cannot be guessed, and waits for the response that has it.
   *
   * @param query a DNS message; its id is replaced
   * @throws IOException when no response comes, with a message for people
   */
  public Exchanged exchange(byte[] query) throws IOException {
    byte[] frame = new byte[2 + query.length]; // RFC 1035 §4.2.2, in one write: RFC 7766 §8
    byte[] id = new byte[2];
    IDS.nextBytes(id);
    frame[0] = (byte) (query.length >> 8);
    frame[1] = (byte) query.length;
    System.arraycopy(query, 0, frame, 2, query.length);
    System.arraycopy(id, 0, frame, 2, 2);
    long begun = clock.nanoTime();
    OutputStream out = session.out();
    out.write(frame);
    out.flush();
    byte[] response = read();
    long nanos = clock.nanoTime() - begun;
    if (response[0] != id[0] || response[1] != id[1]) {
      throw new IOException("answered with another id than the query's");
    }
    return new Exchanged(response, nanos);
  }

  private byte[] read() throws IOException {
    try {
      DataInputStream in = new DataInputStream(session.in());
      int length = in.readUnsignedShort();
      if (length < HEADER) {
        throw new IOException("sent a message of " + length + " octets, which is no DNS");
      }
      byte[] message = new byte[length];
      in.readFully(message);
      return message;
    } catch (EOFException closed) {
      throw new IOException("closed the connection instead of answering", closed);
    } catch (SocketTimeoutException silence) {
      throw new IOException("does not answer", silence);
    }
  }

  @Override
  public void close() {
    session.closeInOrder();
  }
}
