package io.github.dotagent.agent.install;

import java.util.concurrent.TimeUnit;

/**
 * BlockHound forbids waiting in Java code on threads that Reactor or Netty calls non-blocking. The
 * JDK's own lookup waits in native code, which BlockHound does not see; the agent's lookup parks.
 * So if BlockHound is present, lookups run inside {@code ClassLoader.loadClass}, where BlockHound
 * lets every thread block (BlockHound.Builder, "allowances"), and the user need not configure it.
 * Without BlockHound they do not, because a virtual thread would be pinned in loadClass. Safe for
 * use by any number of threads.
 */
final class BlockHoundAllowance {
  /** In the bootstrap loader from its installation on, which may be at any time. */
  private static final String SIGN = "reactor.blockhound.BlockHoundRuntime";

  // of BlockHound, which need not be there
  private static final String ERROR = "reactor.blockhound.BlockingOperationError";

  /** A class that does not exist, so that {@code loadClass} is called for it. */
  private static final String NO_CLASS = "io.github.dotagent.NoSuchClass";

  /** To look for a class that is not there takes some microseconds. */
  private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The agent has two causes at most; a program's causes may form a circle. */
  private static final int MOST_CAUSES = 5;

  private volatile boolean there;
  private volatile long lookedAt = System.nanoTime() - BETWEEN_NANOS;

  /** Whether it is present, as seen a second ago at most. It never leaves. */
  boolean isThere() {
    if (!there && System.nanoTime() - lookedAt >= BETWEEN_NANOS) {
      lookedAt = System.nanoTime();
      try {
        Class.forName(SIGN, false, null);
        there = true;
      } catch (ClassNotFoundException | LinkageError | SecurityException notSeen) {
        return false;
      }
    }
    return there;
  }

  /**
   * Whether BlockHound has just stopped this thread: then BlockHound is present, and the lookup may
   * be tried again.
   *
   * @param thrown its error, or an exception that this error caused
   */
  boolean hasStopped(Throwable thrown) {
    if (there) {
      return false;
    }
    Throwable cause = thrown;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause.getClass().getName().equals(ERROR)) {
        there = true;
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Runs it where BlockHound allows waiting. */
  void run(Runnable work) {
    try {
      new Frame(work).loadClass(NO_CLASS);
    } catch (ClassNotFoundException neverThrown) {
      throw new IllegalStateException(neverThrown);
    }
  }

  private static final class Frame extends ClassLoader {
    static {
      registerAsParallelCapable(); // otherwise each lookup would wait for the one before
    }

    private final Runnable work;

    Frame(Runnable work) {
      super(null);
      this.work = work;
    }

    @Override
    protected Object getClassLoadingLock(String name) {
      return this;
    }

    @Override
    protected Class<?> findClass(String name) {
      work.run();
      return Object.class;
    }
  }
}
