package io.github.dotagent.concurrent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one timer thread, which is also the thread that starts every other.
 *
 * <p>A new thread inherits thread locals and, up to Java 23, the access control context of the
 * thread that starts it. With them it inherits the class loader of the web application that
 * happened to make the lookup. A thread that is started from here inherits nothing from the
 * program. So this object must be made by a thread of the agent or in premain.
 */
public final class AgentTimers implements Timers, ThreadStarter {
  /** The empty wheel turns for this many more ticks, because lookups often come in a row. */
  private static final int REST_AFTER = 4;

  /**
   * A tick that is this late will not come: its thread was stopped (Thread.stop) before it set the
   * next tick.
   */
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Runnable NOTHING =
      new Runnable() {
        @Override
        public void run() {}
      };

  private final TimerLateness lateness = new TimerLateness();
  private final TimerWheel wheel = new TimerWheel(System.nanoTime());
  private final AtomicBoolean turning = new AtomicBoolean();
  private final AtomicReference<Turn> current = new AtomicReference<>(); // any other turn has ended
  private final long lostNanos;
  private volatile long turnDue; // valid while a turn is under way
  private final ActionQueue timer;
  private final ThreadStarter starting;
  private final FailureListener failures;

  public AgentTimers(FailureListener failures) {
    this(new ActionQueue(), new Starting(), failures);
  }

  /**
   * @param starting starts a thread at once, from the thread that calls it
   */
  AgentTimers(ActionQueue timer, ThreadStarter starting, FailureListener failures) {
    this(timer, starting, failures, LOST_NANOS);
  }

  /**
   * @param lostNanos a tick that is later than this will not come
   */
  AgentTimers(ActionQueue timer, ThreadStarter starting, FailureListener failures, long lostNanos) {
    this.lostNanos = lostNanos;
    this.timer = timer;
    this.starting = starting;
    this.failures = failures;
    timer.begin();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    return timer.after(delayNanos, new Logged(action));
  }

  @Override
  public Timer unlessCancelled(long delayNanos, Runnable action) {
    Timer timeOut = wheel.add(nanoTime(), delayNanos, new RunAgain(action));
    turn();
    return timeOut;
  }

  @Override
  public long latenessNanos() {
    return lateness.nanosAt(nanoTime());
  }

  /** Ends the timer's thread. Nothing expires any more, and no thread is started. */
  public void close() {
    timer.end();
  }

  private void turn() {
    if (!turning.get()) {
      Turn first = new Turn(); // without memory for it, the wheel must not turn
      if (turning.compareAndSet(false, true)) {
        turnOn(first);
      }
      return;
    }
    Turn lost = current.get();
    // null: another thread is setting the first turn now, or was stopped while it did
    if (lost == null || nanoTime() - turnDue > lostNanos) {
      Turn next = new Turn();
      if (current.compareAndSet(lost, next)) {
        turnOn(next);
      }
    }
  }

  /**
   * Called while the wheel turns, by the thread that started it. If the next tick cannot be set, by
   * lack of stack or memory, the next timeout starts the wheel again: otherwise none would ever
   * expire.
   *
   * @param turn a new one, or one that continues
   */
  private void turnOn(Turn turn) {
    boolean set = false;
    try {
      turnDue = nanoTime() + TimerWheel.TICK_NANOS;
      current.set(turn);
      after(TimerWheel.TICK_NANOS, turn);
      set = true;
    } finally {
      if (!set) {
        turning.set(false);
      }
    }
  }

  @Override
  public void start(String role, Runnable work) {
    start(role, work, NOTHING);
  }

  @Override
  public void start(final String role, final Runnable work, final Runnable notStarted) {
    timer.after(
        0,
        new Runnable() {
          @Override
          public void run() {
            try {
              starting.start(role, new Logged(work));
            } catch (RuntimeException | Error refused) { // e.g. unable to create native thread
              try {
                notStarted.run();
              } finally {
                failures.failed("the thread " + role + " cannot be started: " + refused);
              }
            }
          }
        });
  }

  /** Turns the wheel while something is in it: a program that looks nothing up is not woken. */
  private final class Turn implements Runnable {
    private int empty;

    @Override
    public void run() {
      if (current.get() != this) {
        return; // this turn was considered lost, and another turn replaced it
      }
      try {
        lateness.ran(nanoTime(), turnDue);
        wheel.runDue(nanoTime());
      } finally {
        goOn();
      }
    }

    private void goOn() {
      empty = wheel.isEmpty() ? empty + 1 : 0;
      if (empty < REST_AFTER) {
        turnOn(this);
        return;
      }
      turning.set(false);
      if (!wheel.isEmpty()) { // a timer was added just now
        turn();
      }
    }
  }

  private static final class Starting implements ThreadStarter {
    @Override
    public void start(String role, Runnable work) {
      AgentThread.of(role, work).start();
    }
  }

  /** As {@link Logged}, but if the action had no memory, the wheel runs it again. */
  private final class RunAgain implements Runnable {
    private final Runnable action;

    RunAgain(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      try {
        action.run();
      } catch (OutOfMemoryError full) {
        throw full;
      } catch (RuntimeException | Error thrown) {
        failures.failed("a background action of the agent failed: " + thrown);
      }
    }
  }

  /**
   * Reports an exception and stops it here: without the timer's thread no timeout would expire any
   * more.
   */
  private final class Logged implements Runnable {
    private final Runnable action;

    Logged(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      try {
        action.run();
      } catch (RuntimeException | Error thrown) {
        failures.failed("a background action of the agent failed: " + thrown);
      }
    }
  }
}
