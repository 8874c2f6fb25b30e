package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A lookup ends within its timeout, however many questions it asks and whichever server stays
 * silent.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LookupBoundTest {
  private final ManualTimers timers = new ManualTimers();
  private final List<Duration> waits = new ArrayList<>();
  private final Witnesses witnesses = new Witnesses();
  private final PolicyResolver resolver =
      Resolvers.with(witnesses, Resolvers.policy(List.of(), true, null), timers);

  /** An answer that comes after the given time on the hand-driven clock, if it is waited for. */
  private CompletableFuture<Answer> after(Duration time, Answer answer) {
    long comes = timers.nanoTime() + time.toNanos();
    return new CompletableFuture<>() {
      @Override
      public Answer get(long most, TimeUnit unit) throws TimeoutException {
        Duration waited = Duration.ofNanos(unit.toNanos(most));
        waits.add(waited);
        Duration left = Duration.ofNanos(comes - timers.nanoTime());
        if (left.compareTo(waited) > 0) {
          timers.advance(waited);
          throw new TimeoutException();
        }
        timers.advance(left.isNegative() ? Duration.ZERO : left);
        return answer;
      }
    };
  }

  private Duration elapsed(Runnable lookup) {
    long begun = timers.nanoTime();
    lookup.run();
    return Duration.ofNanos(timers.nanoTime() - begun);
  }

  @Test
  void bothQuestionsTogetherHaveOneTimeout() {
    witnesses.answers(RecordType.A, after(Duration.ofHours(1), null));
    witnesses.answers(RecordType.AAAA, after(Duration.ofHours(1), null));
    Duration took =
        elapsed(
            () ->
                assertEquals(
                    "www.example.com: no answer over TLS: none within 5000 ms",
                    Resolvers.refusal(resolver, "www.example.com").getMessage()));
    assertEquals(Duration.ofSeconds(5), took);
    assertEquals(List.of(Duration.ofSeconds(5), Duration.ZERO), waits);
  }

  @Test
  void aLateLookupNamesTheStateOfEachServer() {
    RecordedLog log = new RecordedLog();
    PolicyResolver logging =
        Resolvers.with(witnesses, Resolvers.policy(List.of(), true, null), timers, log);
    witnesses.doing = "192.0.2.53@853#dns.example in TLS for 4900 ms; 192.0.2.54@853 connected";
    witnesses.answers(RecordType.A, after(Duration.ofHours(1), null));
    witnesses.answers(RecordType.AAAA, CompletableFuture.completedFuture(Answer.noData(60, "x")));
    String reason = "no answer over TLS: none within 5000 ms: " + witnesses.doing;
    assertEquals(
        "www.example.com: " + reason, Resolvers.refusal(logging, "www.example.com").getMessage());
    assertEquals(List.of("WARN a lookup got " + reason), log.lines());
    for (int i = 0; i < 20; i++) {
      Resolvers.refusal(logging, "www.example.com");
    }
    long warned = log.lines().stream().filter(line -> line.startsWith("WARN ")).count();
    assertEquals(LineBudget.MOST, warned, "not a line for each lookup");
  }

  @Test
  void theSecondQuestionHasTheRestOfTheTime() {
    Answer none = Answer.noData(60, Witnesses.SERVER);
    witnesses.answers(RecordType.A, after(Duration.ofSeconds(3), none));
    witnesses.answers(RecordType.AAAA, after(Duration.ofHours(1), null));
    Duration took = elapsed(() -> Resolvers.refusal(resolver, "www.example.com"));
    assertEquals(Duration.ofSeconds(5), took);
    assertEquals(List.of(Duration.ofSeconds(5), Duration.ofSeconds(2)), waits);
  }

  @Test
  void anAnswerIsUsedThoughTheOtherNeverComes() throws UnknownHostException {
    Answer ipv6 = Answer.addresses(List.of(Witnesses.IPV6), 300, Witnesses.SERVER);
    witnesses.answers(RecordType.A, after(Duration.ofHours(1), null));
    witnesses.answers(RecordType.AAAA, after(Duration.ofSeconds(1), ipv6));
    assertEquals(
        List.of("www.example.com/2001:db8:0:0:0:0:0:3"),
        Resolvers.texts(resolver.addresses("www.example.com", AddressFamilyPolicy.IPV4_FIRST)));
  }

  @Test
  void aReverseLookupHasTheSameBound() {
    witnesses.answers(RecordType.PTR, after(Duration.ofHours(1), null));
    Duration took =
        elapsed(
            () -> {
              UnknownHostException unknown =
                  assertThrows(UnknownHostException.class, () -> resolver.nameOf(Witnesses.IPV4));
              assertEquals(
                  "192.0.2.3: no answer over TLS: none within 5000 ms", unknown.getMessage());
            });
    assertEquals(Duration.ofSeconds(5), took);
  }
}
