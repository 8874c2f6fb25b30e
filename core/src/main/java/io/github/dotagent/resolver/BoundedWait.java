package io.github.dotagent.resolver;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.WaitBudget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Waits for an answer, never longer than the user's {@code timeout}: the JDK holds a lock without
 * bound over every lookup (OpenJ9 #22409). An interrupt does not end the wait, because the JDK's
 * own lookup is not interruptible either; the flag is set again afterwards.
 */
final class BoundedWait {
  private final Timers timers;
  private final long timeoutNanos;

  BoundedWait(Timers timers, long timeoutNanos) {
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
  }

  /**
   * The time that one lookup may wait, for all its questions together. Only waiting over TLS
   * counts: the system resolver has its own timeouts, and a slow one must not take time from a name
   * that it does not answer.
   */
  WaitBudget whole() {
    return new WaitBudget(timers, timeoutNanos);
  }

  /** For a lookup that must not wait. */
  WaitBudget none() {
    return new WaitBudget(timers, 0);
  }

  /** Waits for the start, unless the lookup must not wait at all. */
  void forStart(StartWait start, WaitBudget budget) {
    if (budget.nanos() > 0) {
      start.await();
    }
  }

  /**
   * Waits for the future within the budget, and takes the time from the budget.
   *
   * @throws ExecutionException when the future has failed
   * @throws TimeoutException when it has not ended in time; the message is for people
   */
  Answer within(WaitBudget budget, CompletableFuture<Answer> future)
      throws ExecutionException, TimeoutException {
    long begun = timers.nanoTime();
    try {
      return until(begun + budget.nanos(), future);
    } finally {
      budget.take(timers.nanoTime() - begun);
    }
  }

  private Answer until(long deadline, CompletableFuture<Answer> future)
      throws ExecutionException, TimeoutException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          long left = Math.max(0, deadline - timers.nanoTime());
          return get(future, left);
        } catch (InterruptedException kept) {
          interrupted = true;
        } catch (TimeoutException tooLate) {
          long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
          throw new TimeoutException("no answer over TLS: none within " + millis + " ms");
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * On a thread of a ForkJoinPool, a future's own {@code get} runs other tasks of the program
   * meanwhile, inside the lookup and under the JDK's lock for the name. Two such threads would wait
   * for each other for ever (CompletableFuture.timedGet, Java 9 and newer). A latch only waits.
   */
  private static Answer get(CompletableFuture<Answer> future, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!(Thread.currentThread() instanceof ForkJoinWorkerThread)) {
      return future.get(nanos, TimeUnit.NANOSECONDS);
    }
    final CountDownLatch arrived = new CountDownLatch(1);
    future.handle(
        new BiFunction<Answer, Throwable, Void>() {
          @Override
          public Void apply(Answer answer, Throwable failure) {
            arrived.countDown();
            return null;
          }
        });
    if (!arrived.await(nanos, TimeUnit.NANOSECONDS)) {
      throw new TimeoutException();
    }
    return future.get(); // it is done
  }
}
