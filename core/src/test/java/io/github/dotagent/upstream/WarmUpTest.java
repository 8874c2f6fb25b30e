package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the first lookups may begin. */
class WarmUpTest {
  private final ScriptedPool pool = new ScriptedPool();

  @Test
  void aSlowMachinesOwnHandshakeIsWaitedFor() {
    pool.timers().lateBy(Duration.ofMillis(80));
    pool.warmUp();
    pool.timers().advance(Duration.ofSeconds(9));
    assertEquals(0, pool.warmed());
    assertFalse(pool.standing(0).isLate());
    pool.transport(0).warming().complete(null);
    assertEquals(1, pool.warmed());
    assertEquals(0, pool.timers().waiting());
  }

  @Test
  void afterARefusalTheNextServerIsTriedAtOnce() {
    pool.warmUp();
    fails(0);
    assertEquals(0, pool.warmed());
    pool.transport(1).warming().complete(null);
    assertEquals(1, pool.warmed());
  }

  @Test
  void whenAllAreRefusedLookupsSayWhy() {
    pool.warmUp();
    for (int server = 0; server < 4; server++) {
      fails(server);
    }
    assertEquals(1, pool.warmed());
  }

  @Test
  void aServerThatIsSilentIsWaitedForNoLongerThanByALookup() {
    pool.warmUp();
    pool.timers().advance(Duration.ofSeconds(1));
    assertEquals(1, pool.warmed());
    assertTrue(pool.standing(0).isLate(), "others are asked first");
  }

  /** On a machine of several processors its timers are in time, and TLS takes seconds. */
  @Test
  void aServerThatWaitsForUsIsNotSilent() {
    pool.warmUp();
    pool.transport(0).ourTurn = true;
    pool.timers().advance(Duration.ofSeconds(20));
    assertEquals(0, pool.warmed());
    assertFalse(pool.standing(0).isLate());
    pool.transport(0).ourTurn = false;
    pool.timers().advance(Duration.ofSeconds(1));
    assertEquals(1, pool.warmed());
  }

  private void fails(int server) {
    pool.transport(server).warming().completeExceptionally(ExchangeFailures.unreachable("refused"));
  }
}
