package io.github.dotagent.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.testing.RealThreads;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InFlightTest {
  private static final Question WWW = Question.of("www.example.com", RecordType.A);
  private static final Answer ANSWER = Answer.addresses(List.of(new byte[4]), 300, "192.0.2.53");

  private final CompletableFuture<Answer> pending = new CompletableFuture<>();
  private final ScriptedUpstream upstream = new ScriptedUpstream(question -> pending);
  private final RecordedKeeping kept = new RecordedKeeping();
  private final InFlight inFlight = new InFlight(upstream, kept);

  @Test
  void athousandThreadsMakeOneQuery() throws InterruptedException {
    int threads = 1000;
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(threads);
    Set<Answer> answers = ConcurrentHashMap.newKeySet();
    CountDownLatch answered = new CountDownLatch(threads);
    RealThreads waiters = new RealThreads();
    for (int i = 0; i < threads; i++) {
      waiters.start(
          "waiter-" + i,
          () -> {
            await(start);
            CompletableFuture<Answer> mine = inFlight.ask(WWW);
            asked.countDown();
            answers.add(mine.join());
            answered.countDown();
          });
    }
    start.countDown();
    asked.await();
    assertEquals(List.of(WWW), upstream.asked());
    pending.complete(ANSWER);
    answered.await();
    waiters.join();
    assertEquals(List.of(), waiters.uncaught());
    assertEquals(Set.of(ANSWER), answers);
    assertEquals(1, upstream.times());
    assertEquals(1, kept.answers.size());
  }

  @Test
  void questionsAreAskedApart() {
    Question ipv6 = Question.of("www.example.com", RecordType.AAAA);
    inFlight.ask(WWW);
    inFlight.ask(ipv6);
    assertEquals(List.of(WWW, ipv6), upstream.asked());
  }

  @Test
  void onceAnsweredTheNextCallerAsksAnew() {
    inFlight.ask(WWW);
    pending.complete(ANSWER);
    assertSame(ANSWER, inFlight.ask(WWW).join());
    assertEquals(2, upstream.times());
  }

  @Test
  void whoAsksWhileTheAnswerIsGivenOutAsksAnew() {
    CompletableFuture<Answer> second = inFlight.ask(WWW).thenCompose(answer -> inFlight.ask(WWW));
    pending.complete(ANSWER);
    assertSame(ANSWER, second.join());
    assertEquals(2, upstream.times());
  }

  /** Between the look into the cache and the question, the answer to an earlier one may come. */
  @Test
  void whatWasKeptMeanwhileIsNotAskedFor() {
    kept.meanwhile = ANSWER;
    assertSame(ANSWER, inFlight.ask(WWW).join());
    assertEquals(List.of(), upstream.asked());
    assertEquals(List.of(), kept.answers, "kept again it would live longer than its TTL");
    kept.meanwhile = null;
    inFlight.ask(WWW);
    assertEquals(1, upstream.times(), "nobody is left waiting for it");
  }

  @Test
  void theAnswerIsKeptBeforeAnybodyGoesOn() {
    CompletableFuture<Integer> keptWhenAnswered =
        inFlight.ask(WWW).thenApply(answer -> kept.answers.size());
    CompletableFuture<Integer> keptWhenJoined =
        inFlight.ask(WWW).thenApply(answer -> kept.answers.size());
    pending.complete(ANSWER);
    assertEquals(1, keptWhenAnswered.join());
    assertEquals(1, keptWhenJoined.join());
  }

  @Test
  void aFailureReachesEveryWaiterAndIsNotKept() {
    LookupFailure failure = ScriptedUpstream.failure();
    CompletableFuture<Answer> one = inFlight.ask(WWW);
    CompletableFuture<Answer> other = inFlight.ask(WWW);
    pending.completeExceptionally(failure);
    assertSame(failure, assertThrows(CompletionException.class, one::join).getCause());
    assertSame(failure, assertThrows(CompletionException.class, other::join).getCause());
    assertEquals(List.of(), kept.answers);
    inFlight.ask(WWW);
    assertEquals(2, upstream.times());
  }

  @Test
  void aFailureToKeepHarmsNobody() {
    kept.broken = true;
    CompletableFuture<Answer> one = inFlight.ask(WWW);
    CompletableFuture<Answer> other = inFlight.ask(WWW);
    pending.complete(ANSWER);
    assertSame(ANSWER, one.join());
    assertSame(ANSWER, other.join());
    assertSame(ANSWER, inFlight.ask(WWW).join());
    assertEquals(2, upstream.times());
  }

  /** Otherwise every later caller would wait for the one that never got its question out. */
  @Test
  void anUpstreamThatThrowsLeavesNobodyWaiting() {
    IllegalStateException broken = new IllegalStateException("against its contract");
    upstream.from(
        question -> {
          throw broken;
        });
    CompletableFuture<Answer> failed = inFlight.ask(WWW);
    assertSame(broken, assertThrows(CompletionException.class, failed::join).getCause());
    upstream.from(ANSWER);
    assertSame(ANSWER, inFlight.ask(WWW).join());
  }

  @Test
  void aWaiterThatGivesUpHarmsNoOther() {
    CompletableFuture<Answer> first = inFlight.ask(WWW);
    CompletableFuture<Answer> second = inFlight.ask(WWW);
    CompletableFuture<Answer> third = inFlight.ask(WWW);
    assertTrue(first.cancel(true));
    assertTrue(second.completeExceptionally(new IllegalStateException("not for the others")));
    assertFalse(third.isDone());
    assertFalse(pending.isDone());
    CompletableFuture<Answer> fourth = inFlight.ask(WWW);
    pending.complete(ANSWER);
    assertSame(ANSWER, third.join());
    assertSame(ANSWER, fourth.join());
    assertEquals(1, upstream.times());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }
}
