package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.concurrent.Timers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One upstream query in flight, and the callers that wait for it. Each caller has its own future:
 * cancelling one does not affect the others. Safe for use by any number of threads.
 */
final class InFlightQuery {
  private final Object lock = new Object();
  private List<CompletableFuture<Answer>> waiting = new ArrayList<>(1); // guarded by lock
  private boolean landed; // guarded by lock
  private Timers.Timer patience; // guarded by lock
  private boolean holdsPlace; // guarded by lock
  private final long begun;

  /**
   * @param refresh whether it refreshes an answer and no caller waits; it then holds one of the
   *     places for refreshes
   * @param begun the time of the timers' clock
   */
  InFlightQuery(boolean refresh, long begun) {
    this.holdsPlace = refresh;
    this.begun = begun;
  }

  /**
   * Whether it will never get a result, because an Error has orphaned it.
   *
   * @param lostNanos older than any query that ends
   */
  boolean isLost(long now, long lostNanos) {
    return now - begun >= lostNanos;
  }

  /** Gives back its place for refreshes; true if it had one, and only once. */
  boolean leavesPlace() {
    synchronized (lock) {
      boolean held = holdsPlace;
      holdsPlace = false;
      return held;
    }
  }

  /** A future for one more caller; null when the query has landed. */
  CompletableFuture<Answer> join() {
    synchronized (lock) {
      if (landed) {
        return null;
      }
      CompletableFuture<Answer> waiter = new CompletableFuture<>();
      waiting.add(waiter);
      return waiter;
    }
  }

  /** Runs the action when the callers have waited for so long; at most one timer runs at a time. */
  void whenLate(Timers timers, long nanos, Runnable action) {
    synchronized (lock) {
      if (!landed && patience == null) {
        patience = timers.unlessCancelled(nanos, action);
      }
    }
  }

  /** The waiting callers, for whom there is a stale answer now; the query continues. */
  List<CompletableFuture<Answer>> leaveEarly() {
    synchronized (lock) {
      patience = null;
      return taken();
    }
  }

  /** The waiting callers, for whom there is a result now; no caller can join any more. */
  List<CompletableFuture<Answer>> land() {
    synchronized (lock) {
      landed = true;
      if (patience != null) {
        patience.cancel();
      }
      return taken();
    }
  }

  private List<CompletableFuture<Answer>> taken() {
    List<CompletableFuture<Answer>> all = waiting;
    waiting = landed ? Collections.<CompletableFuture<Answer>>emptyList() : new ArrayList<>(1);
    return all;
  }
}
