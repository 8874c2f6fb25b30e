package io.github.dotagent.concurrent;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one timer thread, which is also the thread that starts every other.
 *
 * <p>A new thread inherits thread locals and, up to Java 23, the access control context of the one
 * that starts it, and with them the class loader of whatever web application happened to make the
 * lookup. Started from here it inherits nothing of the program's. Must itself be made by a thread
 * of the agent or in premain.
 */
public final class AgentTimers implements Timers, Threads {
  /** The wheel turns on for so many ticks without anything in it: lookups often come in a row. */
  private static final int REST_AFTER = 4;

  /** Ten periods of the kernel's CPU quota, in each of which there is a pause. */
  private static final long LATENESS_COUNTS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile long lateness; // written by the timer's thread, as the next
  private volatile long lateAt;

  private final TimerWheel wheel = new TimerWheel(System.nanoTime());
  private final AtomicBoolean turning = new AtomicBoolean();
  private volatile long turnDue; // of meaning while it turns
  private final ScheduledThreadPoolExecutor timer;
  private final Threads starting;
  private final FailureReport report;

  public AgentTimers(FailureReport report) {
    this(new ScheduledThreadPoolExecutor(1, new TimerThread()), new Starting(), report);
  }

  /**
   * @param timer of one thread, the timer's
   * @param starting starts a thread at once, from the thread that calls it
   */
  AgentTimers(ScheduledThreadPoolExecutor timer, Threads starting, FailureReport report) {
    this.timer = timer;
    this.starting = starting;
    this.report = report;
    // every answered query cancels its timer; without this they would pile up until they expire
    timer.setRemoveOnCancelPolicy(true);
    // once it is closed
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    timer.prestartCoreThread();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    final Future<?> scheduled =
        timer.schedule(new Logged(action), delayNanos, TimeUnit.NANOSECONDS);
    return new Timer() {
      @Override
      public void cancel() {
        scheduled.cancel(false);
      }
    };
  }

  @Override
  public Timer unlessCancelled(long delayNanos, Runnable action) {
    Timer timeOut = wheel.add(nanoTime(), delayNanos, new Logged(action));
    turn();
    return timeOut;
  }

  @Override
  public long latenessNanos() {
    return nanoTime() - lateAt < LATENESS_COUNTS_NANOS ? lateness : 0;
  }

  /** Ends the timer's thread. Nothing expires any more, and no thread is started. */
  public void close() {
    timer.shutdownNow();
  }

  private void ran(long now, long due) {
    long late = now - due;
    if (late >= lateness || now - lateAt >= LATENESS_COUNTS_NANOS) {
      lateness = Math.max(0, late);
      lateAt = now;
    }
  }

  private void turn() {
    if (!turning.get() && turning.compareAndSet(false, true)) {
      turnOn(null);
    }
  }

  /**
   * To be called while turning, by who made it so. Where the next tick cannot be set, for want of
   * stack or memory, the next time-out sets the wheel going again: none would ever expire if it
   * took it to be turning.
   *
   * @param before the turn that goes on, or null
   */
  private void turnOn(Turn before) {
    boolean set = false;
    try {
      turnDue = nanoTime() + TimerWheel.TICK_NANOS;
      after(TimerWheel.TICK_NANOS, before == null ? new Turn() : before);
      set = true;
    } finally {
      if (!set) {
        turning.set(false);
      }
    }
  }

  @Override
  public void start(final String role, final Runnable work) {
    timer.execute(
        new Runnable() {
          @Override
          public void run() {
            try {
              starting.start(role, new Logged(work));
            } catch (RuntimeException | Error refused) { // such as: unable to create native thread
              report.failed("the thread " + role + " cannot be started: " + refused);
            }
          }
        });
  }

  /** While something is in the wheel; a program that looks nothing up is not woken. */
  private final class Turn implements Runnable {
    private int empty;

    @Override
    public void run() {
      try {
        ran(nanoTime(), turnDue);
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
      if (!wheel.isEmpty()) { // something came in this very moment
        turn();
      }
    }
  }

  private static final class TimerThread implements ThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
      return new AgentThread("timer", work);
    }
  }

  private static final class Starting implements Threads {
    @Override
    public void start(String role, Runnable work) {
      new AgentThread(role, work).start();
    }
  }

  /** What is thrown is said and goes no further: a timer that dies takes every time-out with it. */
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
        report.failed("an action of the agent failed: " + thrown);
      }
    }
  }
}
