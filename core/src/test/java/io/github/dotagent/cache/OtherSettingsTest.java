package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.noSuchName;
import static io.github.dotagent.cache.CacheUnderTest.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A cache that goes on, with other servers and other bounds. */
class OtherSettingsTest {
  private static final Question MAIL = Question.of("mail.example.com", RecordType.A);
  private static final Duration DAY = Duration.ofDays(1);

  private final CacheUnderTest cache = new CacheUnderTest(policy(1000, DAY));
  private final ScriptedUpstream others = ScriptedUpstream.answering(addresses(300, 9));

  private static CachePolicy policy(long maxEntries, Duration maxTtl) {
    return new CachePolicy(
        maxEntries, Duration.ZERO, maxTtl, Duration.ofMinutes(15), Duration.ZERO, false);
  }

  private CachedLookup next() {
    return cache.cached.next(others, CacheUnderTest.TIMEOUT);
  }

  @Test
  void cachedAnswersSurviveAChange() {
    cache.ask(WWW);
    CachedLookup next = next();
    cache.cached.retire(policy(1000, DAY), name -> false, false);
    assertEquals("1", outcome(next.lookup(WWW)));
    assertEquals(0, others.times());
  }

  @Test
  void aNameThatIsAskedForElsewhereIsForgotten() {
    cache.ask(WWW);
    cache.ask(MAIL);
    CachedLookup next = next();
    cache.cached.retire(policy(1000, DAY), name -> name.equals("www.example.com"), true);
    assertEquals("9", outcome(next.lookup(WWW)));
    assertEquals("1", outcome(next.lookup(MAIL)));
  }

  /** Its alias may lead to a name that is asked for elsewhere, which is not kept. */
  @Test
  void answersBehindAliasesAreForgottenWhenNamesMove() {
    cache.upstream.from(
        question ->
            CompletableFuture.completedFuture(
                question.equals(WWW6) ? addresses(300, 1).aliased() : addresses(300, 1)));
    cache.ask(WWW);
    cache.ask(WWW6);
    cache.ask(MAIL);
    CachedLookup next = next();
    cache.cached.retire(policy(1000, DAY), name -> false, false);
    assertEquals("1", outcome(next.lookup(WWW6)), "no name moves");
    cache.cached.retire(policy(1000, DAY), name -> false, true);
    assertEquals("9", outcome(next.lookup(WWW6)));
    assertEquals("9", outcome(next.lookup(WWW)), "of one type, of all");
    assertEquals("1", outcome(next.lookup(MAIL)));
  }

  /** A server that denies a name which has other records: that answer is made into another. */
  @Test
  void aDenialAtTheEndOfAnAliasIsForgottenToo() {
    cache.upstream.from(
        question ->
            CompletableFuture.completedFuture(
                question.equals(WWW6) ? noSuchName(300).aliased() : addresses(300, 1)));
    cache.ask(WWW);
    cache.ask(WWW6);
    CachedLookup next = next();
    cache.cached.retire(policy(1000, DAY), name -> false, true);
    assertEquals("9", outcome(next.lookup(WWW6)));
  }

  @Test
  void aLookupUnderWayEndsAsItBeganAndIsNotKept() {
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    cache.upstream.from(question -> slow);
    CompletableFuture<Answer> begun = cache.cached.lookup(WWW);
    CachedLookup next = next();
    cache.cached.retire(policy(1000, DAY), name -> true, true);
    assertEquals("9", outcome(next.lookup(WWW)), "no other waits for it");
    slow.complete(addresses(300, 1));
    assertEquals("1", outcome(begun));
    assertEquals("9", outcome(next.lookup(WWW)), "and none is given its answer");
    assertEquals("9", outcome(next.lookup(WWW6)));
  }

  @Test
  void aLookupUnderWayThatFailsIsRememberedByNone() {
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    cache.upstream.from(question -> slow);
    CompletableFuture<Answer> begun = cache.cached.lookup(WWW);
    CachedLookup next = next();
    cache.cached.retire(policy(1000, DAY), name -> false, false);
    slow.completeExceptionally(ScriptedUpstream.failure(Kind.SERVER_FAILURE));
    assertEquals("SERVER_FAILURE", outcome(begun));
    assertEquals("9", outcome(next.lookup(WWW)));
  }

  @Test
  void failuresOfTheServersOfBeforeAreForgotten() {
    cache.upstreamFails(Kind.SERVER_FAILURE);
    assertEquals("SERVER_FAILURE", cache.ask(WWW));
    CachedLookup next = next();
    cache.cached.retire(policy(1000, DAY), name -> false, false);
    assertEquals("9", outcome(next.lookup(WWW)));
  }

  @Test
  void newAnswersAreKeptByTheNewBounds() {
    cache.ask(WWW);
    CachedLookup next = next();
    cache.cached.retire(policy(1000, Duration.ofSeconds(10)), name -> false, false);
    next.lookup(MAIL);
    cache.seconds(20);
    assertEquals("1", outcome(next.lookup(WWW)), "what is kept has the end that it had");
    next.lookup(MAIL);
    assertEquals(2, others.times());
  }

  @Test
  void fewerNamesAreKeptAtOnce() {
    for (int i = 0; i < 100; i++) {
      cache.ask(Question.of("n" + i + ".example.com", RecordType.A));
    }
    CachedLookup next = next();
    cache.cached.retire(policy(10, DAY), name -> false, false);
    assertEquals(10, next.status().maxEntries());
    assertTrue(next.status().size() <= 10, next.status().size() + " names");
    cache.cached.retire(policy(1000, DAY), name -> false, false);
    for (int i = 0; i < 100; i++) {
      next.lookup(Question.of("m" + i + ".example.com", RecordType.A));
    }
    assertTrue(next.status().size() >= 100, next.status().size() + " names");
  }

  @Test
  void countsContinueWithOtherSettings() {
    cache.ask(WWW);
    CachedLookup next = next();
    next.lookup(WWW);
    assertEquals(1, next.status().hits());
    assertEquals(1, next.status().misses());
  }
}
