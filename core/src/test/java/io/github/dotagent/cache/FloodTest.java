package io.github.dotagent.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
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
    // a failure changes nothing in the cache, so only a cached name still gets an answer
    cache.upstreamFails(Kind.TIMEOUT);
    int kept = 0;
    for (int i = 0; i < FLOOD; i++) {
      kept += cache.ask(name("n", i)).equals("1") ? 1 : 0;
    }
    assertEquals(maxEntries, kept);
  }

  /** The owner of a domain can fill a response of 64 KB for each of its names. */
  @Test
  void namesWithManyRecordsTakeMoreOfTheRoom() {
    byte[][] many = new byte[64][16];
    Answer big = Answer.addresses(Arrays.asList(many), 300, CacheUnderTest.SERVER);
    CacheUnderTest cache = new CacheUnderTest(100, Duration.ZERO, false);
    assertEquals(100, keptOfAThousand(cache, CacheUnderTest.addresses(300, 1), RecordType.A));
    int kept = keptOfAThousand(cache, big, RecordType.AAAA); // the second type of some names
    assertTrue(kept > 0 && kept <= 100 / 5, kept + " names of 1 KB, where 100 of 1/4 KB may be");
    kept = keptOfAThousand(cache, hosts(20, "h"), RecordType.PTR);
    assertTrue(kept > 0 && kept <= 100 / 4, kept + " names of 20 short names");
  }

  @Test
  void namesWithElevenAddressesOfEitherFamilyDoNot() {
    CacheUnderTest cache = new CacheUnderTest(100, Duration.ZERO, false);
    Answer ipv4 = Answer.addresses(Arrays.asList(new byte[11][4]), 300, CacheUnderTest.SERVER);
    Answer ipv6 = Answer.addresses(Arrays.asList(new byte[11][16]), 300, CacheUnderTest.SERVER);
    assertEquals(100, keptOfAThousand(cache, ipv4, RecordType.A));
    for (int i = 0; i < 1000; i++) {
      cache.upstream.from(ipv4);
      cache.ask(Question.of("n" + i + ".example.com", RecordType.A));
      cache.upstream.from(ipv6);
      cache.ask(Question.of("n" + i + ".example.com", RecordType.AAAA));
    }
    assertEquals(100, kept(cache, RecordType.AAAA));
  }

  private static Answer hosts(int count, String name) {
    return Answer.names(Collections.nCopies(count, name), 300, CacheUnderTest.SERVER);
  }

  private static int keptOfAThousand(CacheUnderTest cache, Answer answer, RecordType type) {
    cache.upstream.from(answer);
    for (int i = 0; i < 1000; i++) {
      cache.ask(Question.of("n" + i + ".example.com", type));
    }
    return kept(cache, type);
  }

  /** A failure changes nothing in the cache, so only a cached name still gets an answer. */
  private static int kept(CacheUnderTest cache, RecordType type) {
    cache.upstreamFails(Kind.TIMEOUT);
    int kept = 0;
    for (int i = 0; i < 1000; i++) {
      String said = cache.ask(Question.of("n" + i + ".example.com", type));
      kept += said.equals("TIMEOUT") ? 0 : 1;
    }
    return kept;
  }

  /**
   * The JVM's own cache is in front, so a hot name is asked for once a second; names of the flood
   * come by the hundred between two of those.
   */
  @Test
  void hotNamesStayInTheCache() {
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
