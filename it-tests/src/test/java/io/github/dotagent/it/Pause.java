package io.github.dotagent.it;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time that has to pass: a TTL is whole seconds, and the child's clock is the real one. */
public final class Pause {
  private Pause() {}

  public static void of(Duration time) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS))
        .join();
  }
}
