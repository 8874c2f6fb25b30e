package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the first lookups may begin, and for which part of their wait servers are to blame. */
class WarmUpTest {
  private final ScriptedPool pool = new ScriptedPool();

  @Test
  void aHandshakeThatTakesLongIsNoWaitForServers() {
    pool.warmUp();
    pool.timers().advance(Duration.ofSeconds(9));
    assertEquals(List.of(), pool.warmed());
    pool.transport(0).warming().complete(null);
    assertEquals(List.of(0L), pool.warmed());
  }

  @Test
  void oneThatIsRefusedAtOnceIsFollowedByTheNext() {
    pool.warmUp();
    pool.transport(0).warming().completeExceptionally(ExchangeFailures.unreachable("refused"));
    assertEquals(List.of(), pool.warmed());
    pool.transport(1).warming().complete(null);
    assertEquals(List.of(0L), pool.warmed());
  }

  @Test
  void oneThatSaysNothingIsWaitedForOnceAndCounts() {
    pool.warmUp();
    pool.timers().advance(Duration.ofMillis(1500));
    pool.transport(0)
        .warming()
        .completeExceptionally(ExchangeFailures.timeout("connect timed out"));
    assertEquals(List.of(Duration.ofMillis(1500).toNanos()), pool.warmed());
    assertEquals(1, pool.warmedUp().get(1), "the next one is begun all the same");
  }
}
