package io.github.dotagent.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTtlTest {
  /** At least 10 s, at most 100 s, negative ones at most 50 s. */
  private static final AnswerTtl TTL =
      new AnswerTtl(
          new CachePolicy(
              1,
              Duration.ofSeconds(10),
              Duration.ofSeconds(100),
              Duration.ofSeconds(50),
              Duration.ZERO,
              false));

  private static final AnswerTtl UNBOUNDED =
      new AnswerTtl(
          new CachePolicy(
              1,
              Duration.ZERO,
              Duration.ofSeconds(Integer.MAX_VALUE),
              Duration.ofSeconds(Integer.MAX_VALUE),
              Duration.ZERO,
              false));

  @ParameterizedTest
  @CsvSource({"0,10", "9,10", "10,10", "11,11", "99,99", "100,100", "101,100", "2147483647,100"})
  void addressesAreClampedFromBothSides(long seconds, long kept) {
    Answer answer = Answer.addresses(List.of(new byte[4]), seconds, "192.0.2.53");
    assertEquals(TimeUnit.SECONDS.toNanos(kept), TTL.nanosOf(answer));
  }

  @ParameterizedTest
  @CsvSource({"0,10", "11,11", "101,100"})
  void namesOfAnAddressToo(long seconds, long kept) {
    Answer answer = Answer.names(List.of("host.example.com"), seconds, "192.0.2.53");
    assertEquals(TimeUnit.SECONDS.toNanos(kept), TTL.nanosOf(answer));
  }

  /** From above alone: without SOA the TTL is 0, and the answer must not be kept. */
  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "49,49", "50,50", "51,50", "2147483647,50"})
  void negativeAnswersAreClampedFromAbove(long seconds, long kept) {
    long expected = TimeUnit.SECONDS.toNanos(kept);
    assertEquals(expected, TTL.nanosOf(Answer.noSuchName(seconds, "192.0.2.53")));
    assertEquals(expected, TTL.nanosOf(Answer.noData(seconds, "192.0.2.53")));
  }

  @Test
  void withoutACacheNegativeAnswersAreNotKeptEither() {
    Duration quarter = Duration.ofMinutes(15);
    AnswerTtl none =
        new AnswerTtl(
            new CachePolicy(1, Duration.ZERO, Duration.ZERO, quarter, Duration.ZERO, false));
    assertEquals(0, none.nanosOf(Answer.addresses(List.of(new byte[4]), 60, "192.0.2.53")));
    assertEquals(0, none.nanosOf(Answer.noSuchName(60, "192.0.2.53")));
    assertEquals(0, none.nanosOf(Answer.noData(60, "192.0.2.53")));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2147483647"})
  void withoutBoundsTheServersTtlCounts(long seconds) {
    long expected = TimeUnit.SECONDS.toNanos(seconds);
    Answer positive = Answer.addresses(List.of(new byte[4]), seconds, "192.0.2.53");
    assertEquals(expected, UNBOUNDED.nanosOf(positive));
    assertEquals(expected, UNBOUNDED.nanosOf(Answer.noData(seconds, "192.0.2.53")));
  }
}
