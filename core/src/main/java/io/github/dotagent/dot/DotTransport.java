package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.tls.TlsConnector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Queries to one server and its responses, as octets. Makes a connection when it is needed and
 * keeps it while it is used. Safe for use by any number of threads.
 */
public final class DotTransport {
  private final ConnectionPool pool;
  private final Timers timers;
  private final DotEndpoint server; // null, as the next, where settings never change
  private final AtomicReference<ConnectionMaker> making;

  /** For a server that no settings name. */
  DotTransport(ConnectionPool pool, Timers timers) {
    this(pool, timers, null, null);
  }

  /**
   * @param making makes the connections; a change of settings replaces it
   */
  DotTransport(
      ConnectionPool pool,
      Timers timers,
      DotEndpoint server,
      AtomicReference<ConnectionMaker> making) {
    this.pool = pool;
    this.timers = timers;
    this.server = server;
    this.making = making;
  }

  /**
   * From now on connections are made by other settings. Existing ones stay, unless the server must
   * prove something else, or gets another client certificate.
   *
   * @return whether that is so
   */
  boolean follow(ConnectionMaker other) {
    TlsConnector before = making.getAndSet(other).connector();
    boolean changed = !other.connector().isSame(before, server.peer());
    if (changed) {
      pool.retireFor(other.connector());
    }
    return changed;
  }

  /**
   * The settings no longer name the server. Connections end with the last query that they have, and
   * lookups that began before may still ask.
   */
  public void retire() {
    pool.retire();
  }

  /**
   * Begins to connect if there is no connection; returns at once. The future ends when it is there,
   * or exceptionally with an {@link ExchangeFailure}.
   */
  public CompletableFuture<Void> warmUp() {
    return pool.first().opening();
  }

  /** Whether a query would be sent at once, on a connection that is there. */
  public boolean isOpen() {
    return pool.isOpen();
  }

  /**
   * Whether the server has sent a message, or made a TLS session, since that moment.
   *
   * @param moment on the timer's clock
   */
  public boolean hasLivedSince(long moment) {
    return pool.hasLivedSince(moment);
  }

  /** How many connections are there, connected and authenticated. */
  public int connections() {
    return pool.open();
  }

  /**
   * Whether a connection is being made, and the delay is this machine's own: all waits for the
   * server together were shorter than this many nanoseconds.
   */
  public boolean isOurTurn(long nanos) {
    return pool.isOurTurn(nanos);
  }

  /** The state of the connection, or how long it has been silent; empty if there is none. */
  public String doing() {
    return pool.doing();
  }

  /**
   * Sends the query. Never blocks. The handler learns the result by the deadline, perhaps before
   * this returns or throws: an Error may occur, by lack of stack or memory.
   *
   * @param query a DNS message; its id is replaced
   * @param deadlineNanos on the timer's clock
   */
  public void exchange(byte[] query, long deadlineNanos, ResponseHandler handler) {
    QueryInProgress begun;
    try {
      begun = new QueryInProgress(pool, timers, query, deadlineNanos, handler);
    } catch (Throwable broken) {
      handler.failed(ExchangeFailure.unforeseen(broken));
      throw broken;
    }
    begun.begin();
  }
}
