package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;
import java.util.concurrent.TimeUnit;

/**
 * Learns how a server treats connections: how many queries it answers before it closes one, and
 * when the next connection may be tried after connections without an answer. Safe for use by any
 * number of threads.
 */
final class ConnectionPace {
  /** No known bound. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  /**
   * A server that answers this many queries on a connection needs no bound: the handshake is then a
   * small part of the work. The writer sends as many in one write.
   */
  static final int MANY = 64;

  /**
   * After this time a connection is given twice as many queries. If it is lost again, a few queries
   * are sent once more. Two losses within this time are no coincidence.
   */
  static final long GROW_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** After this time several connections are tried again: a restart may have ended all of them. */
  static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** A server that closed one connection often accepts the next one: some round trips. */
  static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * The wait doubles up to this bound. A lookup can wait this long, and one connection a second is
   * little even for a server that restarts while a thousand JVMs wait for it.
   */
  static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * If no connection has brought anything for this time, the server counts as away: a restart takes
   * less. From then on a query waits for one more attempt and not for its whole time.
   */
  static final long BEARABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Timers timers;
  private final Object lock = new Object();
  private int limit = UNLIMITED; // guarded by lock
  private long limitedAt; // guarded by lock; valid while there is a limit
  private boolean struck; // guarded by lock; when a connection with few answers was lost
  private long struckAt; // guarded by lock
  private int failures; // guarded by lock; in a row
  private long firstFailedAt; // guarded by lock; valid while there are failures
  private long lastFailedAt; // guarded by lock
  private long nextAt; // guarded by lock
  private volatile ExchangeFailure trouble; // null: none
  private volatile boolean alone;
  private volatile long aloneSince; // valid while alone

  ConnectionPace(Timers timers) {
    this.timers = timers;
  }

  /** How many queries the next connection is given. */
  int limit() {
    synchronized (lock) {
      if (limit != UNLIMITED && timers.nanoTime() - limitedAt >= GROW_NANOS) {
        limit = 2 * limit >= MANY ? UNLIMITED : 2 * limit;
        limitedAt = timers.nanoTime();
      }
      return limit;
    }
  }

  /**
   * A connection was lost without an answer while there was another one. Some servers keep one
   * connection for each client: they refuse the second, or close the first for it, and then no
   * connection would live long enough for an answer.
   */
  void lostBesideAnother(ExchangeFailure reason) {
    if (reason.kind() == ExchangeFailure.Kind.UNREACHABLE) {
      aloneSince = timers.nanoTime();
      alone = true;
    }
  }

  /** Whether to make only one connection at a time. */
  boolean isToBeAlone() {
    if (alone && timers.nanoTime() - aloneSince >= ALONE_NANOS) {
      alone = false;
    }
    return alone;
  }

  /** Why the last connection brought nothing; null if the server has sent something since. */
  ExchangeFailure trouble() {
    return trouble;
  }

  /** Nanoseconds until the next connection may be begun; 0: at once. */
  long waitNanos() {
    if (trouble == null) {
      return 0;
    }
    synchronized (lock) {
      return failures == 0 ? 0 : Math.max(0, nextAt - timers.nanoTime());
    }
  }

  /** The server has sent a message. */
  void heard() {
    if (trouble == null) {
      return;
    }
    synchronized (lock) {
      trouble = null;
      failures = 0;
    }
  }

  /**
   * A connection was lost, or never opened. If the agent closed it, because the server was the
   * wrong one or did not send DNS, it does not count.
   *
   * @param wasOpen it was connected and authenticated
   * @param wasOfUse it had brought a message
   * @param answers how many queries were answered on it
   * @param unanswered how many were sent on it and not answered
   */
  void lost(
      boolean wasOpen, boolean wasOfUse, int answers, int unanswered, ExchangeFailure reason) {
    synchronized (lock) {
      long now = timers.nanoTime();
      boolean closed = reason.kind() == ExchangeFailure.Kind.UNREACHABLE;
      // out of memory, the next is not begun at once either: that would need more memory
      boolean ours = reason.kind() == ExchangeFailure.Kind.LOCAL;
      if (!wasOfUse && (closed || ours || reason.kind() == ExchangeFailure.Kind.TIMEOUT)) {
        failed(wasOpen, reason, now);
      }
      if (closed && unanswered > 0) {
        stepBack(answers > 0 ? answers : Math.max(1, unanswered / 2), now);
      }
    }
  }

  private void failed(boolean wasOpen, ExchangeFailure reason, long now) {
    if (failures == 0 || now - lastFailedAt >= GROW_NANOS) {
      failures = 0; // old failures say nothing about the present
      firstFailedAt = now;
    }
    // at once after the first close, and after a connect timeout, which was already a wait
    boolean atOnce = reason.kind() == ExchangeFailure.Kind.TIMEOUT || wasOpen && failures == 0;
    long wait = FIRST_WAIT_NANOS << Math.min(failures, 7); // from then on the wait is the longest
    nextAt = now + (atOnce ? 0 : Math.min(wait, LONGEST_WAIT_NANOS));
    failures++;
    lastFailedAt = now;
    trouble = reason;
  }

  /** Responses lost with the connection are not counted, so the limit is then half. */
  private void stepBack(int bearable, long now) {
    if (limit != UNLIMITED) {
      limit = Math.min(limit, bearable);
      limitedAt = now;
    } else if (bearable < MANY) {
      if (struck && now - struckAt < GROW_NANOS) {
        limit = bearable;
        limitedAt = now;
        struck = false;
      } else {
        struck = true; // one such close is ordinary: a restart, or an idle close
        struckAt = now;
      }
    }
  }

  /** Whether no connection has brought anything for long, at that moment. */
  boolean wasAwayAt(long moment) {
    synchronized (lock) {
      return failures > 0 && moment - firstFailedAt >= BEARABLE_NANOS;
    }
  }
}
