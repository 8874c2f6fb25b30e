package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings;
import io.github.dotagent.testing.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left when memory, stack or threads run out. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentTimersInNeedTest {
  private final RecordedLog log = new RecordedLog();

  /** On a program's thread, say, that has hardly any stack left. */
  @Test
  void timeoutsGoOnAfterOneThatCouldNotBeSet() {
    FailingOnce executor = new FailingOnce();
    AgentTimers failing = new AgentTimers(executor, (role, work) -> {}, log);
    executor.failsAt(1);
    assertThrows(StackOverflowError.class, () -> failing.unlessCancelled(0, () -> {}));
    CompletableFuture<Void> next = new CompletableFuture<>();
    failing.unlessCancelled(0, () -> next.complete(null));
    next.join();
  }

  /** Out of memory on the timer's thread, when it sets the next tick. */
  @Test
  void timeoutsGoOnAfterATickThatCouldNotBeSet() {
    FailingOnce executor = new FailingOnce();
    AgentTimers failing = new AgentTimers(executor, (role, work) -> {}, log);
    executor.failsAt(2);
    failing.unlessCancelled(TimeUnit.MILLISECONDS.toNanos(20), () -> {});
    executor.failed.join();
    CompletableFuture<Void> held = new CompletableFuture<>();
    failing.after(0, () -> held.complete(null));
    held.join();
    CompletableFuture<Void> next = new CompletableFuture<>();
    failing.unlessCancelled(0, () -> next.complete(null));
    next.join();
  }

  /** The timer's thread was stopped (Thread.stop) before it set the next tick. */
  @Test
  void timeoutsGoOnAfterATickThatWasLost() throws Exception {
    FailingOnce executor = new FailingOnce();
    AgentTimers stopped = new AgentTimers(executor, (role, work) -> {}, log, 1);
    executor.losesAt(1);
    CompletableFuture<Void> first = new CompletableFuture<>();
    stopped.unlessCancelled(0, () -> first.complete(null));
    executor.failed.join();
    while (!isDoneSoon(first)) {
      stopped.unlessCancelled(0, () -> {}); // as the next lookup does
    }
    CompletableFuture<Void> next = new CompletableFuture<>();
    stopped.unlessCancelled(0, () -> next.complete(null));
    next.join();
  }

  /** It only came late: were both to go on, the wheel would turn at double speed for ever. */
  @Test
  void aTickThatWasReplacedSetsNoOther() {
    HeldActions held = new HeldActions();
    AgentTimers late = new AgentTimers(held, (role, work) -> {}, log, -TimeUnit.HOURS.toNanos(1));
    late.unlessCancelled(TimeUnit.HOURS.toNanos(1), () -> {});
    late.unlessCancelled(TimeUnit.HOURS.toNanos(1), () -> {}); // the first tick counts as lost
    assertEquals(2, held.actions.size());
    held.actions.get(0).run();
    assertEquals(2, held.actions.size());
    held.actions.get(1).run();
    assertEquals(3, held.actions.size());
  }

  /** Without memory at the first time; a caller waits for it. */
  @Test
  void anActionThatHadNoMemoryIsRunAgain() {
    AgentTimers full = new AgentTimers(log);
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<Void> second = new CompletableFuture<>();
    full.unlessCancelled(
        0,
        () -> {
          if (runs.incrementAndGet() == 1) {
            throw new OutOfMemoryError("Java heap space");
          }
          second.complete(null);
        });
    second.join();
    assertEquals(2, runs.get());
  }

  /** Runs none by itself. */
  private static final class HeldActions extends ActionQueue {
    final List<Runnable> actions = new ArrayList<>();

    @Override
    Timers.Timer after(long delay, Runnable action) {
      actions.add(action);
      return () -> {};
    }
  }

  private static boolean isDoneSoon(CompletableFuture<Void> future) throws Exception {
    try {
      future.get(50, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  @Test
  void timeoutsGoOnWhenNeitherTheActionNorTheLogWorks() {
    AgentTimers mute = new AgentTimers(new BrokenLog());
    CompletableFuture<Void> before = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    mute.unlessCancelled(
        0,
        () -> {
          before.complete(null);
          throw new StackOverflowError("deep");
        });
    before.join();
    mute.unlessCancelled(0, () -> second.complete(null));
    second.join();
  }

  @Test
  void aThreadThatCannotBeStartedIsLogged() {
    AgentTimers full =
        new AgentTimers(
            new ActionQueue(),
            (role, work) -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            log);
    full.start("reader", () -> log.write(LogSettings.Level.ERROR, "ran elsewhere"));
    CompletableFuture<Void> afterwards = new CompletableFuture<>();
    full.after(0, () -> afterwards.complete(null));
    afterwards.join();
    assertEquals(
        List.of(
            "ERROR the thread reader cannot be started: java.lang.OutOfMemoryError: unable to"
                + " create native thread"),
        log.lines());
  }

  @Test
  void waitersForAThreadThatCannotStartAreTold() {
    AgentTimers full =
        new AgentTimers(
            new ActionQueue(),
            (role, work) -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            new BrokenLog());
    CompletableFuture<Void> told = new CompletableFuture<>();
    full.start("writer", () -> {}, () -> told.complete(null));
    told.join();
  }

  /** Fails to schedule once. */
  private static final class FailingOnce extends ActionQueue {
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int failing;
    private volatile int losing;
    final CompletableFuture<Void> failed = new CompletableFuture<>();

    void failsAt(int call) {
      failing = call;
    }

    void losesAt(int call) {
      losing = call;
    }

    @Override
    Timers.Timer after(long delay, Runnable action) {
      int call = calls.incrementAndGet();
      if (call == failing) {
        failed.complete(null);
        throw new StackOverflowError("deep");
      }
      if (call == losing) {
        failed.complete(null);
        return super.after(delay, () -> {});
      }
      return super.after(delay, action);
    }
  }

  private static final class BrokenLog implements Log {
    @Override
    public boolean shows(LogSettings.Level level) {
      return true;
    }

    @Override
    public void write(LogSettings.Level level, String line) {
      throw new OutOfMemoryError("Java heap space");
    }
  }
}
