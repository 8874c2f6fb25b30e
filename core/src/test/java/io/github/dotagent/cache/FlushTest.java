package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of these holds for a flush of everything and of the one name. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlushTest {
  private static final Question OTHER = Question.of("ww.example.com", RecordType.A);

  private final CacheUnderTest cache = new CacheUnderTest(1000, Duration.ofDays(1), true);
  private final ScriptedUpstream upstream = cache.upstream;
  private final CompletableFuture<Answer> slow = new CompletableFuture<>();

  static List<Consumer<CachedLookup>> flushes() {
    return List.of(
        CachedLookup::flush,
        cached -> cached.flush("www.example.com"),
        cached -> cached.flush("WWW.Example.com."));
  }

  @ParameterizedTest
  @MethodSource("flushes")
  void everyTypeIsAskedForAnew(Consumer<CachedLookup> flush) {
    cache.ask(WWW);
    cache.ask(WWW6);
    flush.accept(cache.cached);
    cache.ask(WWW);
    cache.ask(WWW6);
    assertEquals(4, upstream.times());
  }

  @ParameterizedTest
  @MethodSource("flushes")
  void flushRemovesExpiredAnswersToo(Consumer<CachedLookup> flush) {
    cache.ask(WWW);
    cache.seconds(300);
    flush.accept(cache.cached);
    cache.upstreamFails(Kind.TIMEOUT);
    assertEquals("TIMEOUT", cache.ask(WWW));
  }

  @ParameterizedTest
  @MethodSource("flushes")
  void noSuchNameIsForgotten(Consumer<CachedLookup> flush) {
    upstream.from(noSuchName(60));
    cache.ask(WWW);
    upstream.from(addresses(300, 1));
    flush.accept(cache.cached);
    assertEquals("1", cache.ask(WWW6));
  }

  @ParameterizedTest
  @MethodSource("flushes")
  void failuresAreForgotten(Consumer<CachedLookup> flush) {
    cache.upstreamFails(Kind.SERVER_FAILURE);
    cache.ask(WWW);
    flush.accept(cache.cached);
    upstream.from(addresses(300, 1));
    assertEquals("1", cache.ask(WWW));
  }

  /** The query was in flight before the flush, so its answer must not be kept. */
  @ParameterizedTest
  @MethodSource("flushes")
  void anAnswerInFlightIsDeliveredButNotCached(Consumer<CachedLookup> flush) {
    upstream.from(question -> slow);
    CompletableFuture<Answer> waiter = cache.cached.lookup(WWW);
    flush.accept(cache.cached);
    upstream.from(addresses(300, 2));
    slow.complete(addresses(300, 1));
    assertEquals("1", outcome(waiter));
    assertEquals("2", cache.ask(WWW));
  }

  @ParameterizedTest
  @MethodSource("flushes")
  void aLookupAfterTheFlushMakesANewQuery(Consumer<CachedLookup> flush) {
    upstream.from(question -> slow);
    cache.ask(WWW);
    flush.accept(cache.cached);
    upstream.from(addresses(300, 2));
    assertEquals("2", cache.ask(WWW));
  }

  @ParameterizedTest
  @MethodSource("flushes")
  void aFailureThatWasOnItsWayIsNotRemembered(Consumer<CachedLookup> flush) {
    upstream.from(question -> slow);
    cache.ask(WWW);
    flush.accept(cache.cached);
    slow.completeExceptionally(ScriptedUpstream.failure(Kind.SERVER_FAILURE));
    upstream.from(addresses(300, 2));
    assertEquals("2", cache.ask(WWW));
  }

  @Test
  void onlyTheFlushOfEverythingTouchesOtherNames() {
    cache.ask(OTHER);
    upstream.from(addresses(300, 2));
    cache.cached.flush("www.example.com");
    assertEquals("1", cache.ask(OTHER));
    cache.cached.flush();
    assertEquals("2", cache.ask(OTHER));
  }

  @Test
  void anUncachedNameMayBeFlushed() {
    cache.cached.flush("nobody.example.com");
    cache.cached.flush("not a name at all");
    assertEquals("1", cache.ask(WWW));
  }
}
