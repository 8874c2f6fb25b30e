package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an answer is given again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CachedLookupTest {
  private final CacheUnderTest cache = new CacheUnderTest();
  private final ScriptedUpstream upstream = cache.upstream;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 300, 3600, 86_400})
  void anAnswerLivesForItsTtlToTheNanosecond(long ttl) {
    upstream.from(addresses(ttl, 1));
    assertEquals("1", cache.ask(WWW));
    upstream.from(addresses(ttl, 2));
    cache.timers.advance(Duration.ofSeconds(ttl).minusNanos(1));
    assertEquals("1", cache.ask(WWW));
    cache.timers.advance(Duration.ofNanos(1));
    assertEquals("2", cache.ask(WWW), "fresh at the end of the TTL");
    assertEquals(2, upstream.times());
  }

  @Test
  void describesTheCachedAnswersOfAName() {
    assertEquals(List.of(), cache.cached.kept("www.example.com"));
    upstream.from(addresses(300, 1, 2));
    cache.ask(WWW);
    cache.seconds(100);
    assertEquals(
        List.of("A kept for another 200 s: 2 addresses, from 192.0.2.53"),
        cache.cached.kept("www.example.com"));
    cache.seconds(250);
    assertEquals(
        List.of("A expired 50 s ago: 2 addresses, from 192.0.2.53"),
        cache.cached.kept("www.example.com"));
    assertEquals(1, upstream.times(), "nothing is asked for");
  }

  @Test
  void describesANameWithoutRecords() {
    upstream.from(CacheUnderTest.noSuchName(300));
    cache.ask(WWW);
    assertEquals(
        List.of("A kept for another 300 s: no such name, from 192.0.2.53"),
        cache.cached.kept("www.example.com"));
    upstream.from(CacheUnderTest.noData(200));
    cache.ask(WWW6); // there is such a name
    assertEquals(
        List.of("AAAA kept for another 200 s: no data, from 192.0.2.53"),
        cache.cached.kept("www.example.com"));
  }

  @Test
  void describesANameThatFailed() {
    cache.upstreamFails(LookupFailure.Kind.SERVER_FAILURE);
    cache.ask(WWW);
    List<String> kept = cache.cached.kept("www.example.com");
    assertEquals(1, kept.size());
    String begin = "A failed, and is not asked for again for a moment: ";
    assertTrue(kept.get(0).startsWith(begin), kept.get(0));
    assertTrue(kept.get(0).contains("did not answer"), kept.get(0));
    cache.seconds(1);
    assertEquals(List.of(), cache.cached.kept("www.example.com"));
  }

  @Test
  void isOutOfReachWhenItsUpstreamIs() {
    assertFalse(cache.cached.isOutOfReach("a.example"));
    upstream.outOfReach = true;
    assertTrue(cache.cached.isOutOfReach("a.example"));
  }

  @Test
  void lookupsDoNotProlongTheTtl() {
    for (int second = 0; second < 900; second++) {
      cache.ask(WWW);
      cache.seconds(1);
    }
    assertEquals(3, upstream.times(), "900 s of a TTL of 300 s");
  }

  @Test
  void theLifeBeginsWhenTheAnswerComesNotWhenItIsAskedFor() {
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    upstream.from(question -> slow);
    assertEquals("waiting", cache.ask(WWW));
    cache.seconds(4);
    slow.complete(addresses(2, 1));
    cache.millis(1999);
    assertEquals("1", cache.ask(WWW));
    assertEquals(1, upstream.times());
    cache.millis(1);
    cache.ask(WWW);
    assertEquals(2, upstream.times());
  }

  @Test
  void aTtlOfZeroIsUsedOnce() {
    upstream.from(addresses(0, 1));
    assertEquals("1", cache.ask(WWW));
    assertEquals("1", cache.ask(WWW));
    assertEquals(2, upstream.times());
  }

  @Test
  void aTtlOfZeroServesAllWhoWaitForIt() {
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    upstream.from(question -> slow);
    CompletableFuture<Answer> first = cache.cached.lookup(WWW);
    CompletableFuture<Answer> second = cache.cached.lookup(WWW);
    slow.complete(addresses(0, 1, 2));
    assertEquals("1 2", CacheUnderTest.outcome(first));
    assertEquals("1 2", CacheUnderTest.outcome(second));
    assertEquals(1, upstream.times());
  }

  /** The record is gone, or lives for no time at all: the one before it is not true any more. */
  @Test
  void anAnswerWithATtlOfZeroEndsTheStaleOne() {
    CacheUnderTest stale = new CacheUnderTest(1000, Duration.ofDays(1), false);
    stale.ask(WWW);
    stale.seconds(300);
    stale.upstream.from(addresses(0, 2));
    assertEquals("2", stale.ask(WWW));
    stale.upstreamFails(LookupFailure.Kind.TIMEOUT);
    assertEquals("TIMEOUT", stale.ask(WWW));
  }

  @Test
  void anAnswerIsClampedByTheUsersBounds() {
    CacheUnderTest clamped =
        new CacheUnderTest(
            new CachePolicy(
                10,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ZERO,
                Duration.ZERO,
                false));
    clamped.upstream.from(addresses(0, 1));
    clamped.ask(WWW);
    clamped.upstream.from(addresses(3600, 2));
    clamped.millis(9_999);
    assertEquals("1", clamped.ask(WWW));
    clamped.millis(1);
    assertEquals("2", clamped.ask(WWW));
    clamped.upstream.from(addresses(3600, 3));
    clamped.millis(19_999);
    assertEquals("2", clamped.ask(WWW));
    clamped.millis(1);
    assertEquals("3", clamped.ask(WWW));
  }

  @Test
  void namesCompareWithoutCaseAndTheDotAtTheirEnd() {
    cache.ask(WWW);
    cache.ask(Question.of("WWW.Example.COM", RecordType.A));
    cache.ask(Question.of("www.example.com.", RecordType.A));
    assertEquals(1, upstream.times());
  }

  @Test
  void typesAndNamesAreKeptApart() {
    Question other = Question.of("ww.example.com", RecordType.A);
    Question pointer = Question.of("www.example.com", RecordType.PTR);
    for (int round = 0; round < 2; round++) {
      for (Question question : List.of(WWW, WWW6, pointer, other)) {
        cache.ask(question);
      }
    }
    assertEquals(List.of(WWW, WWW6, pointer, other), upstream.asked());
  }

  @Test
  void everyKindOfRecordComesBackAsItCame() {
    byte[] ipv6 = new byte[16];
    ipv6[0] = 0x20;
    ipv6[15] = 7;
    upstream.from(Answer.addresses(List.of(ipv6), 300, CacheUnderTest.SERVER));
    cache.ask(WWW6);
    Answer again = cache.cached.lookup(WWW6).join();
    assertEquals(1, again.addresses().size());
    assertArrayEquals(ipv6, again.addresses().get(0));
    assertEquals(CacheUnderTest.SERVER, again.server());
    Question pointer = Question.of("1.2.0.192.in-addr.arpa", RecordType.PTR);
    upstream.from(Answer.names(List.of("www.example.com"), 300, CacheUnderTest.SERVER));
    cache.ask(pointer);
    assertEquals(List.of("www.example.com"), cache.cached.lookup(pointer).join().names());
    assertEquals(2, upstream.times());
  }

  @Test
  void aCachedAnswerHasTheRemainingTtl() {
    cache.ask(WWW);
    cache.seconds(100);
    assertEquals(200, cache.cached.lookup(WWW).join().ttlSeconds());
  }

  @Test
  void aCallerCannotChangeTheCachedAnswer() {
    cache.ask(WWW);
    cache.cached.lookup(WWW).obtrudeValue(null);
    cache.cached.lookup(WWW).obtrudeException(new IllegalStateException("not me"));
    cache.cached.lookup(WWW).join().addresses().get(0)[3] = 99;
    assertEquals("1", cache.ask(WWW));
  }

  @Test
  void aHitIsLoggedAtDebug() {
    cache.ask(WWW);
    assertEquals(List.of(), cache.log.lines());
    cache.ask(WWW);
    assertEquals(List.of("DEBUG www.example.com A: RECORDS from the cache"), cache.log.lines());
  }

  @Test
  void anUpstreamThatThrowsFailsTheLookup() {
    IllegalStateException broken = new IllegalStateException("against its contract");
    upstream.from(
        question -> {
          throw broken;
        });
    CompletableFuture<Answer> failed = cache.cached.lookup(WWW);
    assertEquals(broken, assertThrows(CompletionException.class, failed::join).getCause());
  }
}
