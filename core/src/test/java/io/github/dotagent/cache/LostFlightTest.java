package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.outcome;
import static io.github.dotagent.cache.ScriptedUpstream.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.testing.RecordedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lookup begins at the end of the program's own stack, and in its heap. Whatever Error strikes
 * there, the name resolves afterwards.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostFlightTest {
  private static final Duration LIFE = Duration.ofDays(1);

  private final BrittleTimers timers = new BrittleTimers();
  private final ScriptedUpstream upstream =
      ScriptedUpstream.answering(addresses(LIFE.getSeconds(), 1));
  private final CachedLookup cached =
      new CachedLookup(
          upstream,
          new CachePolicy(1000, Duration.ZERO, LIFE, LIFE, Duration.ofDays(1), true),
          CacheUnderTest.TIMEOUT,
          timers,
          new RecordedLog());

  /** One of each place that looks at the clock, from the first to the last of a lookup. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void anErrorAtAnyStepLeavesNoQueryBehind(int call) {
    cached.lookup(WWW);
    timers.clock.advance(LIFE); // a stale answer sets a timer, too
    upstream.from(addresses(0, 2));
    timers.failAtCall(call);
    assertNotEquals("waiting", struck(WWW), "the caller gets the failure");
    timers.failAtCall(0);
    assertEquals("2", outcome(cached.lookup(WWW)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anErrorTakesNoPlaceForRefreshes(int call) {
    int names = 2 * QueryCoalescer.MOST_REFRESHED;
    for (int i = 0; i < names; i++) {
      cached.lookup(name(i));
    }
    timers.clock.advance(LIFE.minusMinutes(1));
    for (int i = 0; i < names; i++) {
      timers.failAtCall(call);
      struck(name(i));
    }
    timers.failAtCall(0);
    cached.flush();
    cached.lookup(WWW);
    timers.clock.advance(LIFE.minusMinutes(1));
    int before = upstream.times();
    cached.lookup(WWW);
    assertEquals(before + 1, upstream.times());
  }

  /** A bogus answer ends what is stale, and that, too, looks at the clock. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anErrorWhileAFailureIsRecorded(int call) {
    cached.lookup(WWW);
    timers.clock.advance(LIFE);
    upstream.from(question -> CompletableFuture.failedFuture(failure(LookupFailure.Kind.BOGUS)));
    timers.failAtCall(call);
    assertNotEquals("waiting", struck(WWW), "the caller gets the failure");
    timers.failAtCall(0);
    timers.clock.advance(Duration.ofMinutes(1)); // no failure is remembered any more
    upstream.from(addresses(300, 3));
    cached.lookup(WWW);
    assertEquals("3", outcome(cached.lookup(WWW)));
  }

  /** Several callers wait, and the Error strikes before the first of them is served, or a later. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void anErrorWhileCallersAreServedLeavesNoneWaiting(int call) {
    cached.lookup(WWW);
    timers.clock.advance(LIFE);
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    upstream.from(question -> slow);
    List<CompletableFuture<Answer>> callers =
        List.of(cached.lookup(WWW), cached.lookup(WWW), cached.lookup(WWW));
    timers.failAtCall(call);
    try {
      timers.clock.advance(Duration.ofSeconds(2)); // the stale answer is due
    } catch (StackOverflowError told) {
      assertEquals("as deep as the program's stack goes", told.getMessage());
    }
    slow.complete(addresses(300, 2));
    timers.failAtCall(0);
    for (CompletableFuture<Answer> caller : callers) {
      assertNotEquals("waiting", outcome(caller));
    }
  }

  @Test
  void anUpstreamThatReturnsNullLeavesNoCallerWaiting() {
    upstream.from(question -> (CompletableFuture<Answer>) null);
    assertTrue(struck(WWW).contains("NullPointerException"));
    upstream.from(addresses(300, 1));
    assertEquals("1", outcome(cached.lookup(WWW)));
  }

  /** No caller waits for so long. */
  @Test
  void aQueryThatNeverEndsIsGivenUpAfterTwoTimeouts() {
    upstream.from(question -> new CompletableFuture<>());
    CompletableFuture<Answer> lost = cached.lookup(WWW);
    timers.clock.advance(Duration.ofNanos(2 * CacheUnderTest.TIMEOUT - 1));
    cached.lookup(WWW);
    assertEquals(1, upstream.times());
    timers.clock.advance(Duration.ofNanos(1));
    upstream.from(addresses(300, 1));
    assertEquals("1", outcome(cached.lookup(WWW)));
    assertTrue(outcome(lost).contains("never ended"), outcome(lost));
  }

  @Test
  void aLostRefreshFreesItsPlace() {
    int names = QueryCoalescer.MOST_REFRESHED;
    for (int i = 0; i < names; i++) {
      cached.lookup(name(i));
    }
    timers.clock.advance(LIFE.minusHours(1));
    upstream.from(question -> new CompletableFuture<>());
    for (int i = 0; i < names; i++) {
      cached.lookup(name(i));
    }
    timers.clock.advance(Duration.ofNanos(2 * CacheUnderTest.TIMEOUT));
    for (int i = 0; i < names; i++) {
      assertEquals("1", outcome(cached.lookup(name(i))));
    }
    assertEquals(3 * names, upstream.times());
  }

  private String struck(Question question) {
    try {
      return outcome(cached.lookup(question));
    } catch (StackOverflowError | NullPointerException told) {
      return told.toString();
    }
  }

  private static Question name(int number) {
    return Question.of("n" + number + ".example.com", RecordType.A);
  }
}
