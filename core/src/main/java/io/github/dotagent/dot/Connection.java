package io.github.dotagent.dot;

import java.util.concurrent.CompletableFuture;

/**
 * One connection as its threads, its timers and its queries see it. Safe for use by any number of
 * threads.
 */
interface Connection {
  // told by the writer and the reader

  /** This is the writer's own thread; told before anything else. */
  void writes(Thread thread);

  /** This is the reader's own thread; told before anything else. */
  void reads(Thread thread);

  /** Connected and authenticated. */
  void opened();

  /**
   * The server has accepted the connection and is silent. It may continue, or not: another
   * connection gets its queries as well.
   */
  void opensSlowly();

  /** The connection has ended, and the writer has closed it with a TLS close. */
  void left();

  /** The writer has taken queries from the queue. */
  void taken();

  /** The server has sent a message. */
  void heard();

  /** A query that waits on it was answered. */
  void answered();

  /** Ends the connection if it takes no more queries and owes no answer. */
  void endIfDrained();

  // told by the timers

  /**
   * Ends the connection if one of its threads is gone and has not ended it. The thread was stopped
   * (Thread.stop, up to Java 19), had no memory at its end, or never began. Otherwise the
   * connection's queries, and new ones, would wait until a timeout that is meant for servers.
   */
  void endIfDeserted();

  /** It is silent although it owes an answer. */
  void doubt();

  /** Ends it with a TLS close. Only when it is open. */
  void endInOrder(String reason);

  /** Ends it, because it was lost; its queries fail with the reason. The first reason stays. */
  void end(ExchangeFailure reason);

  /** Told by a query that no longer waits on it. */
  void owesOneLess();

  // the state

  /** Whether it was silent once: it takes no more queries. */
  boolean isDoubted();

  /** Whether it is connected and authenticated. */
  boolean isOpen();

  /** Whether it ever was connected and authenticated. */
  boolean wasOpen();

  /** Whether the server's machine has accepted it; it may have failed since. */
  boolean isReached();

  /** Whether the server has sent any message on it. */
  boolean wasOfUse();

  /** Whether no query waits on it, sent or unsent. */
  boolean owesNothing();

  /** Whether it has ended, for any reason. */
  boolean hasEnded();

  /** Why it has ended; null while it has not. */
  ExchangeFailure end();

  /** The failure to report if it has not opened in time. */
  ExchangeFailure connectLate();

  /** Ends when it is connected and authenticated, or exceptionally when that fails. */
  CompletableFuture<Void> opening();

  /** How long it may be idle. */
  IdleLimit idleLimit();

  /** When the server last sent something, in nanoseconds of the timers' clock. */
  long lastHeard();

  /** When a query was last given to it, in nanoseconds of the timers' clock. */
  long lastUsed();
}
