package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimerLatenessTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = TimerLateness.COUNTS_NANOS;

  /** System.nanoTime may be anything, and run over. */
  private static final long[] CLOCKS = {
    0, 1, Long.MIN_VALUE, Long.MAX_VALUE - SECOND / 2, -SECOND, 17 * SECOND
  };

  @Test
  void withoutATickNothingIsLate() {
    for (long now : CLOCKS) {
      assertEquals(0, new TimerLateness().nanosAt(now));
    }
  }

  @Test
  void theLargestDelayOfASecondCounts() {
    for (long now : CLOCKS) {
      TimerLateness lateness = new TimerLateness();
      lateness.ran(now, now - 80 * MILLI);
      lateness.ran(now + 100 * MILLI, now + 70 * MILLI);
      assertEquals(80 * MILLI, lateness.nanosAt(now + 100 * MILLI));
      assertEquals(80 * MILLI, lateness.nanosAt(now + SECOND - 1));
      assertEquals(0, lateness.nanosAt(now + SECOND));
    }
  }

  @Test
  void aLargerDelayTakesItsPlace() {
    TimerLateness lateness = new TimerLateness();
    lateness.ran(0, -80 * MILLI);
    lateness.ran(100 * MILLI, 10 * MILLI);
    assertEquals(90 * MILLI, lateness.nanosAt(SECOND));
    assertEquals(0, lateness.nanosAt(100 * MILLI + SECOND));
  }

  /** Otherwise one pause of the machine would hold back second queries for good. */
  @Test
  void anOldDelayGivesWayToASmallOne() {
    TimerLateness lateness = new TimerLateness();
    lateness.ran(0, -80 * MILLI);
    lateness.ran(SECOND, SECOND - MILLI);
    assertEquals(MILLI, lateness.nanosAt(SECOND));
  }

  @Test
  void aTickThatIsEarlyIsNotLate() {
    TimerLateness lateness = new TimerLateness();
    lateness.ran(0, MILLI);
    assertEquals(0, lateness.nanosAt(0));
  }
}
