package io.github.dotagent.dot;

import io.github.dotagent.support.Log;
import io.github.dotagent.support.Threads;
import io.github.dotagent.support.Timers;
import io.github.dotagent.tls.TlsConnector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Queries to one server and its responses, as octets. Owns at most one connection at a time, makes
 * it when it is needed and keeps it while it is used. Safe for use by any number of threads.
 */
public final class DotTransport {
  private final Supplier<Link> links;
  private final Threads threads;
  private final Timers timers;
  private final String name;
  private final long connectLimitNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private DotConnection current; // guarded by lock

  DotTransport(
      Supplier<Link> links, Threads threads, Timers timers, String name, long connectLimitNanos) {
    this.links = links;
    this.threads = threads;
    this.timers = timers;
    this.name = name;
    this.connectLimitNanos = connectLimitNanos;
  }

  /**
   * @param connectLimitNanos how long making a connection may take
   */
  public static DotTransport to(
      final DotEndpoint server,
      final TlsConnector connector,
      Threads threads,
      Timers timers,
      final Log log,
      long connectLimitNanos) {
    final int timeoutMillis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(connectLimitNanos));
    Supplier<Link> links =
        new Supplier<Link>() {
          @Override
          public Link get() {
            return new TlsLink(connector, server, timeoutMillis, log);
          }
        };
    return new DotTransport(links, threads, timers, server.toString(), connectLimitNanos);
  }

  /** Begins to connect if there is no connection; returns at once. */
  public void warmUp() {
    connection();
  }

  /**
   * Sends the query and gives the response's octets. Never blocks. The future ends by the deadline,
   * exceptionally with an {@link ExchangeFailure}.
   *
   * @param query a DNS message; its id is replaced
   * @param deadlineNanos on the timer's clock
   */
  public CompletableFuture<byte[]> exchange(byte[] query, long deadlineNanos) {
    CompletableFuture<byte[]> response = new CompletableFuture<>();
    attempt(query, deadlineNanos, response, true);
    return response;
  }

  /**
   * A connection that was open when the query was given to it may have been closed by the server in
   * that moment (RFC 7766 §6.2.4): then the query goes out once more, on a new one.
   */
  private void attempt(
      final byte[] query,
      final long deadlineNanos,
      final CompletableFuture<byte[]> response,
      final boolean mayRetry) {
    final Exchange exchange = new Exchange(query);
    DotConnection used = connection();
    boolean reused = used.isOpen();
    while (!used.send(exchange)) {
      used = connection();
      reused = used.isOpen();
    }
    final boolean retry = mayRetry && reused;
    final Timers.Timer limit =
        timers.after(deadlineNanos - timers.nanoTime(), new TimeOut(exchange, used));
    exchange
        .response()
        .whenComplete(
            new BiConsumer<byte[], Throwable>() {
              @Override
              public void accept(byte[] message, Throwable failure) {
                try {
                  limit.cancel();
                  if (failure == null) {
                    response.complete(message);
                  } else if (retry && wasLost(failure) && deadlineNanos - timers.nanoTime() > 0) {
                    attempt(query, deadlineNanos, response, false);
                  } else {
                    response.completeExceptionally(failure);
                  }
                } catch (RuntimeException | Error unforeseen) {
                  // out of memory, say: a callback's exception is lost, and somebody waits
                  response.completeExceptionally(unforeseen);
                }
              }
            });
  }

  private static boolean wasLost(Throwable failure) {
    return failure instanceof ExchangeFailure
        && ((ExchangeFailure) failure).kind() == ExchangeFailure.Kind.UNREACHABLE;
  }

  /** The connection in use, or a new one that begins to connect. No I/O happens here. */
  private DotConnection connection() {
    lock.lock();
    try {
      if (current == null || current.hasEnded()) {
        current = new DotConnection(links.get(), threads, timers, name);
        current.start(connectLimitNanos);
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  private static final class TimeOut implements Runnable {
    private final Exchange exchange;
    private final DotConnection connection;

    TimeOut(Exchange exchange, DotConnection connection) {
      this.exchange = exchange;
      this.connection = connection;
    }

    @Override
    public void run() {
      boolean wasWaiting =
          exchange
              .response()
              .completeExceptionally(ExchangeFailure.timeout(connection.lateReason()));
      if (wasWaiting) {
        connection.giveUp(exchange);
      }
    }
  }
}
