package io.github.dotagent.concurrent;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A task that asks a disk. The disk may never answer, so the wait for it has a bound. A thread that
 * is stuck in the kernel cannot be freed, so it is left behind.
 */
public final class BoundedFileAccess {
  private BoundedFileAccess() {}

  /**
   * The task's result. An interrupt is kept, and not acted on.
   *
   * @param role of the thread that it runs on
   * @throws IOException what the task throws, or that it takes longer
   */
  public static <T> T within(int seconds, String role, Callable<T> task) throws IOException {
    FutureTask<T> running = new FutureTask<>(task);
    AgentThread.of(role, running).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return running.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException kept) {
          interrupted = true;
        }
      }
    } catch (TimeoutException late) {
      throw new IOException("it was not read within " + seconds + " s", late);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException
          ? (IOException) failed.getCause()
          : new IOException(failed.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
