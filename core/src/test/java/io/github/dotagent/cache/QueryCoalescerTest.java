package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.testing.RealThreads;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However many wait for a question, it is asked once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueryCoalescerTest {
  private final CacheUnderTest cache = new CacheUnderTest();
  private final ScriptedUpstream upstream = cache.upstream;
  private final CompletableFuture<Answer> pending = new CompletableFuture<>();

  QueryCoalescerTest() {
    upstream.from(question -> pending);
  }

  @Test
  void aThousandThreadsMakeOneQuery() throws InterruptedException {
    int threads = 1000;
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(threads);
    Queue<String> answers = new ConcurrentLinkedQueue<>();
    RealThreads waiters = new RealThreads();
    for (int i = 0; i < threads; i++) {
      waiters.start(
          "waiter-" + i,
          () -> {
            await(start);
            CompletableFuture<Answer> mine = cache.cached.lookup(WWW);
            asked.countDown();
            mine.join();
            answers.add(outcome(mine));
          });
    }
    start.countDown();
    asked.await();
    assertEquals(List.of(WWW), upstream.asked());
    pending.complete(addresses(300, 1));
    waiters.join();
    assertEquals(List.of(), waiters.uncaught());
    assertEquals(threads, answers.stream().filter("1"::equals).count());
    assertEquals(1, upstream.times());
  }

  /** Some find the query on its way, some its answer; none asks a second time. */
  @Test
  void aCallerDuringTheAnswersArrivalMakesNoSecondQuery() throws InterruptedException {
    upstream.from(question -> CompletableFuture.completedFuture(addresses(300, 1)));
    for (int round = 0; round < 200; round++) {
      cache.cached.flush();
      RealThreads askers = new RealThreads();
      CountDownLatch start = new CountDownLatch(1);
      for (int i = 0; i < 4; i++) {
        askers.start(
            "asker-" + i,
            () -> {
              await(start);
              CompletableFuture<Answer> mine = cache.cached.lookup(WWW);
              mine.join();
              assertEquals("1", outcome(mine));
            });
      }
      start.countDown();
      askers.join();
      assertEquals(List.of(), askers.uncaught());
      assertEquals(round + 1, upstream.times());
    }
  }

  @Test
  void questionsAreAskedApart() {
    cache.ask(WWW);
    cache.ask(WWW6);
    assertEquals(List.of(WWW, WWW6), upstream.asked());
  }

  @Test
  void theAnswerIsCachedBeforeCallersContinue() {
    CompletableFuture<String> next =
        cache.cached.lookup(WWW).thenApply(answer -> cache.ask(WWW) + " " + upstream.times());
    pending.complete(addresses(300, 1));
    assertEquals("1 1", next.join());
  }

  /** With a TTL of zero there is nothing to be found: it is asked anew, not waited for for ever. */
  @Test
  void aLookupFromACallbackWithTtlZeroMakesANewQuery() {
    CompletableFuture<String> second =
        cache.cached.lookup(WWW).thenApply(answer -> cache.ask(WWW) + " " + upstream.times());
    pending.complete(addresses(0, 1));
    assertEquals("1 2", second.join());
  }

  @Test
  void aFailureReachesEveryWaiterAndTheNextOneAsksAnew() {
    CompletableFuture<Answer> one = cache.cached.lookup(WWW);
    CompletableFuture<Answer> other = cache.cached.lookup(WWW);
    pending.completeExceptionally(ScriptedUpstream.failure(Kind.TIMEOUT));
    assertEquals("TIMEOUT", outcome(one));
    assertEquals("TIMEOUT", outcome(other));
    upstream.from(addresses(300, 1));
    assertEquals("1", cache.ask(WWW));
  }

  /** Otherwise every later caller would wait for the one that never got its question out. */
  @Test
  void anUpstreamThatThrowsLeavesNoCallerWaiting() {
    upstream.from(
        question -> {
          throw new IllegalStateException("against its contract");
        });
    assertTrue(cache.ask(WWW).contains("against its contract"));
    upstream.from(addresses(300, 1));
    assertEquals("1", cache.ask(WWW));
  }

  @Test
  void aWaiterThatGivesUpHarmsNoOther() {
    CompletableFuture<Answer> first = cache.cached.lookup(WWW);
    CompletableFuture<Answer> second = cache.cached.lookup(WWW);
    CompletableFuture<Answer> third = cache.cached.lookup(WWW);
    assertTrue(first.cancel(true));
    assertTrue(second.completeExceptionally(new IllegalStateException("not for the others")));
    assertFalse(third.isDone());
    assertFalse(pending.isDone());
    CompletableFuture<Answer> fourth = cache.cached.lookup(WWW);
    pending.complete(addresses(300, 1));
    assertEquals("1", outcome(third));
    assertEquals("1", outcome(fourth));
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
