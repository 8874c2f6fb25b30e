package io.github.dotagent.dot;

import java.util.concurrent.CompletableFuture;

/** One query on its way: the message, and where its response goes. */
final class Exchange {
  private final byte[] query;
  private final boolean patient;
  private final CompletableFuture<byte[]> response = new CompletableFuture<>();

  /** Nanoseconds of the timer's clock; 0 until then. Written by the connection's writer. */
  private volatile long sentAt;

  /** Nanoseconds of the timer's clock; set before it is in the queue. */
  private volatile long queuedAt;

  /** The id it travels under; of meaning once it was sent. */
  private volatile int id = -1;

  /**
   * @param query a DNS message; its first two octets are replaced by an id of the connection's
   */
  Exchange(byte[] query) {
    this(query, false);
  }

  /**
   * @param patient it was sent before, on a connection that went silent: perhaps it is the name
   *     that is slow, so it is no reason to leave the next one
   */
  Exchange(byte[] query, boolean patient) {
    this.query = query;
    this.patient = patient;
  }

  boolean isPatient() {
    return patient;
  }

  CompletableFuture<byte[]> response() {
    return response;
  }

  boolean isDone() {
    return response.isDone();
  }

  byte[] query() {
    return query;
  }

  void queued(long now) {
    queuedAt = now;
  }

  long queuedAt() {
    return queuedAt;
  }

  void sent(int underId, long now) {
    sentAt = now;
    id = underId; // last: whoever sees that it was sent has to see when
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
