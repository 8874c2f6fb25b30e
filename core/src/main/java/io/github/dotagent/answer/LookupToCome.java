package io.github.dotagent.answer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A lookup that is still being made: what is asked meanwhile is asked when it is there. The time
 * that takes is part of what the caller waits, and has no time-out of its own. Safe for use by any
 * number of threads; asks on the thread of {@link #has}.
 */
public final class LookupToCome implements Lookup {
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
    return coming.thenCompose(
        new Function<Lookup, CompletionStage<Answer>>() {
          @Override
          public CompletionStage<Answer> apply(Lookup made) {
            return made.lookup(question);
          }
        });
  }

  /** Whether it has ever been asked for anything. */
  public boolean wasAsked() {
    return asked;
  }

  /** While it is being made nobody has failed yet. */
  @Override
  public boolean isOutOfReach() {
    Lookup lookup = there;
    return lookup != null && lookup.isOutOfReach();
  }
}
