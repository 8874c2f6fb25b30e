package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.concurrent.Timers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One upstream query in flight, and the callers that wait for it. Each caller has its own future:
 * cancelling one does not affect the others. Safe for use by any number of threads.
 */
final class InFlightQuery {
  /**
   * Older than any query: a lookup ends within its {@code timeout}, 10 minutes at most. An older
   * flight was orphaned by an Error.
   */
  private static final long LOST_NANOS = TimeUnit.MINUTES.toNanos(11);

  private final ReentrantLock lock = new ReentrantLock();
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

  /** Whether nothing will come of it any more. */
  boolean isLost(long now) {
    return now - begun >= LOST_NANOS;
  }

  /** Gives back its place for refreshes; true if it had one, and only once. */
  boolean leavesPlace() {
    lock.lock();
    try {
      boolean held = holdsPlace;
      holdsPlace = false;
      return held;
    } finally {
      lock.unlock();
    }
  }

  /** A future for one more caller; null when the query has landed. */
  CompletableFuture<Answer> join() {
    lock.lock();
    try {
      if (landed) {
        return null;
      }
      CompletableFuture<Answer> waiter = new CompletableFuture<>();
      waiting.add(waiter);
      return waiter;
    } finally {
      lock.unlock();
    }
  }

  /** Runs the action when the callers have waited for so long; at most one timer runs at a time. */
  void whenLate(Timers timers, long nanos, Runnable action) {
    lock.lock();
    try {
      if (!landed && patience == null) {
        patience = timers.unlessCancelled(nanos, action);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The callers that wait, to be given a stale answer now; the query goes on. */
  List<CompletableFuture<Answer>> leaveEarly() {
    lock.lock();
    try {
      patience = null;
      return taken();
    } finally {
      lock.unlock();
    }
  }

  /** The callers that wait, to be given the result; no caller can join any more. */
  List<CompletableFuture<Answer>> land() {
    lock.lock();
    try {
      landed = true;
      if (patience != null) {
        patience.cancel();
      }
      return taken();
    } finally {
      lock.unlock();
    }
  }

  private List<CompletableFuture<Answer>> taken() {
    List<CompletableFuture<Answer>> all = waiting;
    waiting = landed ? Collections.<CompletableFuture<Answer>>emptyList() : new ArrayList<>(1);
    return all;
  }
}
