package io.github.dotagent.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
  private final ManualTimers timers = new ManualTimers();
  private final LineBudget lines = new LineBudget(timers);

  private void spendAll() {
    for (int i = 1; i < LineBudget.MOST; i++) {
      assertEquals("x", lines.spendOn("x"));
    }
    assertTrue(lines.spendOn("x").startsWith("x (repeated; "));
    assertNull(lines.spendOn("x"));
  }

  @Test
  void sixLinesInARowAreWrittenAndTheLastAnnouncesThePause() {
    spendAll();
  }

  @Test
  void afterThoseOneLineEveryTenMinutes() {
    spendAll();
    timers.advance(Duration.ofMinutes(10).minusNanos(1));
    assertNull(lines.spendOn("x"));
    timers.advance(Duration.ofNanos(1));
    assertTrue(lines.spendOn("x").startsWith("x (repeated; "));
    assertNull(lines.spendOn("x"));
  }

  @Test
  void aDayRefillsTheBudgetToSixLines() {
    spendAll();
    timers.advance(Duration.ofDays(1));
    spendAll();
  }

  @Test
  void theBudgetRefillsFromTheFirstLineOn() {
    timers.advance(Duration.ofMinutes(9));
    assertEquals("x", lines.spendOn("x"));
    timers.advance(Duration.ofMinutes(9));
    for (int i = 2; i < LineBudget.MOST; i++) {
      assertEquals("x", lines.spendOn("x"));
    }
    assertTrue(lines.spendOn("x").startsWith("x (repeated; "));
    timers.advance(Duration.ofMinutes(1));
    assertTrue(lines.spendOn("x").startsWith("x (repeated; "));
  }
}
