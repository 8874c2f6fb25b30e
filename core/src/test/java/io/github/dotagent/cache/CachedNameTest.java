package io.github.dotagent.cache;

import static io.github.dotagent.answer.RecordType.A;
import static io.github.dotagent.answer.RecordType.AAAA;
import static io.github.dotagent.answer.RecordType.PTR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.RecordType;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What a name takes of the cache's room, and what its types say of each other. */
class CachedNameTest {
  private static final long NOW = 1L << 40;
  private static final long SECOND = 1L << 30; // as a cached name counts it

  private final CachedName name = new CachedName();

  private void keep(RecordType type, Answer answer, long life) {
    name.keep(type, CacheEntry.of(answer, NOW + life, NOW + life));
  }

  private static Answer addresses(int count, int octets) {
    return Answer.addresses(Arrays.asList(new byte[count][octets]), 300, CacheUnderTest.SERVER);
  }

  private static Answer noData(String why) {
    return Answer.noData(300, CacheUnderTest.SERVER).because(why);
  }

  @Test
  void aWeightIsAQuarterOfAKilobyte() {
    assertEquals(1, name.weight());
    keep(A, addresses(63, 4), 1);
    assertEquals(1, name.weight());
    keep(A, addresses(64, 4), 1);
    assertEquals(2, name.weight());
    keep(AAAA, addresses(15, 16), 1);
    assertEquals(2, name.weight());
    keep(AAAA, addresses(16, 16), 1);
    assertEquals(3, name.weight());
  }

  @Test
  void textsWeighAsWell() {
    String letters = "a".repeat(40); // with what is beside it, 128 octets
    keep(PTR, Answer.names(Collections.nCopies(3, letters), 300, CacheUnderTest.SERVER), 1);
    assertEquals(2, name.weight());
    keep(PTR, Answer.names(Collections.nCopies(4, letters), 300, CacheUnderTest.SERVER), 1);
    assertEquals(3, name.weight());
    keep(A, noData("w".repeat(103)), 1);
    assertEquals(3, name.weight());
    keep(A, noData("w".repeat(104)), 1);
    assertEquals(4, name.weight());
  }

  @Test
  void aUseCountsOnceASecond() {
    assertTrue(name.isUsedNow(NOW));
    assertFalse(name.isUsedNow(NOW));
    assertFalse(name.isUsedNow(NOW + SECOND - 1));
    assertTrue(name.isUsedNow(NOW + SECOND));
    assertFalse(name.isUsedNow(NOW + SECOND));
  }

  /** Of other types, records alone, and the longest of them. */
  @Test
  void howLongItIsShownToExist() {
    assertEquals(0, name.nanosShownToExist(A, NOW));
    keep(A, addresses(1, 4), 9);
    assertEquals(0, name.nanosShownToExist(A, NOW), "by itself");
    assertEquals(9, name.nanosShownToExist(AAAA, NOW));
    assertEquals(0, name.nanosShownToExist(AAAA, NOW + 9));
    keep(AAAA, addresses(1, 16), 7);
    assertEquals(9, name.nanosShownToExist(PTR, NOW));
    keep(AAAA, noData(""), 20);
    assertEquals(9, name.nanosShownToExist(PTR, NOW), "no data shows nothing");
  }

  @Test
  void anAliasOfAnyType() {
    keep(A, addresses(1, 4), 1);
    assertFalse(name.isAliased());
    keep(PTR, addresses(1, 4).aliased(), 1);
    assertTrue(name.isAliased());
    name.keep(PTR, null);
    assertFalse(name.isAliased());
  }

  @Test
  void recordsEndTheDenialOfOtherTypes() {
    Answer none = Answer.noSuchName(300, CacheUnderTest.SERVER);
    name.keepNoSuchName(AAAA, CacheEntry.of(none, NOW, NOW));
    name.keepNoSuchName(PTR, CacheEntry.of(none, NOW, NOW));
    keep(A, addresses(1, 4), 1);
    assertEquals(null, name.of(AAAA));
    assertEquals(null, name.of(PTR));
    assertEquals(Answer.Outcome.RECORDS, name.of(A).outcome());
  }
}
