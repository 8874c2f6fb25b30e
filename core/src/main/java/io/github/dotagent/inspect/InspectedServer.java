package io.github.dotagent.inspect;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.tls.TlsSession;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * An authenticated server, for one query after another. A server may close the connection after any
 * answer (RFC 7858 §3.4); then it is connected to again. Blocks; for one thread.
 */
public final class InspectedServer implements Closeable {
  private static final SecureRandom IDS = new SecureRandom();

  private final Supplier<TlsSession> another;
  private final Timers clock;
  private final long limitNanos;
  private TlsSession session;
  private boolean answered; // on this connection
  private int connections = 1;

  /**
   * @param session authenticated; closed with this
   * @param another makes one more such session; returns null if it cannot
   * @param limitMillis the bound of each exchange
   */
  public InspectedServer(
      TlsSession session, Supplier<TlsSession> another, int limitMillis, Timers clock) {
    this.session = session;
    this.another = another;
    this.clock = clock;
    this.limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
  }

  /**
   * Sends a query under an id that cannot be guessed, and waits for the response that has it. If
   * the connection ends, and there was an answer on it, the query is sent once more on another.
   *
   * @param query a DNS message; its id is replaced
   * @throws ConnectionLost when the connection is no more
   * @throws IOException when no response comes, with a message for people
   */
  public TimedResponse exchange(byte[] query) throws IOException {
    TimedResponse response;
    try {
      response = exchangeNow(query);
    } catch (ConnectionLost lost) {
      TlsSession next = answered ? another.get() : null;
      if (next == null) {
        throw lost;
      }
      close();
      session = next;
      connections++;
      answered = false;
      response = exchangeNow(query);
    }
    answered = true;
    return response;
  }

  /** How many connections there were. */
  public int connections() {
    return connections;
  }

  private TimedResponse exchangeNow(byte[] query) throws IOException {
    byte[] frame = new byte[2 + query.length]; // RFC 1035 §4.2.2, in one write: RFC 7766 §8
    byte[] id = new byte[2];
    IDS.nextBytes(id);
    frame[0] = (byte) (query.length >> 8);
    frame[1] = (byte) query.length;
    System.arraycopy(query, 0, frame, 2, query.length);
    System.arraycopy(id, 0, frame, 2, 2);
    long begun = clock.nanoTime();
    byte[] response = response(frame, begun + limitNanos);
    long nanos = clock.nanoTime() - begun;
    if (response[0] != id[0] || response[1] != id[1]) {
      throw new IOException("answered with another id than the query's");
    }
    return new TimedResponse(response, nanos);
  }

  private byte[] response(byte[] frame, long deadlineNanos) throws IOException {
    try {
      OutputStream out = session.out();
      out.write(frame);
      out.flush();
      return new BoundedRead(session.socket(), clock, deadlineNanos).message();
    } catch (SocketException | SSLException broken) {
      throw new ConnectionLost("broke the connection: " + broken.getMessage(), broken);
    }
  }

  /** Closes the connection without waiting: the response is complete. */
  @Override
  public void close() {
    try {
      // with a limit set, JSSE waits so long for the server's close (SSLSocketInputRecord.deplete)
      session.socket().setSoTimeout(0);
    } catch (SocketException closedAlready) {
      // then there is nothing to wait for
    }
    session.closeInOrder();
  }
}
