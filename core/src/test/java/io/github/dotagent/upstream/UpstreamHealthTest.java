package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpstreamHealthTest {
  private final ManualTimers timers = new ManualTimers();
  private final UpstreamHealth health = new UpstreamHealth(timers, ScriptedPool.FULL_TERM);

  @Test
  void isAskedLikeAnyOtherAtFirst() {
    backsOff("PT0S");
  }

  @Test
  void oneFailureBacksOffForASecond() {
    health.failed(false);
    backsOff("PT1S");
    timers.advance(Duration.ofMillis(999));
    backsOff("PT0.001S");
    timers.advance(Duration.ofMillis(1));
    backsOff("PT0S");
    timers.advance(Duration.ofDays(1));
    backsOff("PT0S");
  }

  @Test
  void eachFailureAfterTheBackOffDoublesItUpToAMinute() {
    for (String expected :
        new String[] {"PT1S", "PT2S", "PT4S", "PT8S", "PT16S", "PT32S", "PT1M", "PT1M", "PT1M"}) {
      health.failed(false);
      backsOff(expected);
      timers.advance(Duration.parse(expected));
    }
  }

  @Test
  void failuresDuringTheBackOffCountOnce() {
    health.failed(false);
    timers.advance(Duration.ofMillis(600));
    for (int i = 0; i < 100; i++) {
      health.failed(false);
    }
    backsOff("PT0.4S");
    timers.advance(Duration.ofMillis(400));
    health.failed(false);
    backsOff("PT2S");
  }

  @Test
  void oneAnswerMakesUpForAll() {
    for (int i = 0; i < 5; i++) {
      health.failed(false);
      timers.advance(Duration.ofMinutes(1));
    }
    health.failed(false);
    backsOff("PT32S");
    health.succeeded();
    backsOff("PT0S");
    health.failed(false);
    backsOff("PT1S");
  }

  @Test
  void reportsEachChangeOfHealth() {
    assertFalse(health.succeeded());
    assertTrue(health.failed(false));
    assertFalse(health.failed(false));
    timers.advance(Duration.ofMinutes(1));
    assertFalse(health.failed(false), "its back-off was over, but nothing had answered");
    assertTrue(health.succeeded());
    assertFalse(health.succeeded());
    assertTrue(health.failed(false));
  }

  @Test
  void aPartOfTheBackOffIsRandom() {
    UpstreamHealth lucky =
        new UpstreamHealth(
            timers,
            new Random() {
              @Override
              public double nextDouble() {
                return 1; // as good as
              }
            });
    lucky.failed(false);
    assertEquals(Duration.ofMillis(750), Duration.ofNanos(lucky.backsOffFor()));
  }

  @Test
  void withoutARouteAServerBacksOffForTenMinutes() {
    health.failed(true);
    backsOff("PT10M");
    timers.advance(Duration.ofMinutes(10));
    assertTrue(health.beginTrial());
    health.failed(true);
    backsOff("PT10M");
  }

  @Test
  void aTrialIsDueAfterTheBackOffAndForOneAlone() {
    assertFalse(health.beginTrial(), "a healthy one needs none");
    health.failed(false);
    assertFalse(health.beginTrial());
    timers.advance(Duration.ofSeconds(1));
    assertTrue(health.beginTrial());
    assertFalse(health.beginTrial());
    health.failed(false);
    timers.advance(Duration.ofSeconds(2));
    assertTrue(health.beginTrial());
  }

  @Test
  void afterForgivenessTheBackOffIsShort() {
    for (int i = 0; i < 9; i++) {
      health.failed(false);
      timers.advance(Duration.ofMinutes(1));
    }
    health.failed(false);
    health.forgive();
    backsOff("PT0S");
    assertFalse(health.isHealthy());
    assertTrue(health.beginTrial());
    health.failed(false);
    backsOff("PT2S");
  }

  private void backsOff(String duration) {
    assertEquals(Duration.parse(duration), Duration.ofNanos(health.backsOffFor()));
  }
}
