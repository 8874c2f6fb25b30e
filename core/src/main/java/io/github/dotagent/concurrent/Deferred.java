package io.github.dotagent.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An object that is still being made, but is already asked: questions wait until it exists. Safe
 * for use by any number of threads.
 */
public final class Deferred<T> {
  private final CompletableFuture<T> coming = new CompletableFuture<>();
  private volatile T there; // null until it is made

  /** It exists. The waiting questions continue, on this thread. */
  public void has(T made) {
    there = made;
    coming.complete(made);
  }

  /** It will never exist: all questions fail with this. */
  public void failed(Throwable reason) {
    coming.completeExceptionally(reason);
  }

  /** Null while it does not exist. */
  public T now() {
    return there;
  }

  /**
   * The result of the question, asked at once or on the thread of {@link #has}. A failure comes
   * unchanged; a future that hands one on would wrap it in a new exception.
   *
   * @param question may throw only if it is asked at once
   */
  public <R> CompletableFuture<R> ask(final Function<T, CompletableFuture<R>> question) {
    T made = there;
    if (made != null) {
      return question.apply(made);
    }
    final CompletableFuture<R> answer = new CompletableFuture<>();
    coming.handle(
        new BiFunction<T, Throwable, Void>() {
          @Override
          public Void apply(T late, Throwable never) {
            if (late == null) {
              answer.completeExceptionally(never);
              return null;
            }
            try {
              question.apply(late).handle(new Passed<R>(answer));
            } catch (RuntimeException | Error unforeseen) {
              // an exception in a callback is lost, and a caller would wait
              answer.completeExceptionally(unforeseen);
            }
            return null;
          }
        });
    return answer;
  }

  private static final class Passed<R> implements BiFunction<R, Throwable, Void> {
    private final CompletableFuture<R> to;

    Passed(CompletableFuture<R> to) {
      this.to = to;
    }

    @Override
    public Void apply(R answer, Throwable failure) {
      if (failure == null) {
        to.complete(answer);
      } else {
        to.completeExceptionally(failure);
      }
      return null;
    }
  }
}
