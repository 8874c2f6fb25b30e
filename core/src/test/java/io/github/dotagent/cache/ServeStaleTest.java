package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.noData;
import static io.github.dotagent.cache.CacheUnderTest.noSuchName;
import static io.github.dotagent.cache.CacheUnderTest.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 8767. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeStaleTest {
  private final CacheUnderTest cache = new CacheUnderTest(1000, Duration.ofHours(1), true);
  private final ScriptedUpstream upstream = cache.upstream;
  private final CompletableFuture<Answer> slow = new CompletableFuture<>();

  /** Kept, and expired this very moment. */
  private void expired() {
    cache.ask(WWW);
    cache.seconds(300);
  }

  @Test
  void whileTheUpstreamAnswersNothingExpiredIsGiven() {
    expired();
    upstream.from(addresses(300, 2));
    assertEquals("2", cache.ask(WWW));
  }

  /** The server has answered, and not with what the zone has: the old answer is no better. */
  @Test
  void whenItsAnswerIsBogusNothingExpiredIsGiven() {
    expired();
    cache.upstreamFails(Kind.BOGUS);
    assertEquals("BOGUS", outcome(cache.cached.lookup(WWW)));
    cache.seconds(1);
    cache.upstreamFails(Kind.UNREACHABLE);
    assertEquals("UNREACHABLE", outcome(cache.cached.lookup(WWW)), "nor later");
  }

  @Test
  void anAnswerWithinItsTtlOutlivesABogusRefresh() {
    cache.ask(WWW);
    cache.seconds(280);
    cache.upstreamFails(Kind.BOGUS);
    assertEquals("1", cache.ask(WWW));
    assertEquals("1", cache.ask(WWW));
    assertEquals(2, upstream.times(), "refreshed once in 30 s");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"BOGUS", "UNREACHABLE"})
  void afterABogusRefreshItEndsWithItsTtl(Kind kind) {
    cache.ask(WWW);
    cache.seconds(280);
    cache.upstreamFails(Kind.BOGUS);
    assertEquals("1", cache.ask(WWW));
    cache.upstreamFails(kind);
    cache.seconds(19);
    assertEquals("1", cache.ask(WWW));
    cache.seconds(1);
    assertEquals(kind.toString(), cache.ask(WWW), "within the 30 s of the refresh");
    upstream.outOfReach = true;
    cache.seconds(1);
    assertEquals(kind.toString(), cache.ask(WWW), "nor while the servers are away");
  }

  @Test
  void afterABogusRefreshNoStaleAnswerIsGivenIfTheServerIsSlow() {
    cache.ask(WWW);
    cache.seconds(280);
    cache.upstreamFails(Kind.BOGUS);
    cache.ask(WWW);
    cache.seconds(20);
    upstream.from(question -> slow);
    CompletableFuture<Answer> waiter = cache.cached.lookup(WWW);
    cache.seconds(2);
    assertEquals("waiting", outcome(waiter));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "BOGUS")
  void aFailureGivesTheExpiredAnswer(Kind kind) {
    expired();
    cache.upstreamFails(kind);
    CompletableFuture<Answer> given = cache.cached.lookup(WWW);
    assertEquals("1", outcome(given));
    assertEquals(30, given.join().ttlSeconds(), "RFC 8767 §4");
  }

  @Test
  void aStaleAnswerIsGivenIfTheServerIsSlow() {
    expired();
    upstream.from(question -> slow);
    CompletableFuture<Answer> waiter = cache.cached.lookup(WWW);
    cache.millis(1799);
    assertEquals("waiting", outcome(waiter));
    cache.millis(1);
    assertEquals("1", outcome(waiter));
    assertEquals("1", cache.ask(WWW), "no caller waits again");
    assertEquals(2, upstream.times());
  }

  @Test
  void aLateAnswerReplacesTheStaleOneAtOnce() {
    expired();
    upstream.from(question -> slow);
    cache.ask(WWW);
    cache.seconds(3);
    slow.complete(addresses(300, 2));
    assertEquals("2", cache.ask(WWW));
    assertEquals(2, upstream.times());
  }

  @Test
  void aStaleNameIsAskedAgainAfterHalfAMinute() {
    expired();
    cache.upstreamFails(Kind.UNREACHABLE);
    for (int second = 0; second < 60; second++) {
      assertEquals("1", cache.ask(WWW));
      cache.seconds(1);
    }
    assertEquals(1 + 2, upstream.times());
    upstream.from(addresses(300, 2));
    assertEquals("2", cache.ask(WWW));
  }

  /** Servers that are silent, and a program that asks every second. */
  @Test
  void duringAnOutageOneLookupInHalfAMinuteWaits() {
    expired();
    upstream.from(question -> new CompletableFuture<>());
    int waited = 0;
    for (int tenth = 0; tenth < 620; tenth++) {
      waited += cache.ask(WWW).equals("waiting") ? 1 : 0;
      cache.millis(100);
    }
    assertEquals(2 * 18, waited, "for 1.8 s at its beginning and 30 s later");
    assertEquals(2, upstream.times(), "and the query that is on its way is joined");
  }

  @Test
  void theFirstLookupHalfAMinuteAfterTheOutageIsFresh() {
    List<Question> names =
        List.of(WWW, WWW6, Question.of("1.2.0.192.in-addr.arpa", RecordType.PTR));
    for (Question name : names) {
      cache.ask(name);
    }
    cache.seconds(300);
    cache.upstreamFails(Kind.UNREACHABLE);
    for (int second = 0; second < 60; second++) {
      for (Question name : names) {
        assertEquals("1", cache.ask(name));
      }
      cache.seconds(1);
    }
    upstream.from(addresses(300, 2));
    cache.seconds(30);
    for (Question name : names) {
      assertEquals("2", cache.ask(name));
    }
  }

  @Test
  void notForLongerThanTheUserAllows() {
    expired();
    cache.upstreamFails(Kind.TIMEOUT);
    cache.timers.advance(Duration.ofHours(1).minusNanos(1));
    assertEquals("1", cache.ask(WWW));
    cache.timers.advance(Duration.ofNanos(1));
    assertEquals("TIMEOUT", cache.ask(WWW), "within its rest, and past its time");
  }

  @Test
  void noSuchNameAlwaysReplacesIt() {
    expired();
    upstream.from(noSuchName(60));
    assertEquals("NO_SUCH_NAME", cache.ask(WWW));
    cache.upstreamFails(Kind.TIMEOUT);
    cache.seconds(30);
    assertEquals("NO_SUCH_NAME", cache.ask(WWW), "what it replaced is not brought back");
    cache.seconds(30);
    assertEquals("TIMEOUT", cache.ask(WWW));
  }

  @Test
  void noSuchNameWithoutSoaReplacesItToo() {
    expired();
    upstream.from(noSuchName(0));
    assertEquals("NO_SUCH_NAME", cache.ask(WWW));
    cache.upstreamFails(Kind.TIMEOUT);
    assertEquals("TIMEOUT", cache.ask(WWW));
  }

  @Test
  void aLateNoSuchNameReplacesTheStaleAnswer() {
    expired();
    upstream.from(question -> slow);
    cache.ask(WWW);
    cache.seconds(2);
    assertEquals("1", cache.ask(WWW));
    slow.complete(noSuchName(60));
    assertEquals("NO_SUCH_NAME", cache.ask(WWW));
  }

  /** A name with one family would otherwise take the whole timeout for the other. */
  @Test
  void noDataServesOn() {
    upstream.from(noData(60));
    cache.ask(WWW6);
    cache.seconds(60);
    cache.upstreamFails(Kind.TIMEOUT);
    assertEquals("NO_DATA", cache.ask(WWW6));
  }

  @Test
  void noSuchNameDoesNotServeOn() {
    upstream.from(noSuchName(60));
    cache.ask(WWW);
    cache.seconds(60);
    cache.upstreamFails(Kind.TIMEOUT);
    assertEquals("TIMEOUT", cache.ask(WWW));
  }

  @Test
  void aNameWithoutCachedAnswerFails() {
    cache.upstreamFails(Kind.UNREACHABLE);
    assertEquals("UNREACHABLE", cache.ask(WWW));
  }

  @Test
  void aCallerThatJoinsARefreshWaitsItsOwnTime() {
    cache.ask(WWW);
    cache.seconds(299);
    upstream.from(question -> slow);
    assertEquals("1", cache.ask(WWW), "refreshed in the background");
    cache.seconds(1);
    CompletableFuture<Answer> waiter = cache.cached.lookup(WWW);
    cache.millis(1799);
    assertEquals("waiting", outcome(waiter));
    cache.millis(1);
    assertEquals("1", outcome(waiter));
    assertEquals(2, upstream.times());
  }

  @Test
  void aHotNameDoesNotWaitAtAllWhenItsRefreshFailed() {
    cache.ask(WWW);
    cache.seconds(290);
    cache.upstreamFails(Kind.UNREACHABLE);
    assertEquals("1", cache.ask(WWW));
    cache.seconds(10);
    assertEquals("1", cache.ask(WWW));
    assertEquals(2, upstream.times());
  }

  @Test
  void anAnswerCancelsTheTimer() {
    expired();
    upstream.from(question -> slow);
    cache.ask(WWW);
    assertEquals(1, cache.timers.waiting());
    slow.complete(addresses(300, 2));
    assertEquals(0, cache.timers.waiting());
  }

  @Test
  void zeroMeansNever() {
    CacheUnderTest strict = new CacheUnderTest(1000, Duration.ZERO, true);
    strict.ask(WWW);
    strict.seconds(300);
    strict.upstreamFails(Kind.TIMEOUT);
    assertEquals("TIMEOUT", strict.ask(WWW));
    strict.upstream.from(question -> slow);
    strict.ask(WWW);
    assertEquals(0, strict.timers.waiting());
  }
}
