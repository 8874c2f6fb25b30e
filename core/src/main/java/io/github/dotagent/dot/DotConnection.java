package io.github.dotagent.dot;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.tls.TlsConnector;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One connection to one server. It connects once, and is not used again after its end. Queries may
 * be given to it from its first moment; many are in flight at once and their responses come in any
 * order.
 *
 * <p>Two threads: a {@link QueryWriter} and a {@link ResponseReader}. Safe for use by any number of
 * threads; holds no lock while anything waits for the server.
 */
final class DotConnection implements PendingQuery.Carrier {
  /**
   * How long the TLS close may take, because the server may no longer read; then the socket is
   * closed anyway.
   */
  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * A thread that has not begun after this time never will, because the machine had no room for it.
   * A throttled container needs less.
   */
  static final long NOT_BEGUN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Link link;
  private final ThreadStarter threads;
  private final Timers timers;
  private final String name;
  private final int mostQueries;
  private final Listener listener;
  private final IdleLimit idleLimit = new IdleLimit();
  private final PendingQueries pending = new PendingQueries(new SecureRandom());
  private final QueryQueue queue = new QueryQueue();
  private final CompletableFuture<Void> opening = new CompletableFuture<>();
  private final AtomicReference<ExchangeFailure> ended = new AtomicReference<>();
  private final AtomicLong given = new AtomicLong();
  private final AtomicInteger owed = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile long begunAt; // valid once it is started
  private volatile Thread writer; // null: has not begun
  private volatile Thread reader; // null: has not begun
  private volatile Upkeep upkeep; // null: not open yet
  private volatile Timers.Timer leaving; // null: no TLS close is waited for
  private volatile boolean left; // with a TLS close
  private volatile boolean open;
  private volatile boolean heardOf;
  private volatile boolean doubted;
  private volatile long doubtedAt; // valid once doubted
  private volatile boolean full; // ids of queries that were given up
  private volatile boolean retired; // the connection must not be used any more
  private volatile long openedAt; // valid once open
  private volatile long lastHeard;
  private volatile long lastUsed;
  private volatile long lastTaken;

  /**
   * @param name the server's, for the names of the threads
   * @param mostQueries how many queries it takes in its life
   */
  DotConnection(
      Link link,
      ThreadStarter threads,
      Timers timers,
      String name,
      int mostQueries,
      Listener listener) {
    this.link = link;
    this.threads = threads;
    this.timers = timers;
    this.name = name;
    this.mostQueries = mostQueries;
    this.listener = listener;
  }

  /** Learns of the events of a connection, on the thread that notices them. Must return quickly. */
  interface Listener {
    /** It is connected and authenticated. */
    void opened();

    /**
     * The server is silent while the connection opens. Returns whether another connection may begin
     * beside it.
     */
    boolean mayBeginBeside(DotConnection slow);

    /** The server has sent a message on it. */
    void heard();

    /**
     * It was lost, or never opened. Called before its queries fail.
     *
     * @param unanswered how many queries were sent on it and not answered
     */
    void lost(DotConnection connection, int unanswered, ExchangeFailure reason);

    /** It has ended, for any reason, and its queries know. */
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
    private final ThreadStarter threads;
    private final Timers timers;
    private final String name;
    private final long connectLimitNanos;

    /**
     * @param connectLimitNanos how long making a connection may take, TLS included
     */
    OverLinks(
        Supplier<Link> links,
        ThreadStarter threads,
        Timers timers,
        String name,
        long connectLimitNanos) {
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
      try {
        connection.start(connectLimitNanos);
      } catch (Throwable broken) { // for example out of memory: its timeout may already be set
        connection.couldNotBegin(ExchangeFailure.unforeseen(broken));
        throw broken;
      }
      return connection;
    }
  }

  /** Begins to connect; returns at once. */
  void start(long connectLimitNanos) {
    begunAt = timers.nanoTime();
    new ConnectLimit(this).begin(timers, connectLimitNanos);
    QueryWriter writing = new QueryWriter(this, link, queue, pending, timers);
    threads.start("writer " + name, writing, new Deserted());
  }

  @Override
  public void writes(Thread thread) {
    writer = thread;
  }

  @Override
  public void reads(Thread thread) {
    reader = thread;
  }

  @Override
  public void endIfDeserted() {
    if (hasEnded()) {
      return;
    }
    long now = timers.nanoTime();
    if (isGone(writer, begunAt, now) || open && isGone(reader, openedAt, now)) {
      end(ExchangeFailure.brokenOff());
    } else if (open && upkeep.isLost(now)) {
      keepUp();
    }
  }

  private static boolean isGone(Thread thread, long dueAt, long now) {
    return thread == null ? now - dueAt >= NOT_BEGUN_NANOS : !thread.isAlive();
  }

  private final class Deserted implements Runnable {
    @Override
    public void run() {
      end(ExchangeFailure.brokenOff());
    }
  }

  @Override
  public void opened() {
    lastHeard = timers.nanoTime();
    lastUsed = lastHeard;
    lastTaken = lastHeard;
    openedAt = lastHeard;
    keepUp();
    open = true;
    listener.opened();
    threads.start("reader " + name, new ResponseReader(this, link, pending), new Deserted());
    pending.drawIds();
    opening.complete(null);
    endIfDrained(); // the queries for which it was made may all have been given up
  }

  private void keepUp() {
    stopUpkeep();
    Upkeep begun = new Upkeep(this, pending, idleLimit, timers);
    upkeep = begun;
    begun.begin();
    if (hasEnded()) {
      begun.stop();
    }
  }

  private void stopUpkeep() {
    Upkeep last = upkeep;
    if (last != null) {
      last.stop();
    }
  }

  /**
   * The connection opens slowly. If there are too many such connections, it ends, so that a new one
   * can begin.
   */
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
   * A connection that takes no more queries ends at once with its last one. A server that wants it
   * closed (RFC 7828 §3.4) says so with each answer, and otherwise hundreds of connections would
   * stay open.
   */
  @Override
  public void endIfDrained() {
    if (takesQueries() || !owesNothing() || hasEnded()) {
      return;
    }
    if (doubted && lastHeard - doubtedAt <= 0) {
      leave();
    } else if (open) {
      endInOrder(
          idleLimit.isZero()
              ? "closed as the server asked"
              : "closed because its query IDs are used up");
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

  /** Whether new queries may use it. */
  boolean takesQueries() {
    return !hasEnded()
        && !doubted
        && !full
        && !retired
        && !idleLimit.isZero()
        && given.get() < mostQueries;
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
  public ExchangeFailure late(PendingQuery query) {
    if (open) {
      return query.wasSent() || isStuck(query)
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

  /**
   * Whether the connection is still being made, and the wait for the server was no longer than
   * this.
   */
  boolean isOurTurn(long nanos) {
    return !open && !hasEnded() && link.waitedNanos() < nanos;
  }

  /** The state of the connection, or how long the server has been silent, in a few words. */
  String doing() {
    long now = timers.nanoTime();
    if (!open) {
      return (link.isReached() ? "in TLS for " : "connecting for ") + text(now - begunAt);
    }
    if (owesNothing()) {
      return "connected";
    }
    long oldest = pending.oldestSentAt(now);
    boolean later = oldest != now && oldest - lastHeard > 0; // sent after the server was last heard
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

  /** Queues the query; false if the connection takes no more and another one must be used. */
  boolean send(PendingQuery query) {
    if (given.getAndIncrement() >= mostQueries) {
      return false;
    }
    lastUsed = timers.nanoTime();
    owed.incrementAndGet();
    query.queued(this, lastUsed);
    queue.add(query);
    // the thread that ends the connection empties the queue; this thread takes back the rest
    if (!hasEnded() || !queue.remove(query)) {
      if (doubted) {
        query.doubt(); // ended at this moment, perhaps before it had the query
      }
      return true;
    }
    query.takenBack();
    return false;
  }

  @Override
  public void giveUp(PendingQuery query, boolean tooLate) {
    if (query.wasSent()) {
      pending.abandon(query);
      if (pending.areTooManyAbandoned()) {
        full = true;
      }
    }
    boolean silent = query.wasSent() && lastHeard - query.sentAt() < 0;
    if (tooLate && (silent || isStuck(query))) {
      doubt();
    }
    endIfDrained();
  }

  /**
   * Whether the writer hangs in its write or has died: it has taken nothing since this query was
   * queued.
   */
  private boolean isStuck(PendingQuery query) {
    return open && !query.wasSent() && lastTaken - query.queuedAt() < 0;
  }

  @Override
  public boolean isDoubted() {
    return doubted;
  }

  /**
   * The connection is silent although it owes an answer: it is dead, or the name is slow. It takes
   * no more queries, and its queries are sent again on another connection. A response that still
   * comes here counts.
   */
  @Override
  public void doubt() {
    if (!doubted) {
      doubtedAt = timers.nanoTime();
      doubted = true;
    }
    for (PendingQuery query : pending.waiting()) {
      query.doubt();
    }
    for (PendingQuery query : queue.waiting()) {
      query.doubt();
    }
  }

  /**
   * Ends the connection, because it was lost; its queries fail with the reason. The first reason
   * stays. Throws nothing, and needs no memory.
   */
  @Override
  public void end(ExchangeFailure reason) {
    if (ended.compareAndSet(null, reason)) {
      close();
      failAll(reason, true);
    }
  }

  /**
   * Ends a connection that could not begin. The pool does not have it yet and is not told, because
   * the thread that begins it holds locks.
   */
  private void couldNotBegin(ExchangeFailure reason) {
    if (ended.compareAndSet(null, reason)) {
      close();
      failQueries(reason, true);
    }
  }

  /** The connection takes no more queries, and ends with its last one. */
  void retire() {
    retired = true;
    endIfDrained();
  }

  /**
   * New settings are in force. If they do not accept the server's key or its authority, or if these
   * are not known yet, the connection ends at once, and its queries are sent again, as after an
   * abandoned connect. Otherwise it takes no more queries.
   */
  void retireFor(TlsConnector other) {
    retired = true;
    if (!open || !link.isTakenBy(other)) {
      ExchangeFailure left = ExchangeFailure.timeout("closed because the settings changed");
      if (ended.compareAndSet(null, left)) {
        close();
        failAll(left, false);
      }
    }
    endIfDrained();
  }

  @Override
  public void left() {
    close(); // after a failed TLS close, JSSE leaves the socket open
    left = true;
    forgetIfLeft();
  }

  /** A timer would keep the connection in memory, with its buffers, until it runs. */
  private void forgetIfLeft() {
    Timers.Timer last = leaving;
    if (left && last != null) {
      last.cancel();
    }
  }

  private void closeAfterLeave() {
    boolean set = false;
    try {
      leaving = timers.unlessCancelled(LEAVE_NANOS, new Close());
      set = true;
      forgetIfLeft();
    } finally {
      if (!set) { // out of memory; the writer may have ended, too
        close();
      }
    }
  }

  private void close() {
    try {
      link.close();
    } catch (RuntimeException | Error unforeseen) {
      // for example out of memory: its queries still fail
    }
  }

  /**
   * The server is silent and owes no answer: the connection ends without a TLS close, because the
   * server would not read it.
   */
  private void leave() {
    ExchangeFailure silent = ExchangeFailure.wentSilent();
    if (ended.compareAndSet(null, silent)) {
      close();
      failAll(silent, false);
    }
  }

  /** Ends it with a TLS close, which the writer sends. Only when it is open. */
  @Override
  public void endInOrder(String reason) {
    ExchangeFailure end = ExchangeFailure.unreachable(reason, null);
    if (ended.compareAndSet(null, end)) {
      failAll(end, false); // a query that was queued in this moment is sent again elsewhere
      closeAfterLeave();
    }
  }

  /**
   * Takes each step even if an earlier one failed, because any step may fail without memory. A
   * query that gets no result here ends by its own timeout.
   */
  private void failAll(ExchangeFailure reason, boolean lost) {
    failQueries(reason, lost);
    try {
      listener.ended();
    } catch (RuntimeException | Error unforeseen) {
      // the next query looks for a connection anyway
    }
  }

  private void failQueries(ExchangeFailure reason, boolean lost) {
    queue.end();
    IntrusiveQueue<PendingQuery> sent = pending.drain();
    try {
      if (lost) {
        listener.lost(this, sent.size(), reason);
      }
    } catch (RuntimeException | Error unforeseen) {
      // the waiting queries are still told
    }
    try {
      opening.completeExceptionally(reason);
    } catch (RuntimeException | Error unforeseen) {
      // the waiting queries are still told
    }
    for (PendingQuery query = sent.poll(); query != null; query = sent.poll()) {
      fail(query, reason);
    }
    for (PendingQuery query = queue.poll(); query != null; query = queue.poll()) {
      fail(query, reason);
    }
    try {
      stopUpkeep();
    } catch (RuntimeException | Error unforeseen) {
      // it stops by itself at its next check
    }
  }

  private static void fail(PendingQuery query, ExchangeFailure reason) {
    try {
      query.fail(reason);
    } catch (RuntimeException | Error unforeseen) {
      // continue: the other queries wait as well
    }
  }

  private final class Close implements Runnable {
    @Override
    public void run() {
      DotConnection.this.close();
    }
  }
}
