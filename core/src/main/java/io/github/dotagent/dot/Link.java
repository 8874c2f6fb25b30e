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
   * A server that says nothing for so long in the handshake may go on; a box on the way that has
   * swallowed the packets will not. So the handshake goes on, and another one is begun beside it.
   * As long as an open connection may be silent while it owes an answer.
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
   * Whether the server, once it is open, is one that other settings would still have: not when they
   * want another key of it.
   */
  default boolean isTakenBy(TlsConnector other) {
    return true;
  }

  /** Whether the server has taken the TCP connection, for telling how far it got. */
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
   * Sends messages with their lengths before them, all in one write to the socket. Of use once
   * {@link #open} has returned; for one thread.
   */
  void send(List<byte[]> frames) throws IOException;

  /**
   * Takes leave of the server, so that the session may be resumed, and ends it. Of use once {@link
   * #open} has returned; may block on a server that no longer reads, until {@link #close}.
   */
  void closeInOrder();

  /** Ends it at whatever stage it is; never blocks on the server, never throws. */
  @Override
  void close();
}
