package io.github.dotagent.resolver;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.support.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for an answer, never longer than the user's {@code timeout}: the JDK holds a lock without
 * bound over every lookup (OpenJ9 #22409). An interrupt does not end the wait, for the JDK's own
 * lookup is not interruptible either; the flag is set again afterwards.
 */
final class BoundedWait {
  private final Timers timers;
  private final long timeoutNanos;

  BoundedWait(Timers timers, long timeoutNanos) {
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
  }

  /** The moment by which a lookup that begins now has to end. */
  long deadline() {
    return timers.nanoTime() + timeoutNanos;
  }

  /** What came of it by the deadline. */
  Outcome until(long deadline, CompletableFuture<Answer> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          long left = Math.max(0, deadline - timers.nanoTime());
          return Outcome.answered(future.get(left, TimeUnit.NANOSECONDS));
        } catch (InterruptedException kept) {
          interrupted = true;
        } catch (ExecutionException failed) {
          return Outcome.failed(failed.getCause());
        } catch (TimeoutException tooLate) {
          long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
          return Outcome.failed(
              new TimeoutException("no answer over TLS: none within " + millis + " ms"));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An answer, or why there is none. */
  static final class Outcome {
    final Answer answer; // null when it failed
    final Throwable failure; // null when it was answered

    private Outcome(Answer answer, Throwable failure) {
      this.answer = answer;
      this.failure = failure;
    }

    static Outcome answered(Answer answer) {
      return new Outcome(answer, null);
    }

    static Outcome failed(Throwable failure) {
      return new Outcome(null, failure);
    }
  }
}
