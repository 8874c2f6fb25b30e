package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Threads;
import io.github.dotagent.concurrent.Timers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One connection to one server, from connecting to its end, then thrown away. Queries may be given
 * to it from its first moment; many are in flight at once and their responses come in any order.
 *
 * <p>Two threads: a {@link QueryWriter} and a {@link ResponseReader}. Safe for use by any number of
 * threads; holds no lock while anything waits for the server.
 */
final class DotConnection implements PendingQuery.Carrier {
  /**
   * For taking leave of a server that may no longer read: then the socket is closed all the same.
   */
  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Link link;
  private final Threads threads;
  private final Timers timers;
  private final String name;
  private final int mostQueries;
  private final Listener listener;
  private final IdleLimit idleLimit = new IdleLimit();
  private final PendingQueries pending = new PendingQueries(new SecureRandom());
  private final LinkedBlockingQueue<PendingQuery> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> opening = new CompletableFuture<>();
  private final AtomicReference<ExchangeFailure> ended = new AtomicReference<>();
  private final AtomicLong given = new AtomicLong();
  private final AtomicInteger owed = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile long begunAt; // of meaning once it is started
  private volatile boolean open;
  private volatile boolean heardOf;
  private volatile boolean doubted;
  private volatile long doubtedAt; // of meaning once doubted
  private volatile boolean full; // of ids that were given up
  private volatile long lastHeard;
  private volatile long lastUsed;
  private volatile long lastTaken;

  /**
   * @param name the server's, for the names of the threads
   * @param mostQueries how many it takes in its life
   */
  DotConnection(
      Link link, Threads threads, Timers timers, String name, int mostQueries, Listener listener) {
    this.link = link;
    this.threads = threads;
    this.timers = timers;
    this.name = name;
    this.mostQueries = mostQueries;
    this.listener = listener;
  }

  /** Told how a connection fares, by whichever thread finds out. Must be short. */
  interface Listener {
    /** It is connected and authenticated. */
    void opened();

    /** It is silent while it opens: whether another one may be begun beside it. */
    boolean mayBeginBeside(DotConnection slow);

    /** The server has sent a message on it. */
    void heard();

    /**
     * It was lost, or never came about. Told before its queries are.
     *
     * @param unanswered how many queries were sent on it and not answered
     */
    void lost(DotConnection connection, int unanswered, ExchangeFailure reason);

    /** It has ended, for whatever reason, and its queries know. */
    void ended();
  }

  /** Makes connections to one server, each of which begins to connect at once. */
  interface Factory {
    /**
     * @param mostQueries how many queries it takes in its life
     */
    DotConnection begin(int mostQueries, Listener listener);
  }

  /** Makes connections over links. */
  static final class OverLinks implements Factory {
    private final Supplier<Link> links;
    private final Threads threads;
    private final Timers timers;
    private final String name;
    private final long connectLimitNanos;

    /**
     * @param connectLimitNanos how long making a connection may take, TLS included
     */
    OverLinks(
        Supplier<Link> links, Threads threads, Timers timers, String name, long connectLimitNanos) {
      this.links = links;
      this.threads = threads;
      this.timers = timers;
      this.name = name;
      this.connectLimitNanos = connectLimitNanos;
    }

    @Override
    public DotConnection begin(int mostQueries, Listener listener) {
      DotConnection connection =
          new DotConnection(links.get(), threads, timers, name, mostQueries, listener);
      connection.start(connectLimitNanos);
      return connection;
    }
  }

  /** Begins to connect; returns at once. */
  void start(long connectLimitNanos) {
    begunAt = timers.nanoTime();
    new ConnectLimit(this).begin(timers, connectLimitNanos);
    threads.start("writer " + name, new QueryWriter(this, link, queue, pending, timers));
  }

  @Override
  public void opened() {
    lastHeard = timers.nanoTime();
    lastUsed = lastHeard;
    lastTaken = lastHeard;
    open = true;
    listener.opened();
    new Upkeep(this, pending, idleLimit, timers).begin();
    threads.start("reader " + name, new ResponseReader(this, link, pending));
    pending.drawIds();
    opening.complete(null);
    endIfDrained(); // all that it was to be used for may have been given up
  }

  /** Where there are too many such connections it gives way to a fresh one. */
  @Override
  public void opensSlowly() {
    if (listener.mayBeginBeside(this)) {
      doubt();
    } else {
      end(connectLate());
    }
  }

  @Override
  public void taken() {
    lastTaken = timers.nanoTime();
  }

  @Override
  public void heard() {
    lastHeard = timers.nanoTime();
    heardOf = true;
    listener.heard();
  }

  @Override
  public void answered() {
    answers.incrementAndGet();
  }

  @Override
  public void owesOneLess() {
    owed.decrementAndGet();
  }

  /**
   * One that takes no more queries ends with its last one, at once: a server that wants to be rid
   * of the connection (RFC 7828 §3.4) says so with each answer, and hundreds of them would be
   * waiting.
   */
  @Override
  public void endIfDrained() {
    if (takesQueries() || !owesNothing() || hasEnded()) {
      return;
    }
    if (doubted && lastHeard - doubtedAt <= 0) {
      leave();
    } else if (open) {
      endInOrder(idleLimit.isZero() ? "closed at the server's wish" : "closed as used up");
    }
  }

  @Override
  public CompletableFuture<Void> opening() {
    return opening;
  }

  @Override
  public boolean isOpen() {
    return open && !hasEnded();
  }

  @Override
  public boolean wasOpen() {
    return open;
  }

  @Override
  public boolean isReached() {
    return link.isReached();
  }

  @Override
  public boolean wasOfUse() {
    return heardOf;
  }

  /** How many queries were answered on it. */
  int answers() {
    return answers.get();
  }

  /** Whether it is to be used for a new query. */
  boolean takesQueries() {
    return !hasEnded() && !doubted && !full && !idleLimit.isZero() && given.get() < mostQueries;
  }

  @Override
  public IdleLimit idleLimit() {
    return idleLimit;
  }

  @Override
  public long lastHeard() {
    return lastHeard;
  }

  @Override
  public long lastUsed() {
    return lastUsed;
  }

  @Override
  public boolean owesNothing() {
    return owed.get() == 0;
  }

  @Override
  public ExchangeFailure late(PendingQuery exchange) {
    if (open) {
      return exchange.wasSent() || isStuck(exchange)
          ? ExchangeFailure.noAnswer()
          : ExchangeFailure.notSent();
    }
    return connectLate();
  }

  @Override
  public ExchangeFailure connectLate() {
    return ExchangeFailure.timeout(
        link.isReached() ? "no TLS session in time" : "connect timed out");
  }

  /** How far it is, or how long the server has been silent, in a few words. */
  String doing() {
    long now = timers.nanoTime();
    if (!open) {
      return (link.isReached() ? "in TLS for " : "connecting for ") + text(now - begunAt);
    }
    if (owesNothing()) {
      return "connected";
    }
    long oldest = pending.oldestSentAt(now);
    boolean later = oldest != now && oldest - lastHeard > 0; // asked after it was last heard
    return "silent for " + text(now - (later ? oldest : lastHeard));
  }

  private static String text(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }

  @Override
  public boolean hasEnded() {
    return ended.get() != null;
  }

  @Override
  public ExchangeFailure end() {
    return ended.get();
  }

  /** Queues the query; false when the connection takes no more and another one has to be used. */
  boolean send(PendingQuery exchange) {
    if (given.getAndIncrement() >= mostQueries) {
      return false;
    }
    lastUsed = timers.nanoTime();
    owed.incrementAndGet();
    exchange.queued(this, lastUsed);
    queue.add(exchange);
    // the thread that ends the connection empties the queue: the rest is ours to take back
    if (!hasEnded() || !queue.remove(exchange)) {
      return true;
    }
    exchange.takenBack();
    return false;
  }

  @Override
  public void giveUp(PendingQuery exchange, boolean tooLate) {
    if (exchange.wasSent()) {
      pending.abandon(exchange);
      if (pending.areTooManyAbandoned()) {
        full = true;
      }
    }
    boolean silent = exchange.wasSent() && lastHeard - exchange.sentAt() < 0;
    if (tooLate && (silent || isStuck(exchange))) {
      doubt();
    }
    endIfDrained();
  }

  /** A writer that hangs in its write, or died: it has taken nothing since this one was queued. */
  private boolean isStuck(PendingQuery exchange) {
    return open && !exchange.wasSent() && lastTaken - exchange.queuedAt() < 0;
  }

  /**
   * It says nothing though it owes an answer: dead, or waiting for a slow name. It takes no more
   * queries, and those that it has are asked again elsewhere; what still comes here counts.
   */
  @Override
  public void doubt() {
    if (!doubted) {
      doubtedAt = timers.nanoTime();
      doubted = true;
    }
    for (PendingQuery exchange : pending.waiting()) {
      exchange.doubt();
    }
    for (PendingQuery exchange : queue) {
      if (exchange != QueryWriter.WAKE_UP) {
        exchange.doubt();
      }
    }
  }

  /**
   * Ends it for good, for it was lost; its queries fail with the reason. The first reason stays.
   */
  @Override
  public void end(ExchangeFailure reason) {
    if (ended.compareAndSet(null, reason)) {
      link.close();
      failAll(reason, true);
    }
  }

  /**
   * Nothing is owed any more by one that says nothing: no word to a server that does not listen.
   */
  private void leave() {
    ExchangeFailure silent = ExchangeFailure.wentSilent();
    if (ended.compareAndSet(null, silent)) {
      link.close();
      failAll(silent, false);
    }
  }

  /** Ends it with a word to the server, which is the writer's to say. Only when it is open. */
  @Override
  public void endInOrder(String reason) {
    ExchangeFailure end = ExchangeFailure.unreachable(reason, null);
    if (ended.compareAndSet(null, end)) {
      failAll(end, false); // what was queued in this very moment is sent again elsewhere
      timers.after(LEAVE_NANOS, new Close());
    }
  }

  private void failAll(ExchangeFailure reason, boolean lost) {
    List<PendingQuery> exchanges = new ArrayList<>(pending.drain());
    if (lost) {
      listener.lost(this, exchanges.size(), reason);
    }
    queue.drainTo(exchanges);
    queue.add(QueryWriter.WAKE_UP);
    opening.completeExceptionally(reason);
    for (PendingQuery exchange : exchanges) {
      if (exchange != QueryWriter.WAKE_UP) {
        exchange.fail(reason);
      }
    }
    listener.ended();
  }

  private final class Close implements Runnable {
    @Override
    public void run() {
      link.close();
    }
  }
}
