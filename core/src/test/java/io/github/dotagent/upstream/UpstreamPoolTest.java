package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Rcode;

/**
 * Which server is asked when. Late ones: HedgingTest. Those that come back: RecoveryTest. What a
 * failure says: UpstreamPoolFailureTest.
 */
@Timeout(20)
class UpstreamPoolTest {
  private static final String ADDRESS = "203.0.113.7";

  private final ScriptedPool pool = new ScriptedPool();

  @Test
  void theFirstIsAskedAndNoOther() throws Exception {
    for (int i = 0; i < 10; i++) {
      CompletableFuture<Answer> answer = pool.lookup();
      pool.asked(0).answer(ADDRESS);
      assertEquals("192.0.2.1", answer.get().server());
    }
    assertEquals(List.of(10, 0, 0, 0), pool.counts());
  }

  @Test
  void theNextIsAskedWhenOneFailed() throws Exception {
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).fail(ExchangeFailures.unreachable("x"));
    assertEquals(List.of(1, 1, 0, 0), pool.counts());
    pool.asked(1).fail(ExchangeFailures.untrusted("x"));
    pool.asked(2).rcode(Rcode.SERVFAIL);
    assertEquals(List.of(1, 1, 1, 1), pool.counts());
    assertFalse(answer.isDone());
    pool.asked(3).answer(ADDRESS);
    assertEquals("192.0.2.4", answer.get().server());
  }

  /** What one has sent was bogus. */
  @Test
  void recordsOfAnyServerButOne() throws Exception {
    CompletableFuture<SignedResponse> records = pool.recordsFromAnother("192.0.2.1");
    assertEquals(List.of(0, 1, 0, 0), pool.counts());
    pool.asked(1).fail(ExchangeFailures.unreachable("x"));
    pool.asked(2).answer(ADDRESS);
    assertEquals("192.0.2.3", records.get().server());
    assertEquals(List.of(0, 1, 1, 0), pool.counts());
  }

  @Test
  void noRecordsOfAnotherServerWhereThereIsOne() {
    ScriptedPool one = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1");
    assertNull(one.recordsFromAnother("192.0.2.1"));
    assertEquals(List.of(0), one.counts());
  }

  @Test
  void describesTheStateOfEachServer() {
    failsFor(0);
    pool.does(1, "in TLS for 900 ms");
    pool.does(2, "silent for 2100 ms");
    String said = pool.doing().replaceAll("\\(\\S+ ", "(TIME ");
    assertEquals(
        "192.0.2.1@853#one.one.one.one has no connection (TIME x);"
            + " 192.0.2.2@853#one.one.one.one in TLS for 900 ms;"
            + " 192.0.2.3@853#one.one.one.one silent for 2100 ms;"
            + " 192.0.2.4@853#one.one.one.one has no connection",
        said);
  }

  @Test
  void noSuchNameIsTheEnd() throws Exception {
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).rcode(Rcode.NXDOMAIN);
    assertEquals(Answer.Outcome.NO_SUCH_NAME, answer.get().outcome());
    assertEquals(List.of(1, 0, 0, 0), pool.counts());
  }

  @Test
  void aServerThatFailedLatelyIsAskedLast() throws Exception {
    failsFor(0);
    CompletableFuture<Answer> answer = pool.lookup();
    assertEquals(List.of(1, 2, 0, 0), pool.counts());
    pool.asked(1).fail(ExchangeFailures.unreachable("x"));
    pool.asked(2).fail(ExchangeFailures.unreachable("x"));
    pool.asked(3).fail(ExchangeFailures.unreachable("x"));
    assertEquals(List.of(2, 2, 1, 1), pool.counts());
    pool.asked(0).answer(ADDRESS);
    assertEquals("192.0.2.1", answer.get().server());
  }

  @Test
  void allThatBackOffAreStillAskedTheSoonestBackFirst() throws Exception {
    // they fail in the order 4 3 2 1, a tenth of a second apart
    for (int server = 3; server >= 0; server--) {
      pool.standing(server).failed(ExchangeFailures.unreachable("x"), 0);
      pool.timers().advance(Duration.ofMillis(100));
    }
    CompletableFuture<Answer> answer = pool.lookup();
    for (int server = 3; server >= 1; server--) {
      assertEquals(1, pool.counts().get(server));
      assertEquals(0, pool.counts().get(server - 1));
      pool.asked(server).fail(ExchangeFailures.unreachable("x"));
    }
    pool.asked(0).answer(ADDRESS);
    assertEquals("192.0.2.1", answer.get().server());
  }

  @Test
  void serverFailureDoesNotCostAServerItsPlace() throws Exception {
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).rcode(Rcode.SERVFAIL);
    pool.asked(1).answer(ADDRESS);
    answer.get();
    pool.lookup();
    assertEquals(List.of(2, 1, 0, 0), pool.counts());
  }

  @Test
  void theFastestThatIsKnownIsAskedFirst() {
    pool.answered(0, Duration.ofMillis(30));
    pool.standing(2).answered(Duration.ofMillis(10).toNanos());
    pool.transport(2).setOpen(true);
    pool.lookup();
    assertEquals(List.of(1, 0, 1, 0), pool.counts());
  }

  @Test
  void aConnectionThatIsThereIsWorthMoreThanALittleSpeed() {
    pool.answered(0, Duration.ofMillis(30));
    pool.standing(2).answered(Duration.ofMillis(25).toNanos());
    pool.lookup();
    assertEquals(List.of(2, 0, 0, 0), pool.counts());
    pool.standing(3).answered(Duration.ofMillis(23).toNanos());
    pool.lookup();
    assertEquals(List.of(2, 0, 0, 1), pool.counts());
  }

  @Test
  void manyInFlightAreSharedAmongTheServers() {
    pool.answered(0, Duration.ofMillis(30));
    for (int i = 0; i < 60; i++) {
      pool.lookup();
    }
    List<Integer> counts = pool.counts();
    assertTrue(counts.get(0) >= 1 + Ranking.CROWD, "a few are no crowd: " + counts);
    assertTrue(counts.stream().allMatch(count -> count > 0), "more are: " + counts);
  }

  @Test
  void eachMayAnswerUntilTheEnd() {
    long end = pool.timers().nanoTime() + ScriptedPool.TIMEOUT.toNanos();
    pool.lookup();
    assertEquals(end, pool.asked(0).deadlineNanos());
    pool.timers().advance(Duration.ofMillis(400));
    pool.asked(0).fail(ExchangeFailures.unreachable("x"));
    assertEquals(end, pool.asked(1).deadlineNanos());
  }

  @Test
  void noServerIsAskedAfterTheDeadline() {
    ScriptedPool two = new ScriptedPool(Duration.ZERO, "192.0.2.1", "192.0.2.2");
    CompletableFuture<Answer> answer = two.lookup();
    assertFalse(answer.isDone());
    two.asked(0).fail(ExchangeFailures.noAnswer());
    assertTrue(answer.isCompletedExceptionally());
    assertEquals(List.of(1, 0), two.counts());
  }

  @Test
  void lookupsDoNotWaitForEachOther() throws Exception {
    CompletableFuture<Answer> first = pool.lookup();
    ScriptedTransport.Asked firstAsked = pool.asked(0);
    CompletableFuture<Answer> second = pool.lookup();
    pool.asked(0).answer(ADDRESS);
    second.get();
    assertFalse(first.isDone());
    firstAsked.answer(ADDRESS);
    first.get();
  }

  @Test
  void aLookupLeavesNoTimerBehind() throws Exception {
    CompletableFuture<Answer> answered = pool.lookup();
    pool.asked(0).answer(ADDRESS);
    answered.get();
    CompletableFuture<Answer> failed = pool.lookup();
    for (int server = 0; server < 4; server++) {
      pool.asked(server).fail(ExchangeFailures.unreachable("x"));
    }
    assertTrue(failed.isCompletedExceptionally());
    assertEquals(0, pool.timers().waiting());
  }

  @Test
  void warmUpConnectsToTheFirstThatLetsIt() {
    pool.warmUp();
    assertEquals(List.of(1, 0, 0, 0), pool.warmedUp());
    pool.transport(0).warming().completeExceptionally(ExchangeFailures.unreachable("x"));
    assertEquals(List.of(1, 1, 0, 0), pool.warmedUp());
    pool.transport(1).warming().complete(null);
    assertEquals(List.of(1, 1, 0, 0), pool.warmedUp());
    assertEquals(List.of(0, 0, 0, 0), pool.counts());
    pool.lookup();
    assertEquals(List.of(0, 1, 0, 0), pool.counts(), "the one that failed comes last");
  }

  @Test
  void logsEachAnswerAtDebug() throws Exception {
    CompletableFuture<Answer> answer = pool.lookup();
    pool.timers().advance(Duration.ofNanos(1_234_567));
    pool.asked(0).answer(ADDRESS);
    answer.get();
    assertEquals(
        List.of("DEBUG a.example A: RECORDS from 192.0.2.1 in 1234 us"), pool.log().lines());
  }

  private void failsFor(int server) {
    pool.lookup();
    pool.asked(server).fail(ExchangeFailures.unreachable("x"));
    pool.asked(server + 1).answer(ADDRESS);
  }
}
