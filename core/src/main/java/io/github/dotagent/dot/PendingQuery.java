package io.github.dotagent.dot;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** One query on one connection. It ends once. Safe for use by any number of threads. */
final class PendingQuery extends IntrusiveQueue.Element<PendingQuery> {
  /** Receives the result: at most one of the first two calls, on the thread that found it. */
  interface Owner {
    void responded(PendingQuery query, byte[] message);

    void failed(PendingQuery query, ExchangeFailure failure);

    /** The connection is silent: it may be dead, or the response may still come. */
    void doubted(PendingQuery query);
  }

  /** The connection that it is on. */
  interface Carrier extends Connection {
    /** The failure of this query, which was not answered in time. */
    ExchangeFailure late(PendingQuery query);

    /**
     * The owner has just abandoned this query. It stays in the queue if it is there, and the writer
     * skips it.
     *
     * @param tooLate whether its time is over. If the server has said nothing since the query was
     *     sent, or the query could not even be sent, the connection is dead, even if the kernel
     *     still resends
     */
    void giveUp(PendingQuery query, boolean tooLate);
  }

  private final byte[] query;
  private final long deadlineNanos;
  private final boolean patient;
  private final PendingQuery before;
  private final Owner owner;
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicReference<Carrier> owing = new AtomicReference<>();
  private volatile Carrier connection;

  private volatile boolean metOpen;

  /** Nanoseconds of the timer's clock; 0 until then. Written by the connection's writer. */
  private volatile long sentAt;

  /** Nanoseconds of the timer's clock; set before it is in the queue. */
  private volatile long queuedAt;

  /** The id it travels under; valid once it was sent. */
  private volatile int id = -1;

  /**
   * @param query a DNS message; its first two octets are replaced by an id of the connection's
   * @param deadlineNanos after this it is not sent any more
   * @param patient whether it was sent before, on a connection that is silent. The name may be
   *     slow, so the query is no reason to doubt the next connection
   * @param before the same query on the connection before, which may still be open; or null
   */
  PendingQuery(
      byte[] query, long deadlineNanos, boolean patient, PendingQuery before, Owner owner) {
    this.query = query;
    this.deadlineNanos = deadlineNanos;
    this.patient = patient;
    this.before = before;
    this.owner = owner;
  }

  boolean isPatient() {
    return patient;
  }

  PendingQuery before() {
    return before;
  }

  Owner owner() {
    return owner;
  }

  boolean isDone() {
    return done.get();
  }

  /** Whether its caller's time is over. */
  boolean isTooLate(long now) {
    return deadlineNanos - now <= 0;
  }

  byte[] query() {
    return query;
  }

  /** The response has come; false when nothing waits for it. */
  boolean respond(byte[] message) {
    boolean waited = ends();
    if (waited) {
      owner.responded(this, message);
    }
    return waited;
  }

  /** It has failed; false if nothing waits for it any more. */
  boolean fail(ExchangeFailure failure) {
    boolean waited = ends();
    if (waited) {
      owner.failed(this, failure);
    }
    return waited;
  }

  /**
   * The owner stops waiting; false if the query had already ended. The caller must tell the
   * connection.
   */
  boolean abandon() {
    return ends();
  }

  private boolean ends() {
    boolean waited = done.compareAndSet(false, true);
    if (waited) {
      settle();
    }
    return waited;
  }

  /** The connection no longer owes an answer for it. */
  private void settle() {
    Carrier debtor = owing.getAndSet(null);
    if (debtor != null) {
      debtor.owesOneLess();
    }
  }

  /** Its connection is silent. */
  void doubt() {
    if (!isDone()) {
      owner.doubted(this);
    }
  }

  void queued(Carrier on, long now) {
    metOpen = on.isOpen();
    connection = on;
    queuedAt = now;
    owing.set(on);
    if (isDone()) {
      settle(); // it ended at this moment
    }
  }

  /** The connection does not take it, so another one can. */
  void takenBack() {
    settle();
  }

  /** The connection that it was given to; null before. */
  Carrier connection() {
    return connection;
  }

  /** Whether that was open then. */
  boolean metOpen() {
    return metOpen;
  }

  long queuedAt() {
    return queuedAt;
  }

  void sent(int underId, long now) {
    sentAt = now;
    id = underId; // last: a thread that sees the id must see sentAt too
  }

  boolean wasSent() {
    return id >= 0;
  }

  int id() {
    return id;
  }

  long sentAt() {
    return sentAt;
  }
}
