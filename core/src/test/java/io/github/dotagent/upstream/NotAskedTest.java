package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An Error strikes while a server is asked, out of stack or memory. */
class NotAskedTest {
  private final ScriptedPool pool = new ScriptedPool();

  /** On the caller's thread, whose Error it is. */
  @Test
  void theCallerGetsItAndNothingIsLeftBehind() {
    pool.transport(0).broken = new OutOfMemoryError("Java heap space");
    assertThrows(OutOfMemoryError.class, pool::lookup);
    assertEquals(0, pool.status().get(0).queriesInFlight());
    assertEquals(0, pool.timers().waiting());
    pool.transport(0).broken = null;
    pool.answered(0, Duration.ofMillis(1));
    assertEquals(List.of(2, 0, 0, 0), pool.counts());
  }

  /**
   * On the timer's thread, when the second server is to be asked: the first is still waited for.
   */
  @Test
  void theServersThatWereAskedMayAnswer() {
    pool.transport(1).broken = new OutOfMemoryError("Java heap space");
    CompletableFuture<Answer> answer = pool.lookup();
    assertThrows(OutOfMemoryError.class, () -> pool.timers().advance(Duration.ofSeconds(2)));
    assertFalse(answer.isDone());
    pool.asked(0).answer("203.0.113.7");
    assertTrue(answer.isDone());
  }

  @Test
  void whenTheyFailTheLookupIsOver() {
    ScriptedPool two = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1", "192.0.2.2");
    two.transport(1).broken = new OutOfMemoryError("Java heap space");
    CompletableFuture<Answer> answer = two.lookup();
    assertThrows(OutOfMemoryError.class, () -> two.timers().advance(Duration.ofSeconds(2)));
    two.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
    assertTrue(answer.isCompletedExceptionally());
    assertEquals(0, two.timers().waiting());
  }

  /** A server that backs off is tried beside the one that answers. */
  @Test
  void aTrialThatCouldNotBeginIsMadeAgain() {
    pool.lookup();
    pool.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
    pool.asked(1).answer("203.0.113.7");
    pool.timers().advance(Duration.ofNanos(UpstreamHealth.FIRST_BACK_OFF));
    pool.transport(0).broken = new OutOfMemoryError("Java heap space");
    assertThrows(OutOfMemoryError.class, pool::lookup);
    pool.transport(0).broken = null;
    int before = pool.counts().get(0);
    pool.lookup();
    assertEquals(before + 1, pool.counts().get(0));
  }
}
