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
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CachedLookupTest {
  private static final Question WWW = Question.of("www.example.com", RecordType.A);

  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final ScriptedUpstream upstream = ScriptedUpstream.answering(address(1, 300));
  private final CachedLookup cached = cacheOf(1000);

  private CachedLookup cacheOf(long maxEntries) {
    CachePolicy policy =
        new CachePolicy(maxEntries, Duration.ZERO, Duration.ofDays(1), Duration.ofMinutes(15));
    return new CachedLookup(upstream, policy, timers, log);
  }

  private static Answer address(int last, long ttl) {
    return Answer.addresses(List.of(new byte[] {(byte) 192, 0, 2, (byte) last}), ttl, "192.0.2.53");
  }

  private Answer ask(Question question) {
    return cached.lookup(question).join();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 300, 3600, 86_400})
  void anAnswerLivesForItsTtlToTheNanosecond(long ttl) {
    Answer first = address(1, ttl);
    Answer second = address(2, ttl);
    upstream.from(first);
    assertSame(first, ask(WWW));
    upstream.from(second);
    timers.advance(Duration.ofSeconds(ttl).minusNanos(1));
    assertSame(first, ask(WWW));
    timers.advance(Duration.ofNanos(1));
    assertSame(second, ask(WWW), "fresh at the end of the TTL");
    assertEquals(2, upstream.times());
  }

  @Test
  void isOutOfReachWhenItsUpstreamIs() {
    assertFalse(cached.isOutOfReach());
    upstream.outOfReach = true;
    assertTrue(cached.isOutOfReach());
  }

  @Test
  void beingAskedForDoesNotProlongIt() {
    for (int second = 0; second < 900; second++) {
      ask(WWW);
      timers.advance(Duration.ofSeconds(1));
    }
    assertEquals(3, upstream.times(), "900 s of a TTL of 300 s");
  }

  @Test
  void theLifeBeginsWhenTheAnswerComesNotWhenItIsAskedFor() {
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    upstream.from(question -> slow);
    CompletableFuture<Answer> waiting = cached.lookup(WWW);
    timers.advance(Duration.ofSeconds(4));
    slow.complete(address(1, 2));
    waiting.join();
    timers.advance(Duration.ofMillis(1999));
    ask(WWW);
    assertEquals(1, upstream.times());
    timers.advance(Duration.ofMillis(1));
    ask(WWW);
    assertEquals(2, upstream.times());
  }

  @Test
  void aTtlOfZeroIsUsedOnceAndNotKept() {
    Answer zero = address(1, 0);
    upstream.from(zero);
    assertSame(zero, ask(WWW));
    assertSame(zero, ask(WWW));
    assertEquals(2, upstream.times());
  }

  @Test
  void negativeAnswersAreKeptForTheirTtl() {
    for (Answer negative :
        List.of(Answer.noSuchName(60, "192.0.2.53"), Answer.noData(60, "192.0.2.53"))) {
      Question question = Question.of(negative.outcome() + ".example.com", RecordType.A);
      upstream.from(negative);
      ask(question);
      upstream.from(address(1, 300));
      timers.advance(Duration.ofSeconds(59));
      assertSame(negative, ask(question));
      timers.advance(Duration.ofSeconds(1));
      assertEquals(Answer.Outcome.RECORDS, ask(question).outcome());
    }
    assertEquals(4, upstream.times());
  }

  @Test
  void negativeAnswersLiveForMaxNegativeTtlAtMost() {
    upstream.from(Answer.noSuchName(86_400, "192.0.2.53"));
    ask(WWW);
    timers.advance(Duration.ofMinutes(15).minusNanos(1));
    ask(WWW);
    assertEquals(1, upstream.times());
    timers.advance(Duration.ofNanos(1));
    ask(WWW);
    assertEquals(2, upstream.times());
  }

  @Test
  void negativeAnswersWithoutSoaAreNotKept() {
    upstream.from(Answer.noSuchName(0, "192.0.2.53"));
    ask(WWW);
    ask(WWW);
    upstream.from(Answer.noData(0, "192.0.2.53"));
    ask(WWW);
    ask(WWW);
    assertEquals(4, upstream.times());
  }

  @Test
  void aFailureIsNeverKept() {
    LookupFailure failure = ScriptedUpstream.failure();
    upstream.from(question -> CompletableFuture.failedFuture(failure));
    for (int i = 0; i < 2; i++) {
      CompletableFuture<Answer> failed = cached.lookup(WWW);
      assertSame(failure, assertThrows(CompletionException.class, failed::join).getCause());
    }
    upstream.from(address(1, 300));
    ask(WWW);
    assertEquals(3, upstream.times());
  }

  @Test
  void namesCompareWithoutCaseAndTheDotAtTheirEnd() {
    Answer answer = ask(WWW);
    assertSame(answer, ask(Question.of("WWW.Example.COM", RecordType.A)));
    assertSame(answer, ask(Question.of("www.example.com.", RecordType.A)));
    assertEquals(1, upstream.times());
  }

  @Test
  void typesAndNamesAreKeptApart() {
    Question ipv6 = Question.of("www.example.com", RecordType.AAAA);
    Question other = Question.of("ww.example.com", RecordType.A);
    ask(WWW);
    ask(ipv6);
    ask(other);
    assertEquals(List.of(WWW, ipv6, other), upstream.asked());
  }

  @Test
  void whatACallerDoesToItsFutureHarmsNobody() {
    ask(WWW);
    cached.lookup(WWW).obtrudeValue(null);
    cached.lookup(WWW).obtrudeException(new IllegalStateException("not me"));
    assertEquals(300, ask(WWW).ttlSeconds());
  }

  @Test
  void aHitIsLoggedForWhoDebugs() {
    ask(WWW);
    assertEquals(List.of(), log.lines());
    ask(WWW);
    assertEquals(List.of("DEBUG www.example.com A: RECORDS from the cache"), log.lines());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void aFloodOfNamesStaysWithinMaxEntries(int maxEntries) {
    CachedLookup small = cacheOf(maxEntries);
    int names = 20_000;
    for (int i = 0; i < names; i++) {
      small.lookup(Question.of("n" + i + ".example.com", RecordType.A)).join();
    }
    // a failure changes nothing in the cache, so what still gets an answer is what is kept
    upstream.from(question -> CompletableFuture.failedFuture(ScriptedUpstream.failure()));
    int kept = 0;
    for (int i = 0; i < names; i++) {
      boolean failed =
          small
              .lookup(Question.of("n" + i + ".example.com", RecordType.A))
              .isCompletedExceptionally();
      kept += failed ? 0 : 1;
    }
    assertEquals(maxEntries, kept);
  }
}
