package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.testing.ManualTimers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedWaitTest {
  private static final Answer ANSWER = Answer.noData(0, "192.0.2.53");
  private static final long TIMEOUT = TimeUnit.MILLISECONDS.toNanos(1500);

  private final ManualTimers timers = new ManualTimers();
  private final BoundedWait wait = new BoundedWait(timers, TIMEOUT);

  /** A future that is waited for by moving the clock. */
  private final class Waited extends CompletableFuture<Answer> {
    private final Duration comesAfter;
    long waited = -1;

    Waited(Duration comesAfter) {
      this.comesAfter = comesAfter;
    }

    @Override
    public Answer get(long time, TimeUnit unit) throws TimeoutException {
      waited = unit.toNanos(time);
      if (comesAfter.toNanos() > waited) {
        timers.advance(Duration.ofNanos(waited));
        throw new TimeoutException();
      }
      timers.advance(comesAfter);
      return ANSWER;
    }
  }

  @Test
  void anAnswerThatComesInTime() throws Exception {
    Waited last = new Waited(Duration.ofNanos(TIMEOUT));
    assertSame(ANSWER, wait.within(wait.whole(), last));
    assertEquals(TIMEOUT, last.waited);
  }

  @Test
  void anAnswerThatComesTooLate() {
    Waited late = new Waited(Duration.ofNanos(TIMEOUT + 1));
    TimeoutException failure =
        assertThrows(TimeoutException.class, () -> wait.within(wait.whole(), late));
    assertEquals("no answer over TLS: none within 1500 ms", failure.getMessage());
  }

  @Test
  void twoWaitsShareOneBudget() throws Exception {
    WaitBudget budget = wait.whole();
    Waited first = new Waited(Duration.ofSeconds(1));
    Waited second = new Waited(Duration.ofMillis(501));
    assertSame(ANSWER, wait.within(budget, first));
    assertThrows(TimeoutException.class, () -> wait.within(budget, second));
    assertEquals(TimeUnit.MILLISECONDS.toNanos(500), second.waited);
  }

  @Test
  void withoutABudgetOnlyACompletedResultIsReturned() throws Exception {
    CompletableFuture<Answer> there = CompletableFuture.completedFuture(ANSWER);
    assertSame(ANSWER, wait.within(wait.none(), there));
    assertThrows(TimeoutException.class, () -> wait.within(wait.none(), new CompletableFuture<>()));
  }

  /** Other time, such as that of the system resolver, is not taken from the budget. */
  @Test
  void onlyWaitingCounts() throws Exception {
    WaitBudget budget = wait.whole();
    timers.advance(Duration.ofHours(1));
    Waited late = new Waited(Duration.ofNanos(TIMEOUT));
    assertSame(ANSWER, wait.within(budget, late));
    assertEquals(TIMEOUT, late.waited);
  }

  @Test
  void aFailureIsTheOneThatTheServerGave() {
    Exception failure = new Exception("why");
    CompletableFuture<Answer> failed = CompletableFuture.failedFuture(failure);
    ExecutionException thrown =
        assertThrows(ExecutionException.class, () -> wait.within(wait.whole(), failed));
    assertSame(failure, thrown.getCause());
  }

  @Test
  void anInterruptBeforeTheWaitIsKeptAndNotActedOn() throws Exception {
    Thread.currentThread().interrupt();
    Answer answer = wait.within(wait.whole(), CompletableFuture.completedFuture(ANSWER));
    assertTrue(Thread.interrupted());
    assertSame(ANSWER, answer);
  }

  @Test
  void anInterruptDuringTheWaitIsKeptAndNotActedOn() throws Exception {
    CompletableFuture<Answer> interrupting =
        new CompletableFuture<>() {
          private boolean first = true;

          @Override
          public Answer get(long time, TimeUnit unit) throws InterruptedException {
            assertFalse(Thread.currentThread().isInterrupted());
            if (first) {
              first = false;
              throw new InterruptedException();
            }
            assertEquals(TIMEOUT, unit.toNanos(time), "the clock stands still");
            return ANSWER;
          }
        };
    Answer answer = wait.within(wait.whole(), interrupting);
    assertTrue(Thread.interrupted());
    assertSame(ANSWER, answer);
  }

  /** Its timed get runs other tasks there, inside the lookup. */
  @Test
  void onAForkJoinThreadTheWaitRunsNoOtherTasks() {
    CompletableFuture<Answer> helping =
        new CompletableFuture<>() {
          @Override
          public Answer get(long time, TimeUnit unit) {
            throw new AssertionError("helps");
          }
        };
    BoundedWait patient = new BoundedWait(timers, TimeUnit.HOURS.toNanos(1));
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      ForkJoinTask<Answer> waiting = pool.submit(() -> patient.within(patient.whole(), helping));
      helping.complete(ANSWER);
      assertSame(ANSWER, waiting.join());
    } finally {
      pool.shutdownNow();
    }
  }

  /** The same with a thread that really waits. */
  @Test
  void anInterruptedWaiterStillGetsTheAnswer() throws InterruptedException {
    CompletableFuture<Answer> pending = new CompletableFuture<>();
    CompletableFuture<Answer> seen = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    BoundedWait patient = new BoundedWait(timers, TimeUnit.HOURS.toNanos(1));
    Thread waiter =
        new Thread(
            () -> {
              try {
                seen.complete(patient.within(patient.whole(), pending));
              } catch (ExecutionException | TimeoutException wrong) {
                seen.completeExceptionally(wrong);
              }
              flag.complete(Thread.currentThread().isInterrupted());
            });
    waiter.setDaemon(true);
    waiter.start();
    while (pending.getNumberOfDependents() == 0) {
      Thread.onSpinWait();
    }
    waiter.interrupt();
    assertFalse(seen.isDone());
    pending.complete(ANSWER);
    assertSame(ANSWER, seen.join());
    assertTrue(flag.join());
    waiter.join();
  }

  @Test
  void noFlagIsSetWhereNoneWas() throws Exception {
    wait.within(wait.whole(), CompletableFuture.completedFuture(ANSWER));
    assertFalse(Thread.interrupted());
  }
}
