package io.github.dotagent.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A day of one service's lookups through the cache, in simulated time, beside what Unbound would do
 * with the same ones ({@code prefetch: yes}): no fewer hits, and hardly more queries.
 */
class DayOfTrafficTest {
  private static final long SEED = 24; // any will do; the same trace on every day
  private static final int NAMES = 300;
  private static final int LOOKUPS = 20_000;
  private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

  /** As the names of the world have them: load balancers, services, hosts, registries. */
  private static final long[] TTLS = {20, 60, 60, 300, 300, 300, 3_600, 14_400, 86_400};

  private final CacheUnderTest cache = new CacheUnderTest(100_000, Duration.ofDays(1), true);
  private final LikeUnbound unbound = new LikeUnbound();

  @Test
  void asManyHitsAsUnboundAndHardlyMoreQueries() {
    Random random = new Random(SEED);
    cache.upstream.from(
        question ->
            CompletableFuture.completedFuture(
                CacheUnderTest.addresses(TTLS[number(question) % TTLS.length], 1)));
    long now = 0;
    for (int i = 0; i < LOOKUPS; i++) {
      // gaps as in a stream of independent callers
      long gap = (long) (-Math.log(1 - random.nextDouble()) * DAY_NANOS / LOOKUPS);
      now += gap;
      cache.timers.advance(Duration.ofNanos(gap));
      // few names have most of the lookups: the n-th one n times fewer than the first, about
      int name = (int) Math.pow(NAMES, random.nextDouble()) - 1;
      cache.ask(Question.of("n" + name + ".example.com", RecordType.A));
      unbound.ask(name, TTLS[name % TTLS.length], now);
    }
    CacheStatus ours = cache.cached.status();
    String figures =
        "%d hits and %d queries of %d lookups, Unbound %d and %d"
            .formatted(ours.hits(), cache.upstream.times(), LOOKUPS, unbound.hits, unbound.queries);
    assertTrue(unbound.hits > LOOKUPS / 3 && unbound.prefetches > 500, "a trace that tells");
    assertTrue(ours.hits() >= unbound.hits, figures);
    assertTrue(cache.upstream.times() <= unbound.queries * 1.1, figures);
  }

  private static int number(Question question) {
    String name = question.name();
    return Integer.parseInt(name.substring(1, name.indexOf('.')));
  }

  /**
   * Unbound 1.17: an answer that is used in the last tenth of its TTL is asked for anew meanwhile.
   * But in exact time: Unbound counts whole seconds, by which an answer lives up to one longer than
   * its TTL. Here that second is the JVM's own cache's.
   */
  private static final class LikeUnbound {
    private final Map<Integer, Long> ends = new HashMap<>(); // nanoseconds
    private int hits;
    private int queries;
    private int prefetches;

    void ask(int name, long ttl, long now) {
      long life = Duration.ofSeconds(ttl).toNanos();
      long end = ends.getOrDefault(name, 0L);
      boolean hit = now < end;
      hits += hit ? 1 : 0;
      boolean prefetch = hit && now >= end - life / 10;
      prefetches += prefetch ? 1 : 0;
      if (!hit || prefetch) {
        queries++;
        ends.put(name, now + life);
      }
    }
  }
}
