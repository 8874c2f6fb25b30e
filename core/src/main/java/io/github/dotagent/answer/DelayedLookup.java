package io.github.dotagent.answer;

import io.github.dotagent.concurrent.Deferred;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A lookup that is still being made: questions wait until it is there. That time is part of the
 * caller's wait, and has no timeout of its own. Safe for use by any number of threads; asks on the
 * thread of {@link #has}.
 */
public final class DelayedLookup implements Lookup {
  private final Deferred<Lookup> made = new Deferred<>();
  private volatile boolean asked;

  /** It is there. */
  public void has(Lookup lookup) {
    made.has(lookup);
  }

  /** It will never be there: every question fails with this. */
  public void failed(Throwable reason) {
    made.failed(reason);
  }

  @Override
  public CompletableFuture<Answer> lookup(final Question question) {
    asked = true;
    Lookup lookup = made.now();
    if (lookup != null) {
      return lookup.lookup(question); // nearly always, and without a new object
    }
    return made.ask(
        new Function<Lookup, CompletableFuture<Answer>>() {
          @Override
          public CompletableFuture<Answer> apply(Lookup there) {
            return there.lookup(question);
          }
        });
  }

  /** Whether it has ever been asked for anything. */
  public boolean wasAsked() {
    return asked;
  }

  @Override
  public String doing(String name) {
    Lookup lookup = made.now();
    return lookup == null ? "this JVM is still preparing TLS" : lookup.doing(name);
  }

  /** While it is being made no server has failed yet. */
  @Override
  public boolean isOutOfReach(String name) {
    Lookup lookup = made.now();
    return lookup != null && lookup.isOutOfReach(name);
  }
}
