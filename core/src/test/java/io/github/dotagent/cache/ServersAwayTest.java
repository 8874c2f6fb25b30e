package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.noSuchName;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Expired answers, while no server is known to be reachable. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServersAwayTest {
  private final CacheUnderTest cache = new CacheUnderTest(1000, Duration.ofHours(1), true);
  private final ScriptedUpstream upstream = cache.upstream;
  private final CompletableFuture<Answer> slow = new CompletableFuture<>();

  /** Kept, and expired this very moment. */
  private void expired() {
    cache.ask(WWW);
    cache.seconds(300);
  }

  @Test
  void noCallerWaitsForServersKnownToBeAway() {
    expired();
    upstream.from(question -> slow);
    upstream.outOfReach = true;
    assertEquals("1", cache.ask(WWW));
    assertEquals(2, upstream.times(), "they are asked all the same");
    cache.seconds(29);
    assertEquals("1", cache.ask(WWW));
    slow.complete(addresses(300, 2));
    assertEquals("2", cache.ask(WWW), "and may be back");
    assertEquals(2, upstream.times());
  }

  @Test
  void anAnswerThatMayNotBeServedIsNotGivenWhileServersAreAway() {
    expired();
    upstream.from(question -> slow);
    upstream.outOfReach = true;
    cache.timers.advance(Duration.ofHours(1));
    assertEquals("waiting", cache.ask(WWW));
    upstream.from(noSuchName(60));
    cache.ask(WWW6);
    cache.seconds(60);
    upstream.from(question -> new CompletableFuture<>());
    assertEquals("waiting", cache.ask(WWW6));
  }

  @Test
  void aStaleAnswerIsLoggedAtDebug() {
    expired();
    cache.upstreamFails(Kind.UNREACHABLE);
    cache.ask(WWW);
    cache.ask(WWW);
    assertEquals(
        List.of(
            "DEBUG www.example.com A: RECORDS from the cache, expired, because no server answers",
            "DEBUG www.example.com A: RECORDS from the cache, expired"),
        cache.log.lines());
  }
}
