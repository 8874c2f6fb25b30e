package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StartWaitTest {
  private final StartWait start = new StartWait(TimeUnit.HOURS.toNanos(1));

  @Test
  void doesNotWaitAfterTheStart() {
    start.over();
    start.await();
    assertFalse(start.wasAwaited());
    StartWait.none().await();
  }

  @Test
  void waitsUntilTheStartIsOver() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    Thread program =
        new Thread(
            () -> {
              start.await();
              begun.complete(null);
            });
    program.start();
    while (program.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertFalse(begun.isDone());
    assertTrue(start.wasAwaited());
    start.over();
    begun.get();
  }

  @Test
  void isBoundedAndOnlyOnce() {
    StartWait brief = new StartWait(1);
    brief.await();
    brief.await();
  }
}
