package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One query to one server, over as many connections as it needs, until its time is over. While its
 * connection is in doubt the query is also sent on another one, and the first response counts. Safe
 * for use by any number of threads.
 */
final class QueryInProgress extends ConnectionPool.Waiter implements PendingQuery.Owner {
  private final ConnectionPool pool;
  private final Timers timers;
  private final byte[] octets;
  private final long deadlineNanos;
  private final ResponseHandler handler;
  private final long begun;
  private final RetryBudget attempts = new RetryBudget();
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicBoolean toldTrouble = new AtomicBoolean();

  /** The thread that replaces the query also sends the replacement. */
  private final AtomicReference<PendingQuery> newest = new AtomicReference<>();

  private volatile ExchangeFailure lastFailure; // null: none yet
  private volatile Timers.Timer limit; // null: not yet set; its time may be over by then

  QueryInProgress(
      ConnectionPool pool,
      Timers timers,
      byte[] octets,
      long deadlineNanos,
      ResponseHandler handler) {
    this.pool = pool;
    this.timers = timers;
    this.octets = octets;
    this.deadlineNanos = deadlineNanos;
    this.handler = handler;
    this.begun = timers.nanoTime();
  }

  /**
   * The handler learns the result even if this throws, because the caller's stack or memory may be
   * exhausted.
   */
  void begin() {
    try {
      limit = timers.unlessCancelled(deadlineNanos - begun, new TimeOut());
      if (!isDone()) {
        replace(null, false);
      }
    } catch (Throwable broken) {
      fail(ExchangeFailure.unforeseen(broken));
      throw broken;
    }
  }

  @Override
  boolean isDone() {
    return done.get();
  }

  /**
   * Sends the query, unless another thread has sent it.
   *
   * @param last the lost or doubted query; null: this is the first
   * @param patient whether silence is no reason for doubt at the moment
   */
  private void replace(PendingQuery last, boolean patient) {
    PendingQuery next = new PendingQuery(octets, deadlineNanos, patient, firstOpen(last), this);
    if (!newest.compareAndSet(last, next)) {
      return;
    }
    DotConnection free = pool.take(this);
    if (free != null) {
      sendOn(free);
    } else {
      waits();
    }
  }

  /** The query waits for a connection, perhaps because the server is in trouble. */
  private void waits() {
    ExchangeFailure trouble = pool.pace().trouble();
    if (trouble != null) {
      inTrouble(trouble);
    }
  }

  /** Also called by the pool, if it had to wait for a connection. */
  @Override
  void sendOn(DotConnection connection) {
    PendingQuery query = newest.get();
    DotConnection used = connection;
    while (used != null && !used.send(query)) {
      if (query.connection() == used && !used.wasOpen()) {
        // the connect failed just before the query was queued, not just after
        query.fail(used.end());
        return;
      }
      used = pool.take(this);
    }
    if (used == null) {
      waits();
    } else if (isDone()) {
      giveUpOpen(false); // it ended in this moment
    }
  }

  @Override
  public void responded(PendingQuery query, byte[] message) {
    if (ends()) {
      long roundTrip = timers.nanoTime() - query.sentAt();
      try {
        giveUpOpen(false);
      } catch (OutOfMemoryError full) {
        // the response is here anyway
      }
      handler.responded(message, roundTrip, query.connection().idleLimit());
    }
  }

  @Override
  public void failed(PendingQuery query, ExchangeFailure failure) {
    if (isDone() || newest.get() != query) {
      return; // the query was doubted, and is in flight elsewhere
    }
    ExchangeFailure end = failure;
    try {
      lastFailure = failure;
      if (goesOn(query, failure)) {
        replace(query, query.isPatient());
        return;
      }
      if (firstOpen(query.before()) != null) {
        return; // the query before may still bring a response
      }
    } catch (RuntimeException | Error unforeseen) {
      // e.g. out of memory: an exception in a callback is lost, and a caller would wait
      end = ExchangeFailure.unforeseen(unforeseen);
    }
    fail(end);
  }

  @Override
  public void doubted(PendingQuery query) {
    if (!isDone() && newest.get() == query) {
      PendingQuery.Carrier silent = query.connection();
      if (silent != null && !silent.wasOpen()) {
        lastFailure = silent.connectLate(); // reported if no other connection does better
      }
      replace(query, query.isPatient() || query.wasSent());
    }
  }

  private boolean goesOn(PendingQuery query, ExchangeFailure failure) {
    if (deadlineNanos - timers.nanoTime() <= 0) {
      return false;
    }
    switch (failure.kind()) {
      case TIMEOUT:
        // time is left, so this connect was given up: a new one asks again at once, while the
        // kernel would wait longer and longer for the answer to its first packet (RFC 6298 §5.5)
        return true;
      case UNREACHABLE:
      case LOCAL:
        return goesOnAfterLoss(query, failure);
      default:
        return false;
    }
  }

  private boolean goesOnAfterLoss(PendingQuery query, ExchangeFailure failure) {
    PendingQuery.Carrier lost = query.connection();
    if (lost.wasOfUse() && query.wasSent() && attempts.countLossAfterAnswers()) {
      return false;
    }
    if (!attempts.countLoss(query.metOpen(), lost.wasOfUse())) {
      return true;
    }
    // if no server listens, the wait is only as long as a restart takes; a server that accepts
    // connections and loses them may keep the next one, as long as the caller waits
    boolean listens = lost.wasOpen() || lost.isReached();
    if (pool.pace().wasAwayAt(listens ? begun : timers.nanoTime())) {
      return false;
    }
    inTrouble(failure);
    return true;
  }

  private void inTrouble(ExchangeFailure trouble) {
    lastFailure = trouble;
    if (trouble.kind() == ExchangeFailure.Kind.LOCAL) {
      return; // the server is not the cause, and this machine is busy enough
    }
    if (toldTrouble.compareAndSet(false, true)) {
      handler.inTrouble(trouble);
    }
  }

  private void fail(ExchangeFailure failure) {
    if (ends()) {
      try {
        giveUpOpen(false);
      } finally { // also if there is no memory to give up the queries
        handler.failed(failure);
      }
    }
  }

  private boolean ends() {
    boolean first = done.compareAndSet(false, true);
    Timers.Timer set = limit;
    if (first && set != null) {
      set.cancel();
    }
    return first;
  }

  private void giveUpOpen(boolean tooLate) {
    for (PendingQuery query = newest.get(); query != null; query = query.before()) {
      if (query.abandon() && query.connection() != null) {
        query.connection().giveUp(query, tooLate);
      }
    }
  }

  /** This query, or else the newest before it that is still open; null when none is. */
  private static PendingQuery firstOpen(PendingQuery query) {
    PendingQuery open = query;
    while (open != null && open.isDone()) {
      open = open.before();
    }
    return open;
  }

  /** The failure to report when its time is over. */
  private ExchangeFailure late() {
    ExchangeFailure late = null;
    for (PendingQuery e = firstOpen(newest.get()); e != null; e = firstOpen(e.before())) {
      PendingQuery.Carrier used = e.connection();
      if (used != null && used.wasOpen() && (used.wasOfUse() || !toldTrouble.get())) {
        return used.late(e);
      }
      late = used == null || late != null ? late : used.connectLate();
    }
    if (lastFailure != null) {
      return lastFailure; // this says more than "nothing came in time"
    }
    return late == null ? ExchangeFailure.notSent() : late;
  }

  private final class TimeOut implements Runnable {
    @Override
    public void run() {
      ExchangeFailure late = late();
      if (ends()) {
        try {
          giveUpOpen(true);
        } finally {
          handler.failed(late);
        }
      }
    }
  }
}
