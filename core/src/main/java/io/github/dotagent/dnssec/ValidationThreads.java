package io.github.dotagent.dnssec;

import io.github.dotagent.concurrent.AgentThread;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which signatures are checked: the agent's own, without the program's loaders and
 * locals. None until the first is needed, and none soon after the last.
 */
public final class ValidationThreads implements Executor {
  /** The program needs the processors as well; a check takes a fraction of a millisecond. */
  private static final int MOST = 4;

  /** Names come in bursts; a thread that waits for the next one costs its stack. */
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor pool;

  public ValidationThreads() {
    int threads = Math.min(MOST, Runtime.getRuntime().availableProcessors());
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<Runnable>(), // as long as there are lookups in flight
            new ThreadFactory() {
              @Override
              public Thread newThread(Runnable work) {
                return AgentThread.of("dnssec", work);
              }
            });
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable check) {
    pool.execute(check);
  }

  /** Ends them; checks that wait are over within their time-out. */
  public void close() {
    pool.shutdownNow();
  }
}
