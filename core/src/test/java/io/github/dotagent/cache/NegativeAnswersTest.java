package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.WWW6;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.noData;
import static io.github.dotagent.cache.CacheUnderTest.noSuchName;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 2308. The answer's TTL is the lower of the SOA's TTL and its MINIMUM. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NegativeAnswersTest {
  private final CacheUnderTest cache = new CacheUnderTest(1000, Duration.ofDays(1), true);
  private final ScriptedUpstream upstream = cache.upstream;

  @Test
  void theyAreKeptForTheirTtl() {
    for (Answer negative : List.of(noSuchName(60), noData(60))) {
      upstream.from(negative);
      cache.cached.flush();
      cache.ask(WWW);
      upstream.from(addresses(300, 1));
      cache.seconds(53); // not yet time to refresh
      assertEquals(negative.outcome().toString(), cache.ask(WWW));
      cache.seconds(7);
      assertEquals("1", cache.ask(WWW));
    }
    assertEquals(4, upstream.times());
  }

  @Test
  void theReasonOfANegativeAnswerIsKept() throws Exception {
    upstream.from(noSuchName(60).because("EDE 15: gambling"));
    cache.ask(WWW);
    Answer kept = cache.cached.lookup(WWW).get();
    assertEquals(1, upstream.times());
    assertEquals(Source.CACHE, kept.source());
    assertEquals("EDE 15: gambling", kept.extendedError());
  }

  @Test
  void theyAreKeptForMaxNegativeTtlAtMost() {
    upstream.from(noSuchName(86_400));
    cache.ask(WWW);
    cache.timers.advance(Duration.ofMinutes(15).minusNanos(1));
    cache.ask(WWW);
    assertEquals(1, upstream.times());
    cache.timers.advance(Duration.ofNanos(1));
    cache.ask(WWW);
    assertEquals(2, upstream.times());
  }

  @Test
  void withoutSoaTheyAreNotKept() {
    for (Answer negative : List.of(noSuchName(0), noData(0))) {
      upstream.from(negative);
      cache.ask(WWW);
      cache.ask(WWW);
    }
    assertEquals(4, upstream.times());
  }

  /** A load balancer that knows no AAAA answers before the question for A is looked at. */
  @Test
  void noSuchNameForOneTypeHidesNoOther() {
    upstream.from(noSuchName(600));
    assertEquals("NO_SUCH_NAME", cache.ask(WWW6));
    upstream.from(addresses(300, 1));
    assertEquals("1", cache.ask(WWW));
    assertEquals(List.of(WWW6, WWW), upstream.asked());
  }

  /** An answer with a TTL of 0 is not kept, and cannot contradict it. */
  @Test
  void anAnswerWithTtlZeroDoesNotContradictIt() {
    for (int lookup = 1; lookup <= 3; lookup++) {
      upstream.from(addresses(0, 1));
      assertEquals("1", cache.ask(WWW), "lookup " + lookup);
      upstream.from(noSuchName(600));
      assertEquals("NO_SUCH_NAME", cache.ask(WWW6), "lookup " + lookup);
    }
  }

  /** Of a name that does not exist a lookup asks twice, and the next one not at all. */
  @Test
  void eachTypeIsAskedOnItsOwn() {
    upstream.from(noSuchName(60));
    for (int lookup = 1; lookup <= 3; lookup++) {
      assertEquals("NO_SUCH_NAME", cache.ask(WWW));
      assertEquals("NO_SUCH_NAME", cache.ask(WWW6));
    }
    assertEquals(List.of(WWW, WWW6), upstream.asked());
    cache.seconds(60);
    cache.ask(WWW6);
    assertEquals(3, upstream.times());
  }

  @Test
  void noDataHoldsForItsTypeAlone() {
    upstream.from(noData(60));
    cache.ask(WWW6);
    upstream.from(addresses(300, 1));
    assertEquals("1", cache.ask(WWW));
    assertEquals("NO_DATA", cache.ask(WWW6));
    assertEquals(2, upstream.times());
  }

  /** A load balancer that knows no AAAA says so during an outage too. */
  @Test
  void noSuchNameForOneTypeLeavesTheStaleRecordsOfAnother() {
    for (int soaTtl : new int[] {60, 0}) {
      cache.cached.flush();
      upstream.from(addresses(300, 1));
      cache.ask(WWW);
      cache.seconds(300);
      upstream.from(noSuchName(soaTtl));
      assertEquals("NO_SUCH_NAME", cache.ask(WWW6));
      cache.upstreamFails(Kind.TIMEOUT);
      assertEquals("1", cache.ask(WWW));
    }
  }

  /** A name that is gone: each family says so for itself, and nothing old comes back. */
  @Test
  void noSuchNameForBothTypesReplacesBoth() {
    cache.ask(WWW);
    cache.ask(WWW6);
    cache.seconds(300);
    upstream.from(noSuchName(60));
    cache.ask(WWW);
    cache.ask(WWW6);
    cache.upstreamFails(Kind.TIMEOUT);
    assertEquals("NO_SUCH_NAME", cache.ask(WWW));
    assertEquals("NO_SUCH_NAME", cache.ask(WWW6));
    cache.seconds(60);
    assertEquals("TIMEOUT", cache.ask(WWW));
    assertEquals("TIMEOUT", cache.ask(WWW6));
  }

  @Test
  void noDataOfAnotherTypeStays() {
    upstream.from(noData(900));
    cache.ask(WWW6);
    upstream.from(noSuchName(60));
    cache.ask(WWW);
    assertEquals("NO_DATA", cache.ask(WWW6));
    assertEquals(2, upstream.times());
  }

  /** RFC 4074 §4.2: a load balancer that knows no AAAA. */
  @Test
  void freshRecordsOfAnotherTypeAreBelievedMore() {
    cache.ask(WWW);
    upstream.from(noSuchName(600));
    assertEquals("NO_DATA", cache.ask(WWW6));
    cache.seconds(269); // not yet time to refresh
    assertEquals("1", cache.ask(WWW));
    assertEquals("NO_DATA", cache.ask(WWW6));
    assertEquals(2, upstream.times());
    cache.seconds(31);
    assertEquals("NO_SUCH_NAME", cache.ask(WWW6), "nothing fresh speaks against it any more");
    assertEquals("NO_SUCH_NAME", cache.ask(WWW));
    assertEquals(List.of(WWW, WWW6, WWW6, WWW), upstream.asked());
  }

  @Test
  void untilItsOwnTimeIsOver() {
    cache.ask(WWW);
    upstream.from(noSuchName(60));
    cache.ask(WWW6);
    cache.seconds(60);
    cache.ask(WWW6);
    assertEquals(List.of(WWW, WWW6, WWW6), upstream.asked());
    assertEquals("1", cache.ask(WWW));
  }

  @Test
  void withoutSoaItLeavesThemToo() {
    cache.ask(WWW);
    upstream.from(noSuchName(0));
    assertEquals("NO_SUCH_NAME", cache.ask(WWW6));
    assertEquals("1", cache.ask(WWW));
    cache.ask(WWW6);
    assertEquals(List.of(WWW, WWW6, WWW6), upstream.asked());
  }

  /** Two servers that disagree: the answer that came last says that the name exists. */
  @Test
  void aLaterAnswerOverrulesNxdomainForEveryType() {
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    upstream.from(question -> slow);
    cache.ask(WWW);
    upstream.from(noSuchName(600));
    cache.ask(WWW6);
    slow.complete(addresses(300, 1));
    assertEquals("1", cache.ask(WWW));
    upstream.from(noData(60));
    assertEquals("NO_DATA", cache.ask(WWW6));
    assertEquals(List.of(WWW, WWW6, WWW6), upstream.asked());
  }
}
