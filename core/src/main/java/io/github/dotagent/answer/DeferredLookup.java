package io.github.dotagent.answer;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * A lookup that is still being made: questions wait until it is there. The time that takes is part
 * of what the caller waits, and has no time-out of its own. Safe for use by any number of threads;
 * asks on the thread of {@link #has}.
 */
public final class DeferredLookup implements Lookup {
  private final CompletableFuture<Lookup> coming = new CompletableFuture<>();
  private volatile Lookup there;
  private volatile boolean asked;

  /** It is there. */
  public void has(Lookup lookup) {
    there = lookup;
    coming.complete(lookup);
  }

  /** It will never be there: every question fails with this. */
  public void failed(Throwable reason) {
    coming.completeExceptionally(reason);
  }

  @Override
  public CompletableFuture<Answer> lookup(final Question question) {
    asked = true;
    Lookup lookup = there;
    if (lookup != null) {
      return lookup.lookup(question);
    }
    final CompletableFuture<Answer> answer = new CompletableFuture<>();
    coming.handle(
        new BiFunction<Lookup, Throwable, Void>() {
          @Override
          public Void apply(Lookup made, Throwable never) {
            if (made == null) {
              answer.completeExceptionally(never);
              return null;
            }
            try {
              made.lookup(question).handle(new Passed(answer));
            } catch (RuntimeException | Error unforeseen) {
              // a callback's exception is lost, and a caller waits
              answer.completeExceptionally(unforeseen);
            }
            return null;
          }
        });
    return answer;
  }

  /** A failure as it is: a future that hands it on wraps it in a new exception. */
  private static final class Passed implements BiFunction<Answer, Throwable, Void> {
    private final CompletableFuture<Answer> to;

    Passed(CompletableFuture<Answer> to) {
      this.to = to;
    }

    @Override
    public Void apply(Answer answer, Throwable failure) {
      if (failure == null) {
        to.complete(answer);
      } else {
        to.completeExceptionally(failure);
      }
      return null;
    }
  }

  /** Whether it has ever been asked for anything. */
  public boolean wasAsked() {
    return asked;
  }

  @Override
  public String doing(String name) {
    Lookup lookup = there;
    return lookup == null ? "this machine is still making TLS ready" : lookup.doing(name);
  }

  /** While it is being made no server has failed yet. */
  @Override
  public boolean isOutOfReach(String name) {
    Lookup lookup = there;
    return lookup != null && lookup.isOutOfReach(name);
  }
}
