package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A second server is asked when the first takes longer than it has lately; within bounds. */
@Timeout(20)
class HedgingTest {
  private static final String ADDRESS = "203.0.113.7";
  private static final Duration ROUND_TRIP = Duration.ofMillis(30);
  private static final Duration A_MOMENT = Duration.ofNanos(1);

  private final ScriptedPool pool = new ScriptedPool();

  @Test
  void aServerThatWasNeverAskedHasASecond() {
    pool.lookup();
    pool.timers().advance(Duration.ofSeconds(1).minus(A_MOMENT));
    assertEquals(List.of(1, 0, 0, 0), pool.counts());
    pool.timers().advance(A_MOMENT);
    assertEquals(List.of(1, 1, 0, 0), pool.counts());
  }

  @Test
  void aKnownServerHasItsUsualTime() {
    Duration late = known();
    pool.lookup();
    pool.timers().advance(late.minus(A_MOMENT));
    assertEquals(0, pool.counts().get(1));
    pool.timers().advance(A_MOMENT);
    assertEquals(1, pool.counts().get(1));
    // and the second one the time of one that has no connection yet
    pool.timers().advance(Duration.ofSeconds(1));
    assertEquals(1, pool.counts().get(2));
  }

  @Test
  void theFirstAnswerWins() throws Exception {
    Duration late = known();
    CompletableFuture<Answer> bySecond = pool.lookup();
    pool.timers().advance(late);
    pool.asked(1).answer(ADDRESS);
    assertEquals("192.0.2.2", bySecond.get().server());

    pool.asked(0).answer(ADDRESS); // a late answer: it only updates the server's statistics
    assertFalse(pool.standing(0).isLate());
  }

  @Test
  void theFirstIsStillHeardWhenTheSecondWasAsked() throws Exception {
    Duration late = known();
    CompletableFuture<Answer> answer = pool.lookup();
    pool.timers().advance(late);
    assertEquals(1, pool.counts().get(1));
    pool.asked(0).answer(ADDRESS);
    assertEquals("192.0.2.1", answer.get().server());
  }

  @Test
  void troubleAsksASecondServerAtOnce() throws Exception {
    CompletableFuture<Answer> bySecond = pool.lookup();
    pool.asked(0).trouble(ExchangeFailures.unreachable("connection lost"));
    assertEquals(List.of(1, 1, 0, 0), pool.counts());
    assertFalse(pool.standing(0).health().isHealthy());
    pool.asked(1).answer(ADDRESS);
    assertEquals("192.0.2.2", bySecond.get().server());

    CompletableFuture<Answer> byFirst = pool.lookup();
    assertEquals(List.of(1, 2, 0, 0), pool.counts());
    pool.asked(1).trouble(ExchangeFailures.unreachable("connection lost"));
    pool.asked(1).answer(ADDRESS);
    assertEquals("192.0.2.2", byFirst.get().server());
    assertTrue(pool.standing(1).health().isHealthy(), "it has answered since");
  }

  @Test
  void troubleAfterTheHedgeAsksNoFurtherServer() {
    Duration late = known();
    pool.lookup();
    pool.timers().advance(late);
    List<Integer> before = pool.counts();
    pool.asked(0).trouble(ExchangeFailures.unreachable("connection lost"));
    assertEquals(before, pool.counts());
  }

  @Test
  void aLateServerIsAskedLastUntilItAnswers() {
    Duration late = known();
    pool.lookup();
    ScriptedTransport.Asked hanging = pool.asked(0);
    pool.timers().advance(late);
    int first = pool.counts().get(0);
    pool.lookup();
    assertEquals(first, pool.counts().get(0), "no query waits on it any more");
    hanging.answer(ADDRESS);
    pool.lookup();
    assertEquals(first + 1, pool.counts().get(0));
  }

  @Test
  void ofThoseThatAreLateTheLastHeardOfIsAskedFirst() {
    pool.answered(0, ROUND_TRIP);
    pool.timers().advance(Duration.ofSeconds(5));
    pool.standing(1).answered(ROUND_TRIP.multipliedBy(2).toNanos()); // slower, but heard of later
    pool.timers().advance(Duration.ofSeconds(1));
    long now = pool.timers().nanoTime();
    for (int server = 0; server < 4; server++) {
      pool.standing(server).markLate(now);
    }
    pool.lookup();
    assertEquals(List.of(1, 1, 0, 0), pool.counts());
  }

  @Test
  void aSlowNameIsNoLatenessOfAServerThatAnswersOthers() {
    Duration late = known();
    pool.lookup();
    pool.timers().advance(late.dividedBy(2));
    CompletableFuture<Answer> other = pool.lookup();
    pool.asked(0).answer(ADDRESS);
    assertTrue(other.isDone());
    pool.timers().advance(late.dividedBy(2));
    assertEquals(1, pool.counts().get(1), "the slow one is asked of another all the same");
    assertFalse(pool.standing(0).isLate());
  }

  @Test
  void aFailureOfTheSecondBringsTheThird() {
    Duration late = known();
    pool.lookup();
    pool.timers().advance(late);
    pool.asked(1).fail(ExchangeFailures.unreachable("x"));
    assertEquals(1, pool.counts().get(2));
  }

  @Test
  void onlyASmallShareIsAskedTwice() {
    for (int server = 0; server < 4; server++) {
      pool.standing(server).answered(ROUND_TRIP.toNanos());
      pool.transport(server).setOpen(true);
    }
    int asked = 900; // all within each server's share of the timeout
    for (int i = 0; i < asked; i++) {
      pool.lookup();
      pool.timers().advance(Duration.ofMillis(1));
    }
    int second = pool.counts().stream().mapToInt(Integer::intValue).sum() - asked;
    int allowed = HedgeBudget.MOST + asked / HedgeBudget.QUERIES_PER_HEDGE;
    assertTrue(second <= allowed, second + " of at most " + allowed);
    assertTrue(second > HedgeBudget.MOST, "and that share is used: " + second);
  }

  @Test
  void withoutHedgeBudgetTheNextIsAskedAfterItsShareOfTheTime() {
    ScriptedPool fresh = exhausted();
    int before = fresh.counts().get(1);
    fresh.lookup();
    fresh.timers().advance(ScriptedPool.TIMEOUT.dividedBy(2).minus(A_MOMENT));
    assertEquals(before, fresh.counts().get(1));
    fresh.timers().advance(A_MOMENT);
    assertEquals(before + 1, fresh.counts().get(1), "half of it, with two servers");
  }

  @Test
  void aShortTimeoutIsSharedOutBeforeAnyBudget() {
    ScriptedPool brief = new ScriptedPool(Duration.ofMillis(900), "192.0.2.1", "192.0.2.2");
    brief.lookup();
    brief.timers().advance(Duration.ofMillis(450).minus(A_MOMENT));
    assertEquals(List.of(1, 0), brief.counts());
    brief.timers().advance(A_MOMENT);
    assertEquals(List.of(1, 1), brief.counts());
  }

  /** The answer may be here and not read yet; one more query is one more thing to do. */
  @Test
  void aSlowMachineAsksNoSecondServer() {
    Duration late = known();
    pool.timers().lateBy(Duration.ofMillis(80));
    pool.lookup();
    pool.timers().advance(late.plusMillis(200));
    assertEquals(0, pool.counts().get(1));
    assertFalse(pool.standing(0).isLate());
    pool.timers().lateBy(Duration.ZERO);
    pool.timers().advance(Duration.ofMillis(100));
    assertEquals(1, pool.counts().get(1), "when it is no longer slow");
  }

  @Test
  void aSlowMachineStillLeavesAServerThatSaysNothing() {
    pool.timers().lateBy(Duration.ofMillis(80));
    pool.lookup();
    pool.timers().advance(ScriptedPool.TIMEOUT.dividedBy(2));
    assertEquals(1, pool.counts().get(1), "its share of the time is over");
  }

  /** Its load is not doubled: the other server has it instead. */
  @Test
  void leavingASilentServerNeedsNoHedgeBudget() {
    ScriptedPool fresh = exhausted();
    int before = fresh.counts().get(1);
    fresh.lookup();
    fresh.timers().advance(A_MOMENT);
    fresh.standing(1).answered(ROUND_TRIP.toNanos());
    fresh.timers().advance(Duration.ofSeconds(1));
    assertEquals(before + 1, fresh.counts().get(1));
  }

  /** The time after which the first server is late. */
  private Duration known() {
    pool.answered(0, ROUND_TRIP);
    return Duration.ofNanos(pool.standing(0).roundTrip().late());
  }

  /** Two servers, and nothing left for second questions. */
  private static ScriptedPool exhausted() {
    ScriptedPool two = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1", "192.0.2.2");
    two.answered(0, ROUND_TRIP);
    for (int i = 0; i < 2 * HedgeBudget.MOST; i++) {
      two.lookup();
      two.timers().advance(Duration.ofMillis(1));
    }
    two.timers().advance(Duration.ofSeconds(1));
    two.transport(0).answerAll(ADDRESS);
    two.transport(1).answerAll(ADDRESS);
    return two;
  }
}
