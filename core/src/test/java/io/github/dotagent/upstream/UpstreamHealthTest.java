package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpstreamHealthTest {
  private final ManualTimers timers = new ManualTimers();
  private final UpstreamHealth health = new UpstreamHealth(timers);

  @Test
  void isAskedLikeAnyOtherAtFirst() {
    standsBack("PT0S");
  }

  @Test
  void oneFailureCostsASecond() {
    health.failed();
    standsBack("PT1S");
    timers.advance(Duration.ofMillis(999));
    standsBack("PT0.001S");
    timers.advance(Duration.ofMillis(1));
    standsBack("PT0S");
    timers.advance(Duration.ofDays(1));
    standsBack("PT0S");
  }

  @Test
  void eachFailureAfterTheBackOffDoublesItUpToAMinute() {
    for (String expected :
        new String[] {"PT1S", "PT2S", "PT4S", "PT8S", "PT16S", "PT32S", "PT1M", "PT1M", "PT1M"}) {
      health.failed();
      standsBack(expected);
      timers.advance(Duration.parse(expected));
    }
  }

  @Test
  void failuresDuringTheBackOffCountOnce() {
    health.failed();
    timers.advance(Duration.ofMillis(600));
    for (int i = 0; i < 100; i++) {
      health.failed();
    }
    standsBack("PT0.4S");
    timers.advance(Duration.ofMillis(400));
    health.failed();
    standsBack("PT2S");
  }

  @Test
  void oneAnswerMakesUpForAll() {
    for (int i = 0; i < 5; i++) {
      health.failed();
      timers.advance(Duration.ofMinutes(1));
    }
    health.failed();
    standsBack("PT32S");
    health.succeeded();
    standsBack("PT0S");
    health.failed();
    standsBack("PT1S");
  }

  @Test
  void tellsTheChanges() {
    assertFalse(health.succeeded());
    assertTrue(health.failed());
    assertFalse(health.failed());
    timers.advance(Duration.ofMinutes(1));
    assertFalse(health.failed(), "its back-off was over, but nothing had answered");
    assertTrue(health.succeeded());
    assertFalse(health.succeeded());
    assertTrue(health.failed());
  }

  private void standsBack(String duration) {
    assertEquals(Duration.parse(duration), Duration.ofNanos(health.standsBackFor()));
  }
}
