package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;
import java.util.concurrent.TimeUnit;

/** Checks an open connection from time to time: closes an idle one, and doubts a silent one. */
final class Upkeep implements Runnable {
  /** The longest time between two checks: a dead connection may be noticed this much too late. */
  static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /**
   * A server that owes an answer and has sent nothing at all for this time may be gone. The kernel
   * would resend for 15 minutes (tcp(7), tcp_retries2). Slow names take seconds too, so its queries
   * are asked on a fresh connection as well, and may still be answered on this one.
   */
  static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A check that is this late will not come: perhaps there was no memory to set its time. */
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Connection connection;
  private volatile long lookedAt;
  private volatile boolean stopped;
  private volatile Timers.Timer next; // null: not begun
  private final PendingQueries pending;
  private final IdleLimit idleLimit;
  private final Timers timers;

  Upkeep(Connection connection, PendingQueries pending, IdleLimit idleLimit, Timers timers) {
    this.connection = connection;
    this.pending = pending;
    this.idleLimit = idleLimit;
    this.timers = timers;
  }

  /** From now on until the connection's end. */
  void begin() {
    lookedAt = timers.nanoTime();
    lookAgainIn(Math.min(LOOK_NANOS, idleLimit.nanos()));
  }

  /** Whether it was lost: no check has come for too long. */
  boolean isLost(long now) {
    return now - lookedAt >= LOST_NANOS;
  }

  /**
   * The connection has ended, or another upkeep replaces this one, which was lost. A timer would
   * keep an ended connection in memory.
   */
  void stop() {
    stopped = true;
    cancelIfStopped();
  }

  @Override
  public void run() {
    connection.endIfDeserted();
    if (stopped || connection.hasEnded()) {
      return;
    }
    long now = timers.nanoTime();
    lookedAt = now;
    long sinceHeard = now - connection.lastHeard();
    if (connection.owesNothing()) {
      long idle = Math.min(now - connection.lastUsed(), sinceHeard);
      long rest = idleLimit.nanos() - idle;
      if (rest <= 0) {
        connection.endInOrder("closed as idle");
      } else {
        lookAgainIn(Math.min(rest, LOOK_NANOS));
      }
      return;
    }
    if (sinceHeard >= SILENT_NANOS && now - pending.oldestSentAt(now) >= SILENT_NANOS) {
      connection.doubt();
    }
    lookAgainIn(LOOK_NANOS);
  }

  private void lookAgainIn(long nanos) {
    next = timers.after(nanos, this);
    cancelIfStopped();
  }

  private void cancelIfStopped() {
    Timers.Timer last = next;
    if (stopped && last != null) {
      last.cancel();
    }
  }
}
