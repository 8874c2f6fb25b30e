package io.github.dotagent.agent.cli.jvm;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds the wait for a call that may hang: the Attach API reads from the other JVM without a
 * timeout. A call that hangs stays on its daemon thread.
 */
final class BoundedCall {
  private BoundedCall() {}

  /**
   * @throws TimeoutException when it takes longer
   * @throws Exception what the call throws
   */
  static <T> T within(long nanos, Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "attach");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException thrown) {
      if (thrown.getCause() instanceof Error) {
        throw (Error) thrown.getCause();
      }
      throw (Exception) thrown.getCause();
    }
  }
}
