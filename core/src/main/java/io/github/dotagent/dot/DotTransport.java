package io.github.dotagent.dot;

import io.github.dotagent.support.Log;
import io.github.dotagent.support.Threads;
import io.github.dotagent.support.Timers;
import io.github.dotagent.tls.TlsConnector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Queries to one server and its responses, as octets. Owns one connection at a time, makes it when
 * it is needed and keeps it while it is used. Safe for use by any number of threads.
 */
public final class DotTransport {
  private final Supplier<Link> links;
  private final Threads threads;
  private final Timers timers;
  private final String name;
  private final long connectLimitNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile DotConnection current; // written under the lock

  DotTransport(
      Supplier<Link> links, Threads threads, Timers timers, String name, long connectLimitNanos) {
    this.links = links;
    this.threads = threads;
    this.timers = timers;
    this.name = name;
    this.connectLimitNanos = connectLimitNanos;
  }

  /**
   * @param connectLimitNanos how long making a connection may take, TLS included
   */
  public static DotTransport to(
      final DotEndpoint server,
      final TlsConnector connector,
      Threads threads,
      Timers timers,
      final Log log,
      long connectLimitNanos) {
    final int limitMillis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(connectLimitNanos));
    Supplier<Link> links =
        new Supplier<Link>() {
          @Override
          public Link get() {
            return new TlsLink(connector, server, limitMillis, log);
          }
        };
    return new DotTransport(links, threads, timers, server.toString(), connectLimitNanos);
  }

  /**
   * Begins to connect if there is no connection; returns at once. What is returned ends when it is
   * there, or exceptionally with an {@link ExchangeFailure}.
   */
  public CompletableFuture<Void> warmUp() {
    return connection().opening();
  }

  /** Whether a query would be sent at once, on a connection that is there. */
  public boolean isOpen() {
    DotConnection connection = current;
    return connection != null && connection.isOpen();
  }

  /**
   * Sends the query and gives the response. Never blocks. The future ends by the deadline,
   * exceptionally with an {@link ExchangeFailure}.
   *
   * @param query a DNS message; its id is replaced
   * @param deadlineNanos on the timer's clock
   */
  public CompletableFuture<DotResponse> exchange(byte[] query, long deadlineNanos) {
    QueryInProgress progress = new QueryInProgress(this, timers, query, deadlineNanos);
    progress.send(false);
    return progress.response();
  }

  /** The connection in use, or a new one that begins to connect. No I/O happens here. */
  DotConnection connection() {
    DotConnection connection = current;
    if (connection != null && connection.takesQueries()) {
      return connection;
    }
    lock.lock();
    try {
      if (current == null || !current.takesQueries()) {
        // one that has not ended and takes no more queries closes by itself
        DotConnection fresh = new DotConnection(links.get(), threads, timers, name);
        fresh.start(connectLimitNanos);
        current = fresh;
      }
      return current;
    } finally {
      lock.unlock();
    }
  }
}
