package io.github.dotagent.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Each entry of each corpus, and variants of it: what was found once is looked for in every build.
 * The seed is fixed, so what fails once fails always.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CorpusTest {
  /** A JVM of the tests has the first compiler alone, and loads classes as it goes. */
  private static final int SLOWER = 10;

  @TestFactory
  List<DynamicTest> replay() {
    return FuzzRun.targets().stream()
        .map(target -> dynamicTest(target.name(), () -> replay(target)))
        .toList();
  }

  private static void replay(FuzzTarget target) throws Exception {
    List<byte[]> corpus = Corpus.of(target);
    assertFalse(corpus.isEmpty());
    for (byte[] entry : corpus) {
      read(target, entry);
    }
    Random random = new Random(24);
    for (int i = 0; i < target.variants(); i++) {
      read(target, variant(corpus.get(i % corpus.size()), random));
    }
  }

  private static void read(FuzzTarget target, byte[] octets) {
    try {
      Bounds.read(target, octets, SLOWER);
    } catch (Exception | Error found) {
      throw new AssertionError(target.name() + ": " + Corpus.line(octets), found);
    }
  }

  /** A few octets of another value, or a piece that is left out or stands there twice. */
  private static byte[] variant(byte[] entry, Random random) {
    if (entry.length == 0) {
      return entry;
    }
    byte[] variant = entry.clone();
    for (int left = random.nextInt(4); left >= 0; left--) {
      variant[random.nextInt(variant.length)] = (byte) random.nextInt(256);
    }
    int from = random.nextInt(variant.length);
    int length = random.nextInt(Math.min(16, variant.length - from) + 1);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(variant, from);
      case 1 -> joined(Arrays.copyOf(variant, from), variant, from + length);
      case 2 -> joined(Arrays.copyOf(variant, from + length), variant, from);
      default -> variant;
    };
  }

  private static byte[] joined(byte[] begin, byte[] end, int from) {
    byte[] joined = Arrays.copyOf(begin, begin.length + end.length - from);
    System.arraycopy(end, from, joined, begin.length, end.length - from);
    return joined;
  }

  @Test
  void targetsHaveNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    for (FuzzTarget target : FuzzRun.targets()) {
      assertTrue(names.add(target.name()), target.name());
    }
    assertFalse(names.isEmpty());
  }

  @Test
  void anEntryIsWrittenAsItIsRead() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertTrue(Corpus.line(all).matches("[ -~]+"));
    assertTrue(Arrays.equals(all, Corpus.octets(Corpus.line(all))));
  }
}
