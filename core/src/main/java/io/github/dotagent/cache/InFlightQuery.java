package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.concurrent.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One upstream query in flight, and the callers that wait for it. Each caller has its own future:
 * cancelling one does not affect the others. Safe for use by any number of threads.
 */
final class InFlightQuery {
  private final Object lock = new Object();
  private final List<CompletableFuture<Answer>> waiting = new ArrayList<>(1); // guarded by lock
  private int taken; // guarded by lock; how many of these have been served
  private boolean landed; // guarded by lock
  private Timers.Timer patience; // guarded by lock
  private boolean holdsPlace; // guarded by lock
  private final long begun;

  /**
   * @param refresh whether the query refreshes an answer, without a waiting caller; it then holds
   *     one of the places for refreshes
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

  /** The waiting callers get a stale answer now; the query continues. */
  void patienceIsOver() {
    synchronized (lock) {
      patience = null;
    }
  }

  /** There is a result: the waiting callers get it now, and no other can join. */
  void land() {
    synchronized (lock) {
      landed = true;
      if (patience != null) {
        patience.cancel();
      }
    }
  }

  /** The next caller to be served, who waits no more; null: none is left. */
  CompletableFuture<Answer> take() {
    synchronized (lock) {
      if (taken == waiting.size()) {
        waiting.clear();
        taken = 0;
        return null;
      }
      return waiting.set(taken++, null);
    }
  }

  /**
   * The caller was not served, and waits again. This needs no memory, because there may be none:
   * the list keeps its room.
   */
  void putBack(CompletableFuture<Answer> waiter) {
    synchronized (lock) {
      if (taken == 0) {
        waiting.add(waiter);
      } else {
        waiting.set(--taken, waiter);
      }
    }
  }
}
