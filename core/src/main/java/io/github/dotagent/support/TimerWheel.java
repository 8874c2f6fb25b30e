package io.github.dotagent.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time-outs that nearly all are cancelled: several for each query, gone again within the round
 * trip. Setting one and taking it back are a few links in a list, whoever else waits; a heap of
 * them, as the JDK's executor keeps it, costs a sixth of all queries that a machine can ask, and
 * wakes the timer's thread for each that is the next to expire. The price: they expire up to a tick
 * late.
 *
 * <p>Safe for use by any number of threads, but for {@link #runDue}, which is one thread's.
 */
final class TimerWheel {
  /** Short against the 20 ms by which an answer is late at the earliest. */
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  /** A turn of 1 s. What waits longer is looked at once a turn; hardly anything does. */
  static final int SLOTS = 256;

  private final long origin;
  private final Slot[] slots = new Slot[SLOTS];
  private final AtomicInteger waiting = new AtomicInteger();
  private long done; // the last tick that was run; of the one thread that runs them

  /**
   * @param now nanoseconds of the clock that all times here are of
   */
  TimerWheel(long now) {
    origin = now;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /** Runs the action after the delay, within a tick, when {@link #runDue} is called so often. */
  Timers.Timer add(long now, long delayNanos, Runnable action) {
    // never early, and never in a tick that is being run
    long tick = (now - origin + Math.max(0, delayNanos)) / TICK_NANOS + 1;
    waiting.incrementAndGet();
    while (true) {
      Slot slot = slots[(int) (tick % SLOTS)];
      Entry entry = slot.add(tick, action);
      if (entry != null) {
        return entry;
      }
      tick++; // it was run meanwhile
    }
  }

  boolean isEmpty() {
    return waiting.get() == 0;
  }

  /** Runs what has expired. */
  void runDue(long now) {
    long last = (now - origin) / TICK_NANOS;
    // after a rest each slot is looked at once: that is all there is
    for (long tick = Math.max(done, last - SLOTS) + 1; tick <= last; tick++) {
      for (Runnable action : slots[(int) (tick % SLOTS)].take(tick)) {
        waiting.decrementAndGet();
        action.run();
      }
      done = tick;
    }
  }

  /** All that expires in one tick, and in those that are whole turns away. */
  private final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private final Entry head = new Entry(this, 0, null); // guarded by lock, with all its links
    private long taken = -1; // guarded by lock; the tick it was last run for

    Slot() {
      head.next = head;
      head.previous = head;
    }

    /** Null when that tick is over. */
    Entry add(long tick, Runnable action) {
      Entry entry = new Entry(this, tick, action);
      lock.lock();
      try {
        if (tick <= taken) {
          return null;
        }
        entry.previous = head.previous;
        entry.next = head;
        head.previous.next = entry;
        head.previous = entry;
        return entry;
      } finally {
        lock.unlock();
      }
    }

    List<Runnable> take(long tick) {
      List<Runnable> due = new ArrayList<>();
      lock.lock();
      try {
        taken = tick;
        Entry entry = head.next;
        while (entry != head) {
          Entry next = entry.next;
          if (entry.tick <= tick) {
            due.add(entry.action);
            unlink(entry);
          }
          entry = next;
        }
      } finally {
        lock.unlock();
      }
      return due;
    }

    boolean remove(Entry entry) {
      lock.lock();
      try {
        return entry.next != null && unlink(entry);
      } finally {
        lock.unlock();
      }
    }

    private boolean unlink(Entry entry) {
      entry.previous.next = entry.next;
      entry.next.previous = entry.previous;
      entry.next = null; // it is in no list any more
      entry.previous = null;
      entry.action = null; // whoever keeps the timer shall not keep what it was for
      return true;
    }
  }

  private final class Entry implements Timers.Timer {
    private final Slot slot;
    private final long tick;
    private Runnable action; // guarded by the slot's lock
    private Entry next; // guarded by the slot's lock; null: expired or cancelled
    private Entry previous; // guarded by the slot's lock

    Entry(Slot slot, long tick, Runnable action) {
      this.slot = slot;
      this.tick = tick;
      this.action = action;
    }

    @Override
    public void cancel() {
      if (slot.remove(this)) {
        waiting.decrementAndGet();
      }
    }
  }
}
