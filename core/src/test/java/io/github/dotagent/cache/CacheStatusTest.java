package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.noData;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The counts, and the source of each answer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CacheStatusTest {
  private final CacheUnderTest cache = new CacheUnderTest(1000, Duration.ofHours(1), true);
  private final ScriptedUpstream upstream = cache.upstream;

  private Source source(Question question) {
    return cache.cached.lookup(question).join().source();
  }

  private void assertCounts(String hitsMissesStaleCoalescedPrefetches) {
    CacheStatus status = cache.cached.status();
    assertEquals(
        hitsMissesStaleCoalescedPrefetches,
        status.hits()
            + " "
            + status.misses()
            + " "
            + status.staleAnswers()
            + " "
            + status.coalesced()
            + " "
            + status.prefetches());
  }

  @Test
  void atTheStart() {
    assertCounts("0 0 0 0 0");
    assertEquals(0, cache.cached.status().size());
    assertEquals(1000, cache.cached.status().maxEntries());
  }

  @Test
  void aMissThenAHit() {
    assertEquals(Source.UPSTREAM, source(WWW));
    assertCounts("0 1 0 0 0");
    assertEquals(Source.CACHE, source(WWW));
    assertCounts("1 1 0 0 0");
    assertEquals(1, cache.cached.status().size());
  }

  @Test
  void negativeAnswersToo() {
    upstream.from(noData(300));
    assertEquals(Source.UPSTREAM, source(WWW6));
    assertEquals(Source.CACHE, source(WWW6));
    assertCounts("1 1 0 0 0");
  }

  @Test
  void anAnswerWithTtlZeroIsNeverAHit() {
    upstream.from(addresses(0, 1));
    assertEquals(Source.UPSTREAM, source(WWW));
    assertEquals(Source.UPSTREAM, source(WWW));
    assertCounts("0 2 0 0 0");
  }

  @Test
  void aCallerThatJoinsAQueryInFlight() {
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    upstream.from(question -> slow);
    CompletableFuture<Answer> first = cache.cached.lookup(WWW);
    CompletableFuture<Answer> second = cache.cached.lookup(WWW);
    slow.complete(addresses(300, 1));
    assertEquals(Source.UPSTREAM, first.join().source());
    assertEquals(Source.UPSTREAM, second.join().source());
    assertCounts("0 2 0 1 0");
  }

  @Test
  void aNameInUseIsAskedForBeforeItsEnd() {
    source(WWW);
    cache.seconds(280);
    assertEquals(Source.CACHE, source(WWW));
    assertCounts("1 1 0 0 1");
  }

  @Test
  void staleAfterTheServersFailedThenAtOnce() {
    source(WWW);
    cache.seconds(300);
    cache.upstreamFails(Kind.UNREACHABLE);
    assertEquals(Source.STALE, source(WWW));
    assertCounts("0 2 1 0 0");
    assertEquals(Source.STALE, source(WWW));
    assertCounts("1 2 2 0 0");
  }

  @Test
  void staleBecauseTheServersAreSlow() {
    source(WWW);
    cache.seconds(300);
    upstream.from(question -> new CompletableFuture<>());
    CompletableFuture<Answer> one = cache.cached.lookup(WWW);
    CompletableFuture<Answer> other = cache.cached.lookup(WWW);
    cache.millis(1800);
    assertEquals(Source.STALE, one.join().source());
    assertEquals(Source.STALE, other.join().source());
    assertCounts("0 3 2 1 0");
  }

  @Test
  void staleBecauseTheServersAreAway() {
    source(WWW);
    cache.seconds(300);
    upstream.outOfReach = true;
    upstream.from(question -> new CompletableFuture<>());
    assertEquals(Source.STALE, source(WWW));
    assertCounts("1 1 1 0 1");
  }

  @Test
  void aFailureThatIsRememberedIsAHit() {
    cache.upstreamFails(Kind.SERVER_FAILURE);
    cache.ask(WWW);
    cache.ask(WWW);
    assertCounts("1 1 0 0 0");
  }

  @Test
  void flushedNamesAreGone() {
    source(WWW);
    cache.cached.flush();
    assertEquals(0, cache.cached.status().size());
    assertCounts("0 1 0 0 0");
  }
}
