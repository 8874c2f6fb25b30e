package io.github.dotagent.cache;

import static io.github.dotagent.cache.CacheUnderTest.WWW;
import static io.github.dotagent.cache.CacheUnderTest.addresses;
import static io.github.dotagent.cache.CacheUnderTest.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Other settings hold from the moment on in which an answer of the servers of before is kept. */
class RetiredMeanwhileTest implements Timers {
  private static final Duration DAY = Duration.ofDays(1);
  private static final CachePolicy POLICY =
      new CachePolicy(1000, Duration.ZERO, DAY, DAY, Duration.ZERO, false);

  private final ManualTimers clock = new ManualTimers();
  private final CompletableFuture<Answer> late = new CompletableFuture<>();
  private final ScriptedUpstream upstream = new ScriptedUpstream(question -> late);
  private final CachedLookup cached =
      new CachedLookup(upstream, POLICY, CacheUnderTest.TIMEOUT, this, new RecordedLog());
  private boolean isKept; // the next reading of the clock is for the answer's expiry

  /** Between the look at the settings and the answer's place in memory. */
  @Test
  void theCallerGetsItAndItIsNotKept() {
    CompletableFuture<Answer> waiting = cached.lookup(WWW);
    CachedLookup next =
        cached.next(ScriptedUpstream.answering(addresses(300, 9)), CacheUnderTest.TIMEOUT);
    isKept = true;
    late.complete(addresses(300, 1));
    assertEquals("1", outcome(waiting));
    assertEquals("9", outcome(next.lookup(WWW)));
  }

  @Test
  void anAnswerAfterTheHandoverIsKept() {
    CompletableFuture<Answer> waiting = cached.lookup(WWW);
    CachedLookup next =
        cached.next(ScriptedUpstream.answering(addresses(300, 9)), CacheUnderTest.TIMEOUT);
    late.complete(addresses(300, 1));
    assertEquals("1", outcome(waiting));
    assertEquals("1", outcome(next.lookup(WWW)));
  }

  @Override
  public long nanoTime() {
    if (isKept) {
      isKept = false;
      cached.retire(POLICY, name -> true, false);
    }
    return clock.nanoTime();
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    return clock.after(delayNanos, action);
  }
}
