package io.github.dotagent.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More names than are kept: a crawler, or a program whose names come from outside. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FloodTest {
  private static final int FLOOD = 20_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void noMoreAreKeptThanTheUserAllows(int maxEntries) {
    CacheUnderTest cache = new CacheUnderTest(maxEntries, Duration.ZERO, false);
    for (int i = 0; i < FLOOD; i++) {
      cache.ask(name("n", i));
    }
    // a failure changes nothing in the cache, so what still gets an answer is what is kept
    cache.upstreamFails(Kind.TIMEOUT);
    int kept = 0;
    for (int i = 0; i < FLOOD; i++) {
      kept += cache.ask(name("n", i)).equals("1") ? 1 : 0;
    }
    assertEquals(maxEntries, kept);
  }

  /**
   * The JVM's own cache is in front, so a hot name is asked for once a second; names of the flood
   * come by the hundred between two of those.
   */
  @Test
  void whatIsHotStays() {
    int hot = 50;
    CacheUnderTest cache = new CacheUnderTest(1000, Duration.ofDays(1), true);
    int flooded = 0;
    for (int second = 0; second < 200; second++) {
      for (int i = 0; i < hot; i++) {
        cache.ask(name("hot", i));
      }
      for (int i = 0; i < 500; i++) {
        cache.ask(name("flood", flooded++));
      }
      cache.seconds(1);
    }
    int before = cache.upstream.times();
    for (int i = 0; i < hot; i++) {
      cache.ask(name("hot", i));
    }
    assertEquals(before, cache.upstream.times(), "each of them was still there");
  }

  private static Question name(String label, int number) {
    return Question.of(label + number + ".example.com", RecordType.A);
  }
}
