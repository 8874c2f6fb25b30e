package io.github.dotagent.concurrent;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * The timer's thread and its actions, each with its time. It uses a monitor and no lock of
 * java.util.concurrent. If a program stops every thread that it finds ({@code Thread.stop}, up to
 * Java 19), such a lock may stay held, and a pool may treat a dead worker as alive. Then no timeout
 * would expire and no thread would start any more. Here a stopped thread continues, or the next
 * action starts a new one.
 */
class ActionQueue implements Runnable {
  /**
   * 146 years. Because the clock overflows, a longer delay would count as due before one that ends
   * now.
   */
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

  private final PriorityQueue<Action> actions = new PriorityQueue<>(); // guarded by this
  private Thread thread; // guarded by this; null: none yet
  private long arrivals; // guarded by this
  private boolean ended; // guarded by this

  ActionQueue() {}

  /**
   * Called on the thread of the starting agent, so that the timer's thread inherits nothing from
   * the program.
   */
  synchronized void begin() {
    if (!ended && (thread == null || !thread.isAlive())) {
      Thread begun = AgentThread.of("timer", this);
      begun.start();
      thread = begun;
    }
  }

  /**
   * Does the work after the delay; work that is due at the same time keeps its order.
   *
   * @param work throws nothing
   */
  Timers.Timer after(long delayNanos, Runnable work) {
    synchronized (this) {
      begin();
      Action action =
          new Action(System.nanoTime() + Math.min(delayNanos, LONGEST_NANOS), arrivals++, work);
      if (!ended) {
        actions.add(action);
      }
      if (actions.peek() == action) {
        notifyAll();
      }
      return action;
    }
  }

  /** Ends the thread. No action runs any more. */
  synchronized void end() {
    ended = true;
    actions.clear();
    thread = null;
    notifyAll();
  }

  @Override
  public void run() {
    boolean mine = true;
    while (mine) {
      try {
        Action action = take();
        mine = action != null;
        if (mine) {
          action.work.run();
        }
      } catch (RuntimeException | Error stopped) {
        // ThreadDeath: the next action is still due
      }
    }
  }

  /** Waits for the next action that is due; null when another thread has taken this one's place. */
  private synchronized Action take() {
    while (thread == Thread.currentThread()) {
      Action first = actions.peek();
      long left = first == null ? LONGEST_NANOS : first.due - System.nanoTime();
      if (left <= 0) {
        return actions.poll();
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException notForUs) {
        // some programs interrupt every thread they find
      }
    }
    return null;
  }

  private synchronized void remove(Action action) {
    actions.remove(action);
  }

  /** An action and its time. */
  private final class Action implements Timers.Timer, Comparable<Action> {
    private final long due;
    private final long arrival;
    private final Runnable work;

    Action(long due, long arrival, Runnable work) {
      this.due = due;
      this.arrival = arrival;
      this.work = work;
    }

    @Override
    public void cancel() {
      remove(this);
    }

    @Override
    public int compareTo(Action other) {
      long earlier = due - other.due; // System.nanoTime may begin anywhere
      return earlier == 0 ? Long.compare(arrival, other.arrival) : Long.signum(earlier);
    }
  }
}
