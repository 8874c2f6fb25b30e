package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.noData;
import static io.github.dotagent.cache.CacheUnderTest.noSuchName;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lookup in the last tenth of an answer's life refreshes it, and does not wait. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrefetchTest {
  private final CacheUnderTest cache = new CacheUnderTest(1000, Duration.ofDays(1), true);
  private final ScriptedUpstream upstream = cache.upstream;
  private final CompletableFuture<Answer> pending = new CompletableFuture<>();

  @Test
  void notBeforeTheLastTenth() {
    cache.ask(WWW);
    cache.timers.advance(Duration.ofSeconds(270).minusNanos(1));
    cache.ask(WWW);
    assertEquals(1, upstream.times());
    cache.timers.advance(Duration.ofNanos(1));
    cache.ask(WWW);
    assertEquals(2, upstream.times());
  }

  @Test
  void aPrefetchDelaysNoCallerAndItsAnswerIsFresh() {
    cache.ask(WWW);
    cache.seconds(270);
    upstream.from(question -> pending);
    assertEquals("1", cache.ask(WWW));
    pending.complete(addresses(300, 2));
    assertEquals("2", cache.ask(WWW));
    cache.seconds(269);
    assertEquals("2", cache.ask(WWW), "its life has begun anew");
    assertEquals(2, upstream.times());
  }

  @Test
  void aNameThatIsNotAskedForIsNotRefreshed() {
    cache.ask(WWW);
    cache.seconds(300);
    assertEquals(1, upstream.times());
  }

  @Test
  void oneAtATimeForAName() {
    cache.ask(WWW);
    cache.seconds(270);
    upstream.from(question -> pending);
    for (int i = 0; i < 100; i++) {
      assertEquals("1", cache.ask(WWW));
    }
    assertEquals(2, upstream.times());
  }

  @Test
  void aCallerAfterExpiryJoinsThePrefetchQuery() {
    cache.ask(WWW);
    cache.seconds(299);
    upstream.from(question -> pending);
    cache.ask(WWW);
    cache.seconds(1);
    CompletableFuture<Answer> waiter = cache.cached.lookup(WWW);
    assertEquals("waiting", CacheUnderTest.outcome(waiter));
    pending.complete(addresses(300, 2));
    assertEquals("2", CacheUnderTest.outcome(waiter));
    assertEquals(2, upstream.times());
  }

  @Test
  void aFailedPrefetchIsRepeatedAfterHalfAMinute() {
    upstream.from(addresses(3600, 1));
    cache.ask(WWW);
    cache.seconds(3240);
    cache.upstreamFails(Kind.SERVER_FAILURE);
    for (int second = 0; second < 61; second++) {
      assertEquals("1", cache.ask(WWW));
      cache.seconds(1);
    }
    assertEquals(1 + 3, upstream.times());
  }

  @Test
  void withoutStaleAnswersAFailedPrefetchIsRepeatedAtExpiry() {
    CacheUnderTest strict = new CacheUnderTest(1000, Duration.ZERO, true);
    strict.ask(WWW);
    strict.seconds(299);
    strict.upstreamFails(Kind.TIMEOUT);
    assertEquals("1", strict.ask(WWW));
    strict.seconds(1);
    assertEquals("TIMEOUT", strict.ask(WWW));
    strict.upstream.from(addresses(300, 2));
    assertEquals("2", strict.ask(WWW));
  }

  @Test
  void noDataIsRefreshedForALookupWaitsForBothFamilies() {
    upstream.from(noData(100));
    cache.ask(WWW);
    cache.seconds(90);
    cache.ask(WWW);
    assertEquals(2, upstream.times());
  }

  @Test
  void noSuchNameIsNot() {
    upstream.from(noSuchName(100));
    cache.ask(WWW);
    cache.seconds(99);
    cache.ask(WWW);
    assertEquals(1, upstream.times());
  }

  @Test
  void refreshesAreBounded() {
    int names = 10 * QueryCoalescer.MOST_REFRESHED;
    for (int i = 0; i < names; i++) {
      cache.ask(name(i));
    }
    cache.seconds(299);
    upstream.from(question -> pending);
    for (int i = 0; i < names; i++) {
      assertEquals("1", cache.ask(name(i)));
    }
    assertEquals(names + QueryCoalescer.MOST_REFRESHED, upstream.times());
    pending.complete(addresses(300, 2));
    upstream.from(question -> new CompletableFuture<>());
    for (int i = 0; i < names; i++) {
      cache.ask(name(i));
    }
    assertEquals(
        names + 2 * QueryCoalescer.MOST_REFRESHED, upstream.times(), "the share is free again");
  }

  /** A share that is taken and not given back would end prefetching for good. */
  @Test
  void everyEndOfARefreshFreesItsPlace() {
    for (int i = 0; i < 3 * QueryCoalescer.MOST_REFRESHED; i++) {
      upstream.from(addresses(300, 1));
      cache.ask(name(i));
      cache.seconds(299);
      int way = i % 3;
      upstream.from(
          question -> {
            if (way == 0) {
              throw new IllegalStateException("against its contract");
            }
            return way == 1
                ? CompletableFuture.failedFuture(ScriptedUpstream.failure())
                : CompletableFuture.completedFuture(noSuchName(0));
          });
      assertEquals("1", cache.ask(name(i)));
      assertEquals(2 * (i + 1), upstream.times());
    }
  }

  @Test
  void offMeansOff() {
    CacheUnderTest off = new CacheUnderTest(1000, Duration.ZERO, false);
    off.ask(WWW);
    off.timers.advance(Duration.ofMinutes(5).minusNanos(1));
    off.ask(WWW);
    assertEquals(1, off.upstream.times());
  }

  private static Question name(int number) {
    return Question.of("n" + number + ".example.com", RecordType.A);
  }
}
