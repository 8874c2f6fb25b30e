package io.github.dotagent.dnssec;

import io.github.dotagent.concurrent.ThreadStarter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which signatures are checked: the agent's own, without the program's loaders and
 * locals. They exist only while there is something to check. It uses a monitor and no executor of
 * the JDK, because a program may stop any thread up to Java 19, and a lock of java.util.concurrent
 * would stay held. Safe for use by any number of threads.
 */
public final class ValidationThreads implements Executor {
  /** The program needs the processors as well; a check takes a millisecond. */
  private static final int MOST = 4;

  /** Names come in bursts; a waiting thread costs its stack. */
  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final ThreadStarter threads;
  private final int most;
  private final Object lock = new Object();

  private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by lock, as the next
  private int workers; // those about to begin, too
  private int idle;
  private boolean closed;

  /**
   * @param threads starts those that check, with the security providers that they are to use
   */
  public ValidationThreads(ThreadStarter threads) {
    this(threads, Math.min(MOST, Runtime.getRuntime().availableProcessors()));
  }

  ValidationThreads(ThreadStarter threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  /**
   * Returns at once. If no thread can start, the check waits for the next one that can.
   *
   * @throws RejectedExecutionException when they have been closed
   */
  @Override
  public void execute(Runnable check) {
    boolean begins;
    synchronized (lock) {
      if (closed) {
        throw new RejectedExecutionException("dot-agent has ended");
      }
      waiting.add(check);
      begins = waiting.size() > idle && workers < most;
      workers += begins ? 1 : 0;
      lock.notify();
    }
    if (begins) {
      begin();
    }
  }

  private void begin() {
    boolean begun = false;
    try {
      threads.start("dnssec", new Worker(), new NotStarted());
      begun = true;
    } finally {
      if (!begun) {
        leave();
      }
    }
  }

  private void leave() {
    synchronized (lock) {
      workers--;
    }
  }

  /** If a thread has died while checks wait, another takes its place. */
  private void died() {
    boolean begins;
    synchronized (lock) {
      begins = !waiting.isEmpty();
      workers -= begins ? 0 : 1;
    }
    if (begins) {
      begin();
    }
  }

  /** Ends them; checks that wait are over within their time-out. */
  public void close() {
    synchronized (lock) {
      closed = true;
      waiting.clear();
      lock.notifyAll();
    }
  }

  /** Null, and this thread is none of them any more, when there has been nothing for a while. */
  @SuppressWarnings("WaitNotInLoop") // one that wakes for nothing ends, and another can be had
  private Runnable next() {
    synchronized (lock) {
      if (waiting.isEmpty() && !closed) {
        idle++;
        try {
          lock.wait(IDLE_MILLIS);
        } catch (InterruptedException byTheProgram) {
          // it interrupts every thread that it finds: as if the time were over
        } finally {
          idle--;
        }
      }
      Runnable check = waiting.poll();
      workers -= check == null ? 1 : 0;
      return check;
    }
  }

  private final class Worker implements Runnable {
    @Override
    public void run() {
      boolean leaves = false;
      try {
        for (Runnable check = next(); check != null; check = next()) {
          check.run();
        }
        leaves = true;
      } finally {
        if (!leaves) { // a check's Error, or a program that stops threads
          died();
        }
      }
    }
  }

  private final class NotStarted implements Runnable {
    @Override
    public void run() {
      leave();
    }
  }
}
