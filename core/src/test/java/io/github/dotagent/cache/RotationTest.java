package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Most programs take the first address, so each lookup has another one first. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RotationTest {
  private final CacheUnderTest cache = new CacheUnderTest();

  @Test
  void theOrderOfTheAnswerTurnedByOneEachTime() {
    cache.upstream.from(addresses(300, 1, 2, 3));
    assertEquals("1 2 3", cache.ask(WWW));
    assertEquals("2 3 1", cache.ask(WWW));
    assertEquals("3 1 2", cache.ask(WWW));
    assertEquals("1 2 3", cache.ask(WWW));
  }

  /** A program asks for both families each time: counted together, two addresses never turn. */
  @Test
  void eachTypeTurnsByItself() {
    cache.upstream.from(addresses(300, 1, 2));
    for (String expected : List.of("1 2", "2 1", "1 2")) {
      assertEquals(expected, cache.ask(WWW));
      assertEquals(expected, cache.ask(WWW6));
    }
  }

  /** With a TTL of a second or two it would otherwise always begin at the same address. */
  @Test
  void aFreshAnswerGoesOnWhereTheOldOneWas() {
    cache.upstream.from(addresses(2, 1, 2, 3));
    assertEquals("1 2 3", cache.ask(WWW));
    cache.seconds(2);
    assertEquals("2 3 1", cache.ask(WWW));
    cache.seconds(2);
    assertEquals("3 1 2", cache.ask(WWW));
    assertEquals(3, cache.upstream.times());
  }

  @Test
  void callersOfOneQueryGetRotatedAddresses() {
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    cache.upstream.from(question -> slow);
    CompletableFuture<Answer> first = cache.cached.lookup(WWW);
    CompletableFuture<Answer> second = cache.cached.lookup(WWW);
    slow.complete(addresses(300, 1, 2));
    assertEquals("1 2", CacheUnderTest.outcome(first));
    assertEquals("2 1", CacheUnderTest.outcome(second));
  }

  @Test
  void namesTurnAsWell() {
    Question pointer = Question.of("1.2.0.192.in-addr.arpa", RecordType.PTR);
    cache.upstream.from(Answer.names(List.of("a.example", "b.example"), 300, "192.0.2.53"));
    assertEquals(List.of("a.example", "b.example"), cache.cached.lookup(pointer).join().names());
    assertEquals(List.of("b.example", "a.example"), cache.cached.lookup(pointer).join().names());
  }

  @Test
  void theCountMayRunOver() {
    byte[] packed = {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0};
    for (int turn : new int[] {0, 1, 2, 3, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
      List<byte[]> turned = PackedRecords.turned(packed, 4, turn);
      assertEquals(3, turned.size());
      assertEquals(turn % 3 + 1, turned.get(0)[0]);
      assertEquals((turn % 3 + 1) % 3 + 1, turned.get(1)[0]);
    }
  }
}
