package io.github.dotagent.dot;

import io.github.dotagent.support.Threads;
import io.github.dotagent.support.Timers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One connection to one server, from connecting to its end, then thrown away. Queries may be given
 * to it from its first moment; many are in flight at once and their responses come in any order.
 *
 * <p>Two threads: a {@link QueryWriter} and a {@link ResponseReader}. Safe for use by any number of
 * threads; holds no lock while anything waits for the server.
 */
final class DotConnection {
  /**
   * For taking leave of a server that may no longer read: then the socket is closed all the same.
   */
  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Link link;
  private final Threads threads;
  private final Timers timers;
  private final String name;
  private final IdleLimit idleLimit = new IdleLimit();
  private final PendingQueries pending = new PendingQueries(new SecureRandom());
  private final LinkedBlockingQueue<Exchange> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> opening = new CompletableFuture<>();
  private final AtomicReference<ExchangeFailure> ended = new AtomicReference<>();
  private volatile boolean open;
  private volatile boolean heardOf;
  private volatile long lastHeard;
  private volatile long lastUsed;
  private volatile long lastTaken;

  /**
   * @param name the server's, for the names of the threads
   */
  DotConnection(Link link, Threads threads, Timers timers, String name) {
    this.link = link;
    this.threads = threads;
    this.timers = timers;
    this.name = name;
  }

  /** Makes connections to one server, each of which begins to connect at once. */
  static final class Beginning implements Supplier<DotConnection> {
    private final Supplier<Link> links;
    private final Threads threads;
    private final Timers timers;
    private final String name;
    private final long connectLimitNanos;

    /**
     * @param connectLimitNanos how long making a connection may take, TLS included
     */
    Beginning(
        Supplier<Link> links, Threads threads, Timers timers, String name, long connectLimitNanos) {
      this.links = links;
      this.threads = threads;
      this.timers = timers;
      this.name = name;
      this.connectLimitNanos = connectLimitNanos;
    }

    @Override
    public DotConnection get() {
      DotConnection connection = new DotConnection(links.get(), threads, timers, name);
      connection.start(connectLimitNanos);
      return connection;
    }
  }

  /** Begins to connect; returns at once. */
  void start(long connectLimitNanos) {
    new ConnectLimit(this).begin(timers, connectLimitNanos);
    threads.start("writer " + name, new QueryWriter(this, link, queue, pending, timers));
  }

  /** Told by the writer: connected and authenticated. */
  void opened() {
    lastHeard = timers.nanoTime();
    lastUsed = lastHeard;
    lastTaken = lastHeard;
    open = true;
    new Upkeep(this, pending, idleLimit, timers).begin();
    threads.start("reader " + name, new ResponseReader(this, link, pending));
    pending.drawIds();
    opening.complete(null);
  }

  /** Told by the writer: it has taken queries from the queue. */
  void taken() {
    lastTaken = timers.nanoTime();
  }

  /** Told by the reader: the server lives. */
  void heard() {
    lastHeard = timers.nanoTime();
    heardOf = true;
  }

  /**
   * Told by the reader: the message has been dealt with. A server that wants to be rid of the
   * connection (RFC 7828 §3.4) is left at once and not when {@link Upkeep} looks: it says so with
   * each answer, and hundreds of connections would be waiting for that.
   */
  void dealtWith() {
    if (idleLimit.isZero() && owesNothing()) {
      endInOrder("closed at the server's wish");
    }
  }

  /** Ends when it is connected and authenticated, or exceptionally when that fails. */
  CompletableFuture<Void> opening() {
    return opening;
  }

  /** Whether it is connected and authenticated. */
  boolean isOpen() {
    return open && !hasEnded();
  }

  /** Whether it ever was connected and authenticated. */
  boolean wasOpen() {
    return open;
  }

  /** Whether the server has sent a message on it, be it an answer or not. */
  boolean wasOfUse() {
    return heardOf;
  }

  /** Whether it is to be used for a new query. */
  boolean takesQueries() {
    return !hasEnded() && !idleLimit.isZero();
  }

  IdleLimit idleLimit() {
    return idleLimit;
  }

  long lastHeard() {
    return lastHeard;
  }

  long lastUsed() {
    return lastUsed;
  }

  /** Whether no query waits on it, sent or unsent. */
  boolean owesNothing() {
    return pending.isEmpty() && queue.isEmpty();
  }

  /** What to say of a query that was not answered in time. */
  ExchangeFailure late() {
    if (open) {
      return ExchangeFailure.noAnswer();
    }
    return ExchangeFailure.timeout(
        link.isReached() ? "no TLS session in time" : "connect timed out");
  }

  boolean hasEnded() {
    return ended.get() != null;
  }

  /** Why it has ended; null while it has not. */
  ExchangeFailure end() {
    return ended.get();
  }

  /** Queues the query; false when the connection has ended and another one has to be used. */
  boolean send(Exchange exchange) {
    lastUsed = timers.nanoTime();
    exchange.queued(lastUsed);
    queue.add(exchange);
    // whoever ends the connection empties the queue: what is still in it then is ours to take back
    return !hasEnded() || !queue.remove(exchange);
  }

  /**
   * Nobody waits for this query any more. If the server has said nothing at all since it was sent,
   * or it could not even be sent, the connection is dead, whatever the kernel believes.
   */
  void giveUp(Exchange exchange) {
    pending.remove(exchange);
    queue.remove(exchange);
    boolean silent = exchange.wasSent() && lastHeard - exchange.sentAt() < 0;
    // a writer that hangs in its write, or died: it has taken nothing since this one was queued
    boolean stuck = open && !exchange.wasSent() && lastTaken - exchange.queuedAt() < 0;
    if (silent || stuck) {
      end(ExchangeFailure.wentSilent());
    }
  }

  /** Ends it for good; its queries fail with the reason. The first reason stays. */
  void end(ExchangeFailure reason) {
    if (ended.compareAndSet(null, reason)) {
      link.close();
      failAll(reason);
    }
  }

  /** Ends it with a word to the server, which is the writer's to say. Only when it is open. */
  void endInOrder(String reason) {
    ExchangeFailure end = ExchangeFailure.unreachable(reason, null);
    if (ended.compareAndSet(null, end)) {
      failAll(end); // what was queued in this very moment; it is sent again on another connection
      timers.after(LEAVE_NANOS, new Close());
    }
  }

  private void failAll(ExchangeFailure reason) {
    List<Exchange> lost = new ArrayList<>(pending.drain());
    queue.drainTo(lost);
    queue.add(QueryWriter.WAKE_UP);
    opening.completeExceptionally(reason);
    for (Exchange exchange : lost) {
      exchange.response().completeExceptionally(reason);
    }
  }

  private final class Close implements Runnable {
    @Override
    public void run() {
      link.close();
    }
  }
}
