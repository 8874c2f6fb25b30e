package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Delays of this machine do not count against a server. */
@Timeout(20)
class OwnLatenessTest {
  private static final Duration LATE = Duration.ofMillis(700);

  private final ScriptedPool pool = new ScriptedPool();

  @Test
  void aDelayOfThisMachineIsNoFailureOfTheServer() {
    pool.timers().lateBy(LATE);
    pool.lookup();
    pool.timers().advance(ScriptedPool.TIMEOUT);
    pool.asked(0).fail(ExchangeFailures.noAnswer());
    assertTrue(pool.standing(0).health().isHealthy());
    assertTrue(pool.log().lines().stream().noneMatch(line -> line.contains("asked last")));
  }

  @Test
  void aRefusedConnectionCountsOnASlowMachineToo() {
    pool.timers().lateBy(LATE);
    pool.lookup();
    pool.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
    assertFalse(pool.standing(0).health().isHealthy());
  }

  @Test
  void aHandshakeThatWaitsForUsIsNoReasonToAskAnother() {
    ScriptedPool patient =
        new ScriptedPool(Duration.ofSeconds(30), "192.0.2.1", "192.0.2.2", "192.0.2.3");
    patient.transport(0).ourTurn = true;
    patient.lookup();
    patient.timers().advance(Duration.ofSeconds(9));
    assertEquals(List.of(1, 0, 0), patient.counts());
    assertFalse(patient.standing(0).isLate());
    patient.timers().advance(Duration.ofSeconds(1));
    assertEquals(List.of(1, 1, 0), patient.counts(), "the others are to have time as well");
  }

  @Test
  void aSmallLatenessExcusesNoLongSilence() {
    pool.timers().lateBy(Duration.ofMillis(100));
    pool.lookup();
    pool.timers().advance(ScriptedPool.TIMEOUT);
    pool.asked(0).fail(ExchangeFailures.noAnswer());
    assertFalse(pool.standing(0).health().isHealthy());
  }
}
