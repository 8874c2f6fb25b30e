package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a failed server comes back, and all servers failing at once. */
@Timeout(20)
class RecoveryTest {
  private static final String ADDRESS = "203.0.113.7";

  private final ScriptedPool pool = new ScriptedPool();

  @Test
  void afterItsBackOffAServerIsTriedBesideAHealthyOne() {
    failsFor(0);
    pool.timers().advance(Duration.ofSeconds(1).minusNanos(1));
    pool.answered(1, Duration.ZERO);
    assertEquals(List.of(1, 2, 0, 0), pool.counts());
    pool.timers().advance(Duration.ofNanos(1));
    CompletableFuture<Answer> answer = pool.lookup();
    assertEquals(List.of(2, 3, 0, 0), pool.counts());
    pool.asked(1).answer(ADDRESS);
    assertTrue(answer.isDone(), "the lookup does not wait for the trial");
  }

  /** For example by a lack of stack, and so without a word about the server. */
  @Test
  void aTrialThatAnErrorEndsIsFollowedByTheNext() {
    failsFor(0);
    pool.timers().advance(Duration.ofSeconds(1));
    pool.lookup(
        alias -> {
          throw new StackOverflowError();
        });
    assertEquals(List.of(2, 2, 0, 0), pool.counts());
    pool.asked(0).loop();
    pool.asked(1).answer(ADDRESS);
    pool.lookup();
    assertEquals(List.of(3, 3, 0, 0), pool.counts());
  }

  @Test
  void oneTrialAtATime() {
    failsFor(0);
    pool.timers().advance(Duration.ofSeconds(1));
    pool.lookup();
    pool.lookup();
    assertEquals(List.of(2, 3, 0, 0), pool.counts());
    pool.asked(0).fail(ExchangeFailures.unreachable("x"));
    pool.lookup();
    assertEquals(List.of(2, 4, 0, 0), pool.counts(), "it backs off for longer now");
    pool.timers().advance(Duration.ofSeconds(2));
    pool.lookup();
    assertEquals(3, pool.counts().get(0));
  }

  @Test
  void anAnsweredTrialEndsTheBackOff() {
    failsFor(0);
    pool.timers().advance(Duration.ofSeconds(1));
    pool.answered(1, Duration.ofMillis(30));
    pool.timers().advance(Duration.ofMillis(10));
    pool.asked(0).answer(ADDRESS);
    assertTrue(pool.standing(0).health().isHealthy());
    assertEquals(
        List.of(
            "WARN upstream 192.0.2.1@853#one.one.one.one: x; asked last until it answers again",
            "WARN upstream 192.0.2.1@853#one.one.one.one answers again"),
        pool.log().lines().stream().filter(line -> line.startsWith("WARN")).toList());
  }

  @Test
  void afterATotalOutageOneAnswerEndsAllBackOffs() {
    for (int i = 0; i < 8; i++) { // to their longest back-offs
      CompletableFuture<Answer> failing = pool.lookup();
      failAll();
      assertTrue(failing.isCompletedExceptionally());
      pool.timers().advance(Duration.ofMinutes(1));
    }
    CompletableFuture<Answer> failing = pool.lookup();
    failAll();
    assertTrue(failing.isCompletedExceptionally());
    // the network is back
    CompletableFuture<Answer> answer = pool.lookup();
    pool.timers().advance(Duration.ofMillis(30));
    answerWhoeverWasAsked();
    assertTrue(answer.isDone());
    List<Integer> before = pool.counts();
    for (int i = 0; i < 4; i++) {
      pool.lookup();
      answerWhoeverWasAsked();
    }
    List<Integer> after = pool.counts();
    for (int server = 0; server < 4; server++) {
      assertTrue(after.get(server) > before.get(server) || after.get(server) > 9, "" + after);
      assertTrue(pool.standing(server).health().isHealthy(), "server " + server);
    }
  }

  @Test
  void duringAnOutageASecondServerIsAskedSoon() {
    failAllOnce();
    pool.lookup();
    List<Integer> before = pool.counts();
    pool.timers().advance(Duration.ofMillis(250));
    assertEquals(
        before.stream().mapToInt(Integer::intValue).sum() + 1,
        pool.counts().stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void aFamilyThatThisMachineDoesNotHaveIsFoundOutOnceAndLeftAlone() {
    pool.answered(0, Duration.ofMillis(30));
    pool.standing(3).failed(ExchangeFailures.noRoute("network unreachable"), 0);
    pool.timers().advance(Duration.ofMinutes(5));
    pool.answered(0, Duration.ofMillis(30));
    assertEquals(0, pool.counts().get(3));
    assertTrue(pool.log().lines().stream().noneMatch(line -> line.startsWith("WARN")));
    pool.timers().advance(Duration.ofMinutes(5));
    for (int i = 0; i < 3; i++) { // the other servers are tried as well
      pool.answered(0, Duration.ofMillis(30));
    }
    assertEquals(1, pool.counts().get(3), "networks change");
  }

  @Test
  void anUnusedServerIsTriedFromTimeToTime() {
    pool.answered(0, Duration.ofMillis(30));
    pool.timers().advance(UpstreamStandingTimes.FIRST);
    pool.answered(0, Duration.ofMillis(30));
    assertEquals(List.of(2, 1, 0, 0), pool.counts());
    pool.answered(0, Duration.ofMillis(30));
    pool.answered(0, Duration.ofMillis(30));
    assertEquals(List.of(4, 1, 1, 1), pool.counts(), "each once");
    pool.answered(0, Duration.ofMillis(30));
    assertEquals(List.of(5, 1, 1, 1), pool.counts());
  }

  private void failAllOnce() {
    pool.lookup();
    failAll();
  }

  private void failAll() {
    for (int round = 0; round < 4; round++) {
      for (int server = 0; server < 4; server++) {
        for (ScriptedTransport.Asked asked : List.copyOf(pool.transport(server).all())) {
          asked.fail(ExchangeFailures.unreachable("x"));
        }
      }
    }
  }

  private void answerWhoeverWasAsked() {
    for (int server = 0; server < 4; server++) {
      pool.transport(server).answerAll(ADDRESS);
    }
  }

  private void failsFor(int server) {
    pool.lookup();
    pool.asked(server).fail(ExchangeFailures.unreachable("x"));
    pool.asked(server + 1).answer(ADDRESS);
  }

  private static final class UpstreamStandingTimes {
    static final Duration FIRST = Duration.ofNanos(UpstreamStats.FIRST_MEASURE_NANOS);
  }
}
