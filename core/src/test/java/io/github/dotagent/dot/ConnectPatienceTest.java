package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConnectPatienceTest {
  private static final int DEFAULT_TIMEOUT = 5_000;

  private final ConnectPatience patience = new ConnectPatience();

  private int late() {
    int millis = patience.millis();
    patience.late(millis);
    return millis;
  }

  @Test
  void withoutAnswersEverySecondAttemptIsLong() {
    assertEquals(ConnectPatience.USUAL_MILLIS, late());
    assertEquals(ConnectPatience.LONG_MILLIS, late());
    assertEquals(ConnectPatience.USUAL_MILLIS, late());
    assertEquals(ConnectPatience.LONG_MILLIS, late());
  }

  @Test
  void oneLookupHasTimeForBoth() {
    assertTrue(late() + late() < DEFAULT_TIMEOUT);
  }

  @Test
  void aSlowServerHasTheLongTimeFromItsFirstConnectOn() {
    late();
    patience.connected(ConnectPatience.USUAL_MILLIS + 500);
    assertEquals(ConnectPatience.LONG_MILLIS, patience.millis());
  }

  @Test
  void aQuickServerHasTheUsualTimeAgain() {
    late();
    patience.connected(40);
    assertEquals(ConnectPatience.USUAL_MILLIS, patience.millis());
  }

  /** Two threads may connect at once. */
  @Test
  void theTimeOfTheAttemptCounts() {
    patience.late(ConnectPatience.USUAL_MILLIS);
    patience.late(ConnectPatience.USUAL_MILLIS);
    assertEquals(ConnectPatience.LONG_MILLIS, patience.millis());
  }
}
