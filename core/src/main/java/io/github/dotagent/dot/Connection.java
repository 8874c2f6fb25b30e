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
   * The server has taken the connection and says nothing. It may go on, or not: its queries are
   * given to another connection as well.
   */
  void opensSlowly();

  /** The writer has taken queries from the queue. */
  void taken();

  /** The server has sent a message. */
  void heard();

  /** A query that waits on it was answered. */
  void answered();

  /** Ends it when it takes no more queries and owes nothing. */
  void endIfDrained();

  // told by the timers

  /**
   * Ends it when a thread of it is gone without having ended it: stopped (Thread.stop, up to Java
   * 19), out of memory while it ended, or never begun. Otherwise its queries would wait for it, and
   * new ones be given to it, until a time-out that is meant for servers.
   */
  void endIfDeserted();

  /** It says nothing though it owes an answer. */
  void doubt();

  /** Ends it with a word to the server. Only when it is open. */
  void endInOrder(String reason);

  /** Ends it, because it was lost; its queries fail with the reason. The first reason stays. */
  void end(ExchangeFailure reason);

  /** Told by a query that no longer waits on it. */
  void owesOneLess();

  // how it stands

  /** Whether it was silent once: it takes no more queries. */
  boolean isDoubted();

  /** Whether it is connected and authenticated. */
  boolean isOpen();

  /** Whether it ever was connected and authenticated. */
  boolean wasOpen();

  /** Whether the server's machine has taken it, whatever came of it then. */
  boolean isReached();

  /** Whether the server has sent a message on it, be it an answer or not. */
  boolean wasOfUse();

  /** Whether no query waits on it, sent or unsent. */
  boolean owesNothing();

  /** Whether it has ended, for whatever reason. */
  boolean hasEnded();

  /** Why it has ended; null while it has not. */
  ExchangeFailure end();

  /** What to say when it has not opened in time. */
  ExchangeFailure connectLate();

  /** Ends when it is connected and authenticated, or exceptionally when that fails. */
  CompletableFuture<Void> opening();

  /** How long it may be idle. */
  IdleLimit idleLimit();

  /** When the server was last heard of, in nanoseconds of the timers' clock. */
  long lastHeard();

  /** When a query was last given to it, in nanoseconds of the timers' clock. */
  long lastUsed();
}
