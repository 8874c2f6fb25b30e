package io.github.dotagent.support;

import io.github.dotagent.support.LogSettings.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one timer thread, which is also the thread that starts every other.
 *
 * <p>A new thread inherits thread locals and, up to Java 23, the access control context of the one
 * that starts it, and with them the class loader of whatever web application happened to make the
 * lookup. Started from here it inherits nothing of the program's. Must itself be made by a thread
 * of the agent or in premain.
 */
public final class AgentTimers implements Timers, Threads {
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
  public void start(final String role, final Runnable work) {
    timer.execute(
        new Runnable() {
          @Override
          public void run() {
            new AgentThread(role, new Logged(work)).start();
          }
        });
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
