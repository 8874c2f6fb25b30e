package io.github.dotagent.agent.monitoring;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Checks from time to time whether the program has started JMX or JFR, and joins it. It looks at
 * the list of loaded classes, because any other question would load the class that it asks about.
 * On the timer's thread.
 */
final class IntegrationPoller implements Runnable {
  /** By then the program's own start, which needs the processor more, is nearly over. */
  static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Two seconds between the start of a recording, or of JMX, and the agent's part in it do no harm.
   * A look takes 0.1 ms (Java 8 with 500 classes, 25 with 900), the first one 0.5 and 1 ms: less
   * than a ten-thousandth of a processor.
   */
  static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Supplier<Class<?>[]> loadedClasses;
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;
  private final List<Waiting> waiting = new ArrayList<>(); // of the timer's thread, once begun
  private final Queue<LazyIntegration> joined = new ConcurrentLinkedQueue<>();

  /**
   * @param loadedClasses those of the bootstrap loader
   */
  IntegrationPoller(
      List<LazyIntegration> joinables,
      Supplier<Class<?>[]> loadedClasses,
      ThreadStarter threads,
      Timers timers,
      Log log) {
    this.loadedClasses = loadedClasses;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
    for (LazyIntegration joinable : joinables) {
      waiting.add(new Waiting(joinable));
    }
  }

  /** Returns at once. */
  void begin() {
    timers.after(FIRST_NANOS, this);
  }

  @Override
  public void run() {
    try {
      findClasses();
      for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
        if (all.next().isOver()) {
          all.remove();
        }
      }
    } finally { // also after Thread.stop: a timer starts the next thread
      if (!waiting.isEmpty()) {
        timers.after(PERIOD_NANOS, this);
      }
    }
  }

  /**
   * Leaves JMX and JFR. Call it when the agent's threads have ended.
   *
   * @return what could not be left, with the reasons; empty if all was
   */
  String leave() {
    StringBuilder kept = new StringBuilder();
    for (LazyIntegration one = joined.poll(); one != null; one = joined.poll()) {
      try {
        one.leave();
      } catch (Exception | LinkageError refused) {
        kept.append(kept.length() == 0 ? "" : "; ").append(one).append(": ").append(refused);
      }
    }
    return kept.toString();
  }

  private void findClasses() {
    boolean allFound = true;
    for (Waiting one : waiting) {
      allFound &= one.loaded != null;
    }
    if (allFound) {
      return;
    }
    Waiting[] all = waiting.toArray(new Waiting[0]); // an iterator for each class is many calls
    for (Class<?> loaded : loadedClasses.get()) {
      String name = loaded.getName();
      for (Waiting one : all) {
        if (one.className.equals(name)) {
          one.loaded = loaded;
        }
      }
    }
  }

  /** One that is not joined yet. */
  private final class Waiting {
    private final LazyIntegration joinable;
    final String className; // not private, or an accessor would be called for each class
    private Class<?> loaded; // null until it is
    private Joining joining; // null until it is awake

    Waiting(LazyIntegration joinable) {
      this.joinable = joinable;
      this.className = joinable.className();
    }

    /** True if no further check is needed. */
    boolean isOver() {
      if (joining != null && !joining.isLost()) {
        return joining.over;
      }
      try {
        if (loaded == null || !joinable.isAwake(loaded)) {
          return false;
        }
      } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
        failed(unknownJdk);
        return true;
      }
      // in a thread of its own: it may load and compile, and run listeners of the program's
      Joining begun = new Joining(joining != null);
      threads.start("watch", begun);
      joining = begun; // set after its thread started; otherwise the next look tries again
      return begun.over;
    }

    private void failed(Throwable reason) {
      log.write(Level.WARN, "the agent cannot be watched with " + joinable + ": " + reason);
    }

    private final class Joining implements Runnable {
      private final boolean again;
      private volatile Thread thread; // null until it has begun
      private volatile boolean over;

      /**
       * @param again whether another thread may have done a part of it
       */
      Joining(boolean again) {
        this.again = again;
      }

      /** Whether its thread was stopped (Thread.stop) before it came to its end. */
      boolean isLost() {
        Thread joins = thread;
        return !over && joins != null && !joins.isAlive();
      }

      @Override
      public void run() {
        thread = Thread.currentThread();
        if (again) {
          leaveHalf();
        } else {
          joined.add(joinable); // first, because joining may be interrupted halfway
        }
        try {
          joinable.join();
          log.write(Level.DEBUG, "the agent can be watched with " + joinable);
        } catch (Exception | LinkageError refused) {
          failed(refused);
        }
        over = true;
      }

      private void leaveHalf() {
        try {
          joinable.leave();
        } catch (Exception | LinkageError noHalf) {
          // it may be joined anyway; otherwise the refusal is logged below
        }
      }
    }
  }
}
