package io.github.dotagent.dot;

import java.util.concurrent.CompletableFuture;

/** One query on its way: the message, and where its response goes. */
final class Exchange {
  private final byte[] query;
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
    this.query = query;
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
