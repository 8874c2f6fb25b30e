package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectWaitTest {
  private final ManualTimers timers = new ManualTimers();
  private final ConnectWait wait = new ConnectWait(timers);

  private void pass(int millis) {
    timers.advance(Duration.ofMillis(millis));
  }

  private long millis() {
    return Duration.ofNanos(wait.nanos()).toMillis();
  }

  @Test
  void ourOwnTimeDoesNotCount() {
    pass(1000);
    assertEquals(0, millis());
    wait.begins();
    pass(30);
    wait.ends();
    pass(1000);
    assertEquals(30, millis());
  }

  @Test
  void aLastingWaitCounts() {
    wait.begins();
    pass(20);
    assertEquals(20, millis());
  }

  /** The wait goes on for a server that sends an octet each second. */
  @Test
  void allOfThemTogether() {
    for (int i = 0; i < 3; i++) {
      wait.begins();
      pass(900);
      wait.ends();
    }
    assertEquals(2700, millis());
  }

  @Test
  void nothingIsCountedOnceTheConnectionIsThere() {
    wait.begins();
    pass(10);
    wait.over();
    wait.begins();
    pass(1000);
    wait.ends();
    assertEquals(10, millis());
  }
}
