package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentTimersTest {
  private final RecordedLog log = new RecordedLog();
  private final AgentTimers timers = new AgentTimers(log);

  /** What an action of the timer sees. */
  private Thread timerThread() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    timers.after(0, () -> thread.complete(Thread.currentThread()));
    return thread.join();
  }

  @Test
  void actionsRunOnOneThreadOfTheAgent() {
    Thread thread = timerThread();
    assertInstanceOf(AgentThread.class, thread);
    assertEquals("dot-agent-timer", thread.getName());
    assertSame(thread, timerThread());
  }

  @Test
  void theClockIsTheOneThatNeverGoesBack() {
    long before = System.nanoTime();
    long now = timers.nanoTime();
    long after = System.nanoTime();
    assertTrue(now - before >= 0 && after - now >= 0);
  }

  @Test
  void earlierOnesComeFirstAndLaterOnesWait() {
    List<String> ran = new CopyOnWriteArrayList<>();
    CountDownLatch held = holdTimer();
    timers.after(TimeUnit.HOURS.toNanos(1), () -> ran.add("in an hour"));
    // so far behind it that no pause between the two calls turns them round
    timers.after(TimeUnit.MILLISECONDS.toNanos(500), () -> ran.add("second"));
    timers.after(0, () -> ran.add("first"));
    CompletableFuture<Void> last = new CompletableFuture<>();
    timers.after(TimeUnit.MILLISECONDS.toNanos(501), () -> last.complete(null));
    held.countDown();
    last.join();
    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void closedItsThreadEndsAndNothingHappensAnyMore() throws InterruptedException {
    Thread thread = timerThread();
    List<String> ran = new CopyOnWriteArrayList<>();
    timers.after(TimeUnit.HOURS.toNanos(1), () -> ran.add("set before"));
    timers.close();
    thread.join();
    timers.after(0, () -> ran.add("after")).cancel();
    timers.unlessCancelled(0, () -> ran.add("unless cancelled")).cancel();
    timers.start("never", () -> ran.add("thread"));
    assertEquals(List.of(), ran);
    assertEquals(List.of(), log.lines());
  }

  @Test
  void anActionCancelledInTimeDoesNotRun() {
    List<String> ran = new CopyOnWriteArrayList<>();
    CountDownLatch held = holdTimer();
    timers.after(0, () -> ran.add("cancelled")).cancel();
    timers.after(0, () -> ran.add("kept"));
    held.countDown();
    timerThread();
    assertEquals(List.of("kept"), ran);
  }

  @Test
  void timeoutsRunOnThatThreadUnlessCancelled() {
    List<String> ran = new CopyOnWriteArrayList<>();
    timers.unlessCancelled(TimeUnit.MILLISECONDS.toNanos(20), () -> ran.add("cancelled")).cancel();
    CompletableFuture<Thread> first = new CompletableFuture<>();
    timers.unlessCancelled(
        TimeUnit.MILLISECONDS.toNanos(40), () -> first.complete(Thread.currentThread()));
    assertSame(timerThread(), first.join());
    assertEquals(List.of(), ran);
  }

  /** The thread rests when nothing is left to wait for, and goes on when something is. */
  @Test
  void timeoutsAfterARest() {
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Void> it = new CompletableFuture<>();
      timers.unlessCancelled(0, () -> it.complete(null));
      it.join();
      CompletableFuture<Void> rested = new CompletableFuture<>();
      timers.after(TimeUnit.MILLISECONDS.toNanos(50), () -> rested.complete(null));
      rested.join();
    }
  }

  @Test
  void cancellingFromWithinTheActionDoesNotInterruptIt() {
    CompletableFuture<Timers.Timer> itself = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    itself.complete(
        timers.after(
            0,
            () -> {
              itself.join().cancel();
              interrupted.complete(Thread.interrupted());
            }));
    assertEquals(false, interrupted.join());
  }

  @Test
  void anActionThatThrowsIsLoggedAndDoesNotEndTheTimer() {
    Thread before = timerThread();
    timers.after(
        0,
        () -> {
          throw new IllegalStateException("broken");
        });
    timers.after(
        0,
        () -> {
          throw new StackOverflowError("deep");
        });
    assertSame(before, timerThread());
    assertEquals(
        List.of(
            "ERROR a background action of the agent failed: java.lang.IllegalStateException:"
                + " broken",
            "ERROR a background action of the agent failed: java.lang.StackOverflowError: deep"),
        log.lines());
  }

  @Test
  void startedThreadsAreTheAgentsOwn() {
    CompletableFuture<Thread> started = new CompletableFuture<>();
    timers.start("reader", () -> started.complete(Thread.currentThread()));
    Thread thread = started.join();
    assertInstanceOf(AgentThread.class, thread);
    assertEquals("dot-agent-reader", thread.getName());
    assertTrue(thread.isDaemon());
    assertNull(thread.getContextClassLoader());
    assertNotSame(timerThread(), thread, "it may block");
  }

  @Test
  void startedThreadsInheritNothingFromTheirCaller() throws InterruptedException {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("of the program");
    CompletableFuture<String> plain = new CompletableFuture<>();
    Thread control = new Thread(() -> plain.complete(local.get()));
    control.start();
    control.join();
    assertEquals("of the program", plain.join(), "any other thread would inherit it");

    CompletableFuture<String> seen = new CompletableFuture<>();
    timers.start("reader", () -> seen.complete(String.valueOf(local.get())));
    assertEquals("null", seen.join());
  }

  @Test
  void aThreadThatDiesOfAnErrorIsLogged() throws InterruptedException {
    CompletableFuture<Thread> started = new CompletableFuture<>();
    timers.start(
        "reader",
        () -> {
          started.complete(Thread.currentThread());
          throw new IllegalStateException("broken");
        });
    started.join().join();
    assertEquals(
        List.of(
            "ERROR a background action of the agent failed: java.lang.IllegalStateException:"
                + " broken"),
        log.lines());
  }

  /** Keeps the timer thread busy until the latch opens. */
  private CountDownLatch holdTimer() {
    CountDownLatch held = new CountDownLatch(1);
    timers.after(
        0,
        () -> {
          try {
            held.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        });
    return held;
  }
}
