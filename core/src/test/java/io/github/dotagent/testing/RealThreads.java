package io.github.dotagent.testing;

import io.github.dotagent.concurrent.ThreadStarter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Real threads, counted, and what they died of. The agent's own would be started by its timer
 * thread, of which a test with a clock in its hand has none.
 */
public final class RealThreads implements ThreadStarter {
  /** Only a failing test waits so long: JUnit bounds test methods, but not the code after them. */
  private static final long LONGEST_WAIT_MILLIS = 10_000;

  private final List<Thread> started = new CopyOnWriteArrayList<>();
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

  @Override
  public void start(String role, Runnable work) {
    Thread thread = new Thread(work, role);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, thrown) -> uncaught.add(thrown));
    started.add(thread);
    thread.start();
  }

  /** The names of all that were started. */
  public List<String> roles() {
    return started.stream().map(Thread::getName).toList();
  }

  /** As programs do it with every thread they find. */
  public void interrupt(String role) {
    for (Thread thread : started) {
      if (thread.getName().equals(role)) {
        thread.interrupt();
      }
    }
  }

  /** Waits until all have ended, those that they start too, and fails when one lives on. */
  public void join() throws InterruptedException {
    // by index: an iterator would not see what is started meanwhile
    for (int i = 0; i < started.size(); i++) {
      Thread thread = started.get(i);
      thread.join(LONGEST_WAIT_MILLIS);
      if (thread.isAlive()) {
        throw new AssertionError(thread.getName() + " has not ended");
      }
    }
  }

  /** The uncaught exceptions of the threads. */
  public List<Throwable> uncaught() {
    return uncaught;
  }
}
