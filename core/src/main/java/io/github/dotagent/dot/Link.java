package io.github.dotagent.dot;

import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.tls.TlsFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The way to one server, used once: opened, read by one thread, written by another, closed by any.
 */
interface Link extends Closeable {
  /**
   * A server that is silent for this time in the handshake may still continue; if a box on the way
   * has dropped the packets, it will not. So the handshake continues, and another one begins beside
   * it. The same time as for an open connection that owes an answer.
   */
  int SILENT_MILLIS = (int) TimeUnit.NANOSECONDS.toMillis(Upkeep.SILENT_NANOS);

  /**
   * Connects, secures, authenticates. Blocks until then; {@link #close} from another thread ends
   * it.
   *
   * @param silent run, on this thread, when the server has taken the connection and then said
   *     nothing for {@link #SILENT_MILLIS}, and each time that happens again
   */
  void open(Runnable silent) throws TlsFailure;

  /**
   * Whether other settings would still accept the server, once the link is open: not if they demand
   * another key, or no longer trust its authority.
   */
  default boolean isTakenBy(TlsConnector other) {
    return true;
  }

  /** Whether the server has accepted the TCP connection, to report the state. */
  boolean isReached();

  /**
   * For how many nanoseconds {@link #open} has waited for the server so far; the rest of its time
   * is this machine's own.
   */
  long waitedNanos();

  /** The server's octets; available once {@link #open} has returned. */
  InputStream in() throws IOException;

  /** Called by the reader after it has read the octets that came, before it waits for more. */
  void acknowledge();

  /**
   * Sends messages with their lengths before them, all in one write to the socket. Call it only
   * after {@link #open} has returned; for one thread.
   */
  void send(List<byte[]> frames) throws IOException;

  /**
   * Sends a TLS close, so that the session may be resumed, and ends it. Call it only after {@link
   * #open} has returned; may block on a server that no longer reads, until {@link #close}.
   */
  void closeInOrder();

  /** Ends it at whatever stage it is; never blocks on the server, never throws. */
  @Override
  void close();
}
