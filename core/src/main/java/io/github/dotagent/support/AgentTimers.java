package io.github.dotagent.support;

import io.github.dotagent.support.LogSettings.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
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

  private final TimerWheel wheel = new TimerWheel(System.nanoTime());
  private final AtomicBoolean turning = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor timer;
  private final Log log;

  public AgentTimers(Log log) {
    this.log = log;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            new ThreadFactory() {
              @Override
              public Thread newThread(Runnable work) {
                return new AgentThread("timer", work);
              }
            });
    // every answered query cancels its timer; without this they would pile up until they expire
    timer.setRemoveOnCancelPolicy(true);
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

  private void turn() {
    if (!turning.get() && turning.compareAndSet(false, true)) {
      after(TimerWheel.TICK_NANOS, new Turn());
    }
  }

  @Override
  public void start(final String role, final Runnable work) {
    timer.execute(
        new Runnable() {
          @Override
          public void run() {
            new AgentThread(role, new Logged(work)).start();
          }
        });
  }

  /** While something is in the wheel; a program that looks nothing up is not woken. */
  private final class Turn implements Runnable {
    private int empty;

    @Override
    public void run() {
      wheel.runDue(nanoTime());
      empty = wheel.isEmpty() ? empty + 1 : 0;
      if (empty < REST_AFTER) {
        after(TimerWheel.TICK_NANOS, this);
        return;
      }
      turning.set(false);
      if (!wheel.isEmpty()) { // something came in this very moment
        turn();
      }
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
        log.write(Level.ERROR, "an action of the agent failed: " + thrown);
      }
    }
  }
}
