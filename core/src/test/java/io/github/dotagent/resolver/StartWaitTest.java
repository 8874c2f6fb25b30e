package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StartWaitTest {
  private final StartWait start = new StartWait(TimeUnit.HOURS.toNanos(1));

  @Test
  void whatIsOverIsNotWaitedFor() {
    start.over(TimeUnit.SECONDS.toNanos(1));
    assertEquals(0, start.await());
    assertEquals(0, StartWait.none().await());
  }

  @Test
  void countsNoMoreThanTheServersPart() throws Exception {
    CompletableFuture<Long> counted = new CompletableFuture<>();
    Thread program = new Thread(() -> counted.complete(start.await()));
    program.start();
    while (program.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    start.over(1);
    assertEquals(1, counted.get());
    start.over(TimeUnit.HOURS.toNanos(1)); // said again: of no effect
    assertEquals(0, start.await());
  }

  @Test
  void isBoundedAndOnlyOnce() {
    StartWait brief = new StartWait(1);
    assertEquals(0, brief.await());
    assertEquals(0, brief.await());
  }
}
