package io.github.dotagent.dot;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One connection at a time to one server, made when it is needed and there is none. Safe for use by
 * any number of threads.
 */
final class ConnectionSlot {
  private final Supplier<DotConnection> connections;
  private final Object lock = new Object();

  /**
   * Null if there is no connection. The reference to an ended connection is dropped, because its
   * buffers are 75 KB, and its settings are old.
   */
  private final AtomicReference<DotConnection> current = new AtomicReference<>();

  ConnectionSlot(Supplier<DotConnection> connections) {
    this.connections = connections;
  }

  /** The connection in use; null if none takes queries. */
  DotConnection usable() {
    DotConnection connection = current.get();
    return connection != null && connection.takesQueries() ? connection : null;
  }

  /** Ends the connection in use if one of its threads is gone: the next query begins another. */
  void endIfDeserted() {
    DotConnection connection = current.get();
    if (connection != null) {
      connection.endIfDeserted();
    }
  }

  /** The connection in use, or a new one that begins to connect. No I/O happens here. */
  DotConnection connection() {
    DotConnection usable = usable();
    if (usable != null) {
      return usable;
    }
    synchronized (lock) {
      DotConnection begunMeanwhile = usable();
      if (begunMeanwhile != null) {
        return begunMeanwhile;
      }
      DotConnection begun = connections.get();
      current.set(begun); // a previous connection without capacity closes by itself
      forgetEnded(); // the connection may already have ended
      return begun;
    }
  }

  /** To be called at the end of each connection. Without the lock, which may be held for long. */
  void forgetEnded() {
    DotConnection connection = current.get();
    if (connection != null && connection.hasEnded()) {
      current.compareAndSet(connection, null);
    }
  }

  /** Whether there is no connection at all, not even one that takes no more queries. */
  boolean isVacant() {
    DotConnection connection = current.get();
    return connection == null || connection.hasEnded();
  }

  /** As {@link DotConnection#isOurTurn}; false when there is none. */
  boolean isOurTurn(long nanos) {
    DotConnection connection = current.get();
    return connection != null && connection.isOurTurn(nanos);
  }

  /** Whether there is a connection, and another one than this. */
  boolean hasOther(DotConnection than) {
    DotConnection connection = current.get();
    return connection != null && connection != than && !connection.hasEnded();
  }

  /** As {@link DotConnection#doing}; empty when there is none. */
  String doing() {
    DotConnection connection = current.get();
    return connection == null || connection.hasEnded() ? "" : connection.doing();
  }

  /** Whether a query would be sent at once, on a connection that is there. */
  boolean isOpen() {
    DotConnection connection = current.get();
    return connection != null && connection.isOpen();
  }
}
