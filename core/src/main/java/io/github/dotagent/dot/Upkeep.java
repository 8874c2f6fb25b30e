package io.github.dotagent.dot;

import io.github.dotagent.concurrent.Timers;
import java.util.concurrent.TimeUnit;

/** Looks at an open connection now and then: one that is idle is closed, one that is dead left. */
final class Upkeep implements Runnable {
  /** At least this often: the time by which a dead connection may be found out too late. */
  static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /**
   * A server that owes an answer and has said nothing at all for so long may be gone. The kernel
   * would resend for 15 minutes (tcp(7), tcp_retries2). Slow names take seconds too, so its queries
   * are asked on a fresh connection as well, and may still be answered on this one.
   */
  static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Connection connection;
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
    lookAgainIn(Math.min(LOOK_NANOS, idleLimit.nanos()));
  }

  @Override
  public void run() {
    if (connection.hasEnded()) {
      return;
    }
    long now = timers.nanoTime();
    long sinceHeard = now - connection.lastHeard();
    if (connection.owesNothing()) {
      long idle = Math.min(now - connection.lastUsed(), sinceHeard);
      long left = idleLimit.nanos() - idle;
      if (left <= 0) {
        connection.endInOrder("closed as idle");
      } else {
        lookAgainIn(Math.min(left, LOOK_NANOS));
      }
      return;
    }
    if (sinceHeard >= SILENT_NANOS && now - pending.oldestSentAt(now) >= SILENT_NANOS) {
      connection.doubt();
    }
    lookAgainIn(LOOK_NANOS);
  }

  private void lookAgainIn(long nanos) {
    timers.after(nanos, this);
  }
}
