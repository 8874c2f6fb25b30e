package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9520. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RememberedFailuresTest {
  private final CacheUnderTest cache = new CacheUnderTest();
  private final ScriptedUpstream upstream = cache.upstream;

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SERVER_FAILURE", "MALFORMED", "BOGUS"})
  void aServerFailureIsRememberedForASecond(Kind kind) {
    cache.upstreamFails(kind);
    assertEquals(kind.toString(), cache.ask(WWW));
    cache.millis(999);
    assertEquals(kind.toString(), cache.ask(WWW));
    assertEquals(1, upstream.times());
    cache.millis(1);
    cache.ask(WWW);
    assertEquals(2, upstream.times());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = Mode.EXCLUDE,
      names = {"SERVER_FAILURE", "MALFORMED", "BOGUS"})
  void failuresOfTheNetworkAreNotRemembered(Kind kind) {
    cache.upstreamFails(kind);
    assertEquals(kind.toString(), cache.ask(WWW));
    upstream.from(addresses(300, 1));
    assertEquals("1", cache.ask(WWW));
  }

  @Test
  void internalErrorsAreNotRemembered() {
    upstream.from(question -> CompletableFuture.failedFuture(new IllegalStateException("bug")));
    cache.ask(WWW);
    upstream.from(addresses(300, 1));
    assertEquals("1", cache.ask(WWW));
  }

  @Test
  void eachFailureDoublesThePauseUpToFiveMinutes() {
    cache.upstreamFails(Kind.SERVER_FAILURE);
    int asked = 0;
    for (long pause : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      cache.ask(WWW);
      assertEquals(++asked, upstream.times());
      cache.timers.advance(Duration.ofSeconds(pause).minusNanos(1));
      cache.ask(WWW);
      assertEquals(asked, upstream.times(), "still within " + pause + " s");
      cache.timers.advance(Duration.ofNanos(1));
    }
  }

  @Test
  void anAnswerEndsTheSeries() {
    cache.upstreamFails(Kind.SERVER_FAILURE);
    cache.ask(WWW);
    cache.seconds(1);
    cache.ask(WWW); // two seconds by now
    cache.seconds(2);
    upstream.from(addresses(0, 1));
    assertEquals("1", cache.ask(WWW));
    cache.upstreamFails(Kind.SERVER_FAILURE);
    cache.ask(WWW);
    cache.seconds(1);
    cache.ask(WWW);
    assertEquals(5, upstream.times());
  }

  @Test
  void fiveMinutesWithoutOneEndTheSeriesToo() {
    cache.upstreamFails(Kind.SERVER_FAILURE);
    cache.ask(WWW);
    cache.seconds(1);
    cache.ask(WWW);
    cache.seconds(2 + 300);
    cache.ask(WWW);
    cache.seconds(1);
    cache.ask(WWW);
    assertEquals(4, upstream.times());
  }

  @Test
  void itIsRememberedForThatQuestionAlone() {
    cache.upstreamFails(Kind.SERVER_FAILURE);
    cache.ask(WWW);
    upstream.from(addresses(300, 1));
    assertEquals("1", cache.ask(WWW6));
    assertEquals("1", cache.ask(Question.of("ww.example.com", RecordType.A)));
    assertEquals("SERVER_FAILURE", cache.ask(WWW));
  }

  @Test
  void noMoreThanAThousandAreRemembered() {
    cache.upstreamFails(Kind.SERVER_FAILURE);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5000; i++) {
        cache.ask(Question.of("n" + i + ".example.com", RecordType.A));
      }
    }
    assertTrue(upstream.times() >= 9000, upstream.times() + " queries");
  }

  /** Thread.stop within Caffeine leaves its lock held: each later write would wait for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"getIfPresent", "put", "invalidate", "invalidateAll"})
  void aThreadThatIsStoppedWithinTheCacheDoesNotKeepIt(String within) {
    RememberedFailures failures = new RememberedFailures(stoppedWithin(within));
    LookupFailure failure = ScriptedUpstream.failure(Kind.SERVER_FAILURE);
    assertThrows(
        ThreadDeath.class,
        () -> {
          failures.find(WWW, 0);
          failures.remember(WWW, failure, 0);
          failures.forget(WWW);
          failures.forgetAll();
        });
    failures.remember(WWW, failure, 0);
    assertSame(failure, failures.find(WWW, 0));
    failures.forget(WWW);
    assertNull(failures.find(WWW, 0));
    failures.forgetAll();
  }

  /** A cache with an entry, of a thread that is stopped in that method. */
  @SuppressWarnings("unchecked") // Cache
  private static Cache<Question, RememberedFailures.Remembered> stoppedWithin(String name) {
    return (Cache<Question, RememberedFailures.Remembered>)
        Proxy.newProxyInstance(
            RememberedFailuresTest.class.getClassLoader(),
            new Class<?>[] {Cache.class},
            (self, method, arguments) -> {
              if (method.getName().equals(name)) {
                throw new ThreadDeath();
              }
              return method.getName().equals("asMap")
                  ? new ConcurrentHashMap<>(Map.of(WWW, "a failure"))
                  : null;
            });
  }
}
