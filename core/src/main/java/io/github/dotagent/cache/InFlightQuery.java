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
 * One upstream query on its way, and everybody who waits for it. Each of them has a future of its
 * own: what one does to it harms no other. Safe for use by any number of threads.
 */
final class InFlightQuery {
  /**
   * After that no query can be behind it: a lookup ends within its {@code timeout}, which is 10
   * minutes at most. Only an Error in the midst of things can leave such a flight.
   */
  private static final long LOST_NANOS = TimeUnit.MINUTES.toNanos(11);

  private final ReentrantLock lock = new ReentrantLock();
  private List<CompletableFuture<Answer>> waiting = new ArrayList<>(1); // guarded by lock
  private boolean landed; // guarded by lock
  private Timers.Timer patience; // guarded by lock
  private boolean holdsPlace; // guarded by lock
  private final long begun;

  /**
   * @param refresh whether it was begun before anybody had to wait, and so holds one of the places
   *     of those
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

  /** Whether it held one of the places of those that refresh; true once at most. */
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

  /** One more who waits; null when it has landed. */
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

  /** What is done when those who wait now have waited for so long; has an effect once at a time. */
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

  /** Those who wait, to be given something now; the query goes on. */
  List<CompletableFuture<Answer>> leaveEarly() {
    lock.lock();
    try {
      patience = null;
      return taken();
    } finally {
      lock.unlock();
    }
  }

  /** Those who wait, to be given what came; nobody joins any more. */
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
