package io.github.dotagent.dot;

import static io.github.dotagent.dot.ConnectionPace.UNLIMITED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionPaceTest {
  private final ExchangeFailure closed = ExchangeFailure.unreachable("closed", null);
  private static final Duration A_MOMENT = Duration.ofNanos(1);
  private static final Duration GROW = Duration.ofNanos(ConnectionPace.GROW_NANOS);

  private final ManualTimers timers = new ManualTimers();
  private final ConnectionPace pace = new ConnectionPace(timers);

  /** A server that keeps one for each client drops or refuses one of two. */
  @Test
  void aConnectionThatIsLostBesideAnotherOneShowsThatOneIsEnough() {
    assertFalse(pace.isToBeAlone());
    pace.lostBesideAnother(ExchangeFailure.timeout("no TLS session in time"));
    assertFalse(pace.isToBeAlone(), "that is no word of the server's");
    pace.lostBesideAnother(closed);
    assertTrue(pace.isToBeAlone());
    timers.advance(Duration.ofNanos(ConnectionPace.ALONE_NANOS).minus(A_MOMENT));
    assertTrue(pace.isToBeAlone());
    timers.advance(A_MOMENT);
    assertFalse(pace.isToBeAlone(), "it may have been a restart");
  }

  @Test
  void oneLossSetsNoLimit() {
    answeredSome(3);
    assertEquals(UNLIMITED, pace.limit());
    timers.advance(GROW);
    answeredSome(3);
    assertEquals(UNLIMITED, pace.limit(), "the one before was long ago");
  }

  @Test
  void twoSoonAfterEachOtherShowHowManyItAnswers() {
    answeredSome(12);
    answeredSome(10);
    assertEquals(10, pace.limit());
    answeredSome(4);
    assertEquals(4, pace.limit());
  }

  @Test
  void aConnectionThatOwedNothingTeachesNothing() {
    for (int i = 0; i < 3; i++) {
      pace.lost(true, true, 2, 0, closed);
    }
    assertEquals(UNLIMITED, pace.limit());
  }

  @Test
  void aConnectionWithManyAnswersSetsNoLimit() {
    for (int i = 0; i < 3; i++) {
      answeredSome(ConnectionPace.MANY);
    }
    assertEquals(UNLIMITED, pace.limit());
  }

  /** A reset discards received octets that were not read yet. */
  @Test
  void halfOfThemWhereNoAnswerCame() {
    answeredNone(80);
    answeredNone(80);
    assertEquals(40, pace.limit());
    answeredNone(40);
    answeredNone(17);
    assertEquals(8, pace.limit());
    for (int i = 0; i < 5; i++) {
      answeredNone(pace.limit());
    }
    assertEquals(1, pace.limit());
  }

  @Test
  void theLimitGrowsAgain() {
    answeredSome(10);
    answeredSome(10);
    timers.advance(GROW.minus(A_MOMENT));
    assertEquals(10, pace.limit());
    timers.advance(A_MOMENT);
    assertEquals(20, pace.limit());
    answeredSome(10);
    assertEquals(10, pace.limit(), "too many still, and known at once");
    for (int limit : new int[] {20, 40, UNLIMITED}) {
      timers.advance(GROW);
      assertEquals(limit, pace.limit());
    }
  }

  @Test
  void aSilentServerIsTriedAtGrowingIntervals() {
    for (int wait : new int[] {10, 20, 40, 80, 160, 320, 640, 1_000, 1_000}) {
      pace.lost(false, false, 0, 0, closed);
      assertEquals(Duration.ofMillis(wait).toNanos(), pace.waitNanos());
      assertSame(closed, pace.trouble());
      timers.advance(Duration.ofMillis(wait));
      assertEquals(0, pace.waitNanos());
    }
    pace.heard();
    assertNull(pace.trouble());
    pace.lost(false, false, 0, 0, closed);
    assertEquals(ConnectionPace.FIRST_WAIT_NANOS, pace.waitNanos(), "from the beginning");
  }

  @Test
  void afterOneCloseOrATimeoutTheNextBeginsAtOnce() {
    pace.lost(true, false, 0, 1, closed);
    assertEquals(0, pace.waitNanos());
    pace.lost(true, false, 0, 1, closed);
    assertTrue(pace.waitNanos() > 0);
    pace.lost(false, false, 0, 1, ExchangeFailure.timeout("connect timed out"));
    assertEquals(0, pace.waitNanos());
  }

  @Test
  void aConnectionThatAnsweredIsNoTrouble() {
    answeredSome(1);
    assertNull(pace.trouble());
    assertEquals(0, pace.waitNanos());
  }

  @Test
  void aMalformedConnectionSetsNoLimit() {
    for (int i = 0; i < 3; i++) {
      pace.lost(true, true, 1, 5, ExchangeFailure.malformed("not DNS"));
      pace.lost(true, false, 0, 5, ExchangeFailure.malformed("not DNS"));
    }
    assertNull(pace.trouble());
    assertEquals(UNLIMITED, pace.limit());
  }

  @Test
  void aServerWithoutSuccessForLongIsAway() {
    long begun = timers.nanoTime();
    pace.lost(false, false, 0, 0, closed);
    assertFalse(pace.wasAwayAt(timers.nanoTime()));
    timers.advance(Duration.ofNanos(ConnectionPace.BEARABLE_NANOS));
    pace.lost(false, false, 0, 0, closed);
    assertTrue(pace.wasAwayAt(timers.nanoTime()));
    assertFalse(pace.wasAwayAt(begun), "it has begun before");
    timers.advance(GROW);
    pace.lost(false, false, 0, 0, closed);
    assertFalse(pace.wasAwayAt(timers.nanoTime()), "what was long ago says nothing of now");
  }

  private void answeredSome(int answers) {
    pace.lost(true, true, answers, 1, closed);
  }

  private void answeredNone(int sent) {
    pace.lost(true, false, 0, sent, closed);
  }
}
