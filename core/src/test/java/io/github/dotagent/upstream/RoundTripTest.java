package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void theFirstMeasurementCountsFully() {
    assertFalse(RoundTrip.UNKNOWN.isKnown());
    RoundTrip once = RoundTrip.UNKNOWN.with(80 * MS);
    assertTrue(once.isKnown());
    assertEquals(80 * MS, once.smoothed());
    assertEquals((80 + 4 * 40) * MS, once.late()); // RFC 6298 §2.2
  }

  @Test
  void aSteadyServerHasAShorterTimeUntilItIsLate() {
    RoundTrip trip = RoundTrip.UNKNOWN.with(80 * MS);
    for (int i = 0; i < 50; i++) {
      trip = trip.with(80 * MS);
    }
    assertEquals(80 * MS, trip.smoothed());
    assertEquals(80 * MS + RoundTrip.LEAST_MARGIN_NANOS, trip.late());
  }

  @Test
  void oneOutlierMovesTheAverageByAnEighth() {
    RoundTrip trip = RoundTrip.UNKNOWN.with(80 * MS).with(160 * MS);
    assertEquals(90 * MS, trip.smoothed());
    assertEquals((90 + 4 * 50) * MS, trip.late()); // RFC 6298 §2.3
  }

  @Test
  void aClockThatStoodStillIsAMeasurementToo() {
    assertTrue(RoundTrip.UNKNOWN.with(0).isKnown());
  }
}
