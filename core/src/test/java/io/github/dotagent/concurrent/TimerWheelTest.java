package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Timeouts, with a clock that is driven by hand. */
class TimerWheelTest {
  /** Far from zero, as System.nanoTime may be, and negative. */
  private static final long BEGIN = -1_000_000_007L;

  private static final long TICK = TimerWheel.TICK_NANOS;
  private static final long A_TURN = TimerWheel.SLOTS * TICK;

  private final TimerWheel wheel = new TimerWheel(BEGIN);
  private final List<String> ran = new ArrayList<>();
  private long now = BEGIN;

  @Test
  void neverEarlyAndAtMostATickLate() {
    for (long delay = 0; delay < 5 * TICK; delay += TICK / 3) {
      long due = now + delay;
      add("it", delay);
      while (ran.isEmpty()) {
        pass(TICK / 7);
        assertTrue(ran.isEmpty() || now - due >= 0, "early");
        assertTrue(now - due <= TICK + TICK / 7, "late");
      }
      ran.clear();
    }
  }

  @Test
  void aCancelledTimerDoesNotRun() {
    Timers.Timer one = add("one", TICK);
    add("other", TICK);
    one.cancel();
    one.cancel();
    assertFalse(wheel.isEmpty());
    pass(3 * TICK);
    assertEquals(List.of("other"), ran);
    assertTrue(wheel.isEmpty());
    one.cancel();
    assertTrue(wheel.isEmpty(), "once is enough");
  }

  /** A caller may wait for what it has to do, and there may be memory by then. */
  @Test
  void anActionWithoutMemoryRunsAgainATurnLater() {
    int[] left = {2};
    Timers.Timer timer =
        wheel.add(
            now,
            TICK,
            () -> {
              ran.add("it");
              if (left[0]-- > 0) {
                throw new OutOfMemoryError("Java heap space");
              }
            });
    pass(3 * TICK);
    assertEquals(List.of("it"), ran);
    assertFalse(wheel.isEmpty());
    pass(A_TURN);
    assertEquals(List.of("it", "it"), ran);
    pass(A_TURN);
    assertEquals(List.of("it", "it", "it"), ran);
    assertTrue(wheel.isEmpty());
    timer.cancel();
    pass(A_TURN);
    assertEquals(3, ran.size());
  }

  @Test
  void oneThatIsToRunAgainCanBeCancelled() {
    Timers.Timer timer =
        wheel.add(
            now,
            TICK,
            () -> {
              ran.add("it");
              throw new OutOfMemoryError("Java heap space");
            });
    pass(3 * TICK);
    timer.cancel();
    assertTrue(wheel.isEmpty());
    pass(2 * A_TURN);
    assertEquals(List.of("it"), ran);
  }

  @Test
  void inOrderWhenTheTimerWasHeldUp() {
    add("third", 30 * TICK);
    add("first", 10 * TICK);
    add("second", 20 * TICK);
    pass(100 * TICK);
    assertEquals(List.of("first", "second", "third"), ran);
  }

  @Test
  void longerThanATurnIsNotTakenForShorter() {
    add("long", A_TURN + 5 * TICK);
    pass(10 * TICK);
    assertEquals(List.of(), ran);
    pass(A_TURN - 6 * TICK);
    assertEquals(List.of(), ran);
    pass(3 * TICK);
    assertEquals(List.of("long"), ran);
  }

  @Test
  void afterALongRest() {
    now += TimeUnit.DAYS.toNanos(1);
    add("it", 2 * TICK);
    wheel.runDue(now);
    assertEquals(List.of(), ran);
    pass(3 * TICK);
    assertEquals(List.of("it"), ran);
  }

  @Test
  void anActionMaySetAnother() {
    wheel.add(now, TICK, () -> add("next", 0));
    pass(10 * TICK);
    assertEquals(List.of(), ran, "not within the tick that is being run");
    pass(2 * TICK);
    assertEquals(List.of("next"), ran);
  }

  @Test
  void anErrorOfOneActionDoesNotStopTheOthers() {
    wheel.add(now, 0, TimerWheelTest::outOfStack);
    add("same tick", 0);
    add("next tick", TICK);
    pass(3 * TICK);
    assertEquals(List.of("same tick", "next tick"), ran);
    assertTrue(wheel.isEmpty());
  }

  /** The timeouts that stay in the slot are a turn away. */
  @Test
  void isEmptyOnlyWhenNothingIsLeftInAnySlot() {
    add("now", 0);
    add("also now", 0);
    Timers.Timer later = add("in a turn", A_TURN);
    pass(2 * TICK);
    assertEquals(List.of("now", "also now"), ran);
    assertFalse(wheel.isEmpty());
    later.cancel();
    assertTrue(wheel.isEmpty());
  }

  /** Of the same tick: it is out of the list already. */
  @Test
  void aTimerCancelledWithinItsOwnTickStillRuns() {
    Timers.Timer[] second = new Timers.Timer[1];
    wheel.add(now, 0, () -> second[0].cancel());
    second[0] = add("second", 0);
    add("third", 0);
    pass(2 * TICK);
    assertEquals(List.of("second", "third"), ran);
    assertTrue(wheel.isEmpty());
  }

  private static void outOfStack() {
    throw new StackOverflowError("deep");
  }

  private Timers.Timer add(String what, long delay) {
    return wheel.add(now, delay, () -> ran.add(what));
  }

  private void pass(long nanos) {
    now += nanos;
    wheel.runDue(now);
  }
}
