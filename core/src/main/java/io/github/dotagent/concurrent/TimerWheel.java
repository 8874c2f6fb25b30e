package io.github.dotagent.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * Timeouts. Nearly all of them are cancelled: there are several for each query, and they end within
 * the round trip. Setting or cancelling one changes a few links in a list, whatever the number of
 * timeouts. The heap of the JDK's executor would cost a sixth of the throughput, and would wake the
 * timer's thread for each timeout that is the next to expire. The price is that a timeout expires
 * up to a tick late.
 *
 * <p>Safe for use by any number of threads, except {@link #runDue}, which one thread calls.
 */
final class TimerWheel {
  /** Short compared with 20 ms, the least delay at which an answer counts as late. */
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  /** A turn of 1 s. Longer timeouts are looked at once a turn; there are hardly any. */
  static final int SLOTS = 256;

  private final long origin;
  private final Slot[] slots = new Slot[SLOTS];
  private long done; // the last tick that was run; of the one thread that runs them

  /**
   * @param now nanoseconds of the clock that all times here use
   */
  TimerWheel(long now) {
    origin = now;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /**
   * Runs the action after the delay, at most a tick late if {@link #runDue} is called in each tick.
   * If the action ends with an OutOfMemoryError, it runs again, once a turn, until it does not.
   */
  Timers.Timer add(long now, long delayNanos, Runnable action) {
    // never early, and never in a tick that is being run
    long tick = (now - origin + Math.max(0, delayNanos)) / TICK_NANOS + 1;
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
    for (Slot slot : slots) {
      if (slot.filled) {
        return false;
      }
    }
    return true;
  }

  /**
   * Runs the actions that have expired. An exception of one action does not affect the others; an
   * error outside of them, by lack of memory, leaves the tick to the next call.
   */
  void runDue(long now) {
    long last = (now - origin) / TICK_NANOS;
    // after a long pause one look at each slot is enough
    for (long tick = Math.max(done, last - SLOTS) + 1; tick <= last; tick++) {
      Entry due = slots[(int) (tick % SLOTS)].take(tick);
      done = tick;
      while (due != null) {
        Entry next = due.next;
        due.run();
        due = next;
      }
    }
  }

  /** All timeouts that expire in one tick of some turn. */
  private static final class Slot {
    private final Entry head = new Entry(this, 0, null); // guarded by this, with all its links
    private long taken = -1; // guarded by this; the tick it was last run for

    /**
     * Written under the monitor, which a stopped thread (Thread.stop) releases. It is a flag that
     * follows from the list, and not a count beside the list: a program's thread may run out of
     * stack between the two, and a wheel that counts itself as empty would stop.
     */
    volatile boolean filled; // not private: an accessor would be called for each slot of a tick

    Slot() {
      head.next = head;
      head.previous = head;
    }

    /** Null if that tick is over. */
    Entry add(long tick, Runnable action) {
      Entry entry = new Entry(this, tick, action);
      synchronized (this) {
        if (tick <= taken) {
          return null;
        }
        append(entry);
        return entry;
      }
    }

    /**
     * The entries that are due, as a chain in the order they were added, or null. Makes no object,
     * so that an entry that left the list is not lost by lack of memory.
     */
    synchronized Entry take(long tick) {
      Entry first = null;
      Entry last = null;
      taken = tick;
      Entry entry = head.next;
      while (entry != head) {
        Entry next = entry.next;
        if (entry.tick <= tick) {
          entry.previous.next = next;
          next.previous = entry.previous;
          entry.previous = null; // too late to be cancelled
          entry.next = null;
          if (last == null) {
            first = entry;
          } else {
            last.next = entry;
          }
          last = entry;
        }
        entry = next;
      }
      filled = head.next != head;
      if (!filled) {
        head.previous = head; // already so, unless a thread was stopped between two links
      }
      return first;
    }

    /**
     * Keeps it for the next turn. Makes no object either: there was no memory for the action, and a
     * caller may wait for it.
     */
    synchronized void addAgain(Entry entry, Runnable action) {
      entry.tick += SLOTS;
      entry.action = action;
      append(entry);
    }

    private void append(Entry entry) {
      entry.previous = head.previous;
      entry.next = head;
      head.previous.next = entry;
      head.previous = entry;
      filled = true;
    }

    synchronized void remove(Entry entry) {
      if (entry.previous == null) {
        return;
      }
      entry.previous.next = entry.next;
      entry.next.previous = entry.previous;
      entry.previous = null;
      entry.next = null;
      entry.action = null; // a timer that is kept must not keep its action
      filled = head.next != head;
    }
  }

  private static final class Entry implements Timers.Timer {
    private final Slot slot;
    private long tick; // guarded by the slot
    private Runnable action; // guarded by the slot; once taken, used by the taking thread alone
    private Entry next; // guarded as action; null: cancelled, or the last one taken
    private Entry previous; // guarded by the slot; null: taken or cancelled

    Entry(Slot slot, long tick, Runnable action) {
      this.slot = slot;
      this.tick = tick;
      this.action = action;
    }

    /** Runs the action, once the entry is taken. */
    void run() {
      Runnable mine = action;
      action = null; // as in remove
      next = null;
      try {
        mine.run();
      } catch (OutOfMemoryError full) {
        slot.addAgain(this, mine);
      } catch (RuntimeException | Error said) {
        // the action reports it if it can; other timeouts are still due
      }
    }

    @Override
    public void cancel() {
      slot.remove(this);
    }
  }
}
