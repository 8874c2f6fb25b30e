package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.hook.HookFailure;
import io.github.dotagent.agent.testing.HeldTimers;
import io.github.dotagent.agent.testing.ListedLog;
import io.github.dotagent.config.InstallMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A hook that holds, is taken, comes back and does not; the clock is in the test's hand. */
class HookWatchdogTest {
  private final HeldTimers timers = HeldTimers.withClock();
  private final List<Runnable> due = timers.due;
  private final List<Long> delays = timers.delays;
  private final ListedLog log = new ListedLog();
  private final List<String> said = log.lines;
  private final Scripted hook = new Scripted();

  private static final class Scripted implements HookWatchdog.Watched {
    boolean held = true;
    boolean stopped; // stops the thread once, during a proof
    boolean comesBack = true;
    boolean canRefuse = true;
    boolean over;
    Runnable whileProved = () -> {};
    Runnable whileRestored = () -> {};
    Runnable whileRefused = () -> {};
    Set<String> undone = Set.of();
    int proofs;
    int restored;
    int refused;

    @Override
    public void prove() throws HookFailure {
      proofs++;
      whileProved.run();
      if (stopped) {
        stopped = false;
        throw new ThreadDeath();
      }
      if (!held) {
        throw new HookFailure("another resolver answered", null);
      }
    }

    @Override
    public void restore() {
      restored++;
      whileRestored.run();
      held = comesBack;
    }

    @Override
    public void refuse(String because) throws HookFailure {
      refused++;
      whileRefused.run();
      if (!canRefuse) {
        throw new HookFailure("closed", null);
      }
    }

    @Override
    public Set<String> repairSockets() {
      Set<String> found = undone;
      undone = Set.of();
      return found;
    }

    @Override
    public boolean isOver() {
      return over;
    }
  }

  private HookWatchdog watchdog(InstallMode mode) {
    return new HookWatchdog(hook, mode, (role, work) -> work.run(), timers, log);
  }

  @Test
  void isProvedAgainAndAgain() {
    watchdog(InstallMode.ABORT).begin();
    due.remove(0).run();
    due.remove(0).run();
    assertEquals(2, hook.proofs);
    assertEquals(
        List.of(HookWatchdog.PERIOD_NANOS, HookWatchdog.PERIOD_NANOS, HookWatchdog.PERIOD_NANOS),
        delays);
    assertEquals(List.of(), said);
  }

  /** A program stops the thread of a proof (Thread.stop): the next one is not held up by it. */
  @Test
  void aStoppedProofDoesNotBlockTheNextOne() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    HookWatchdog watchdog =
        new HookWatchdog(
            hook,
            InstallMode.ABORT,
            (role, work) -> {
              Thread thread = new Thread(work, role);
              thread.setUncaughtExceptionHandler((stopped, death) -> {});
              threads.add(thread);
              thread.start();
            },
            timers,
            log);
    hook.stopped = true;
    watchdog.begin();
    due.remove(0).run();
    threads.get(0).join();
    hook.held = false;
    due.remove(0).run();
    threads.get(1).join();
    assertEquals(1, hook.restored, "it is proved and put back");
    assertEquals(1, watchdog.losses());
    assertTrue(watchdog.isInPlace());
  }

  /** However many classes are made anew meanwhile. */
  @Test
  void isProvedSoonOnceItIsTouched() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    watchdog.touched();
    watchdog.touched();
    assertEquals(List.of(HookWatchdog.SOON_NANOS), delays);
    due.remove(0).run();
    assertEquals(1, hook.proofs);
    assertEquals(List.of(), due, "once");
    watchdog.touched();
    assertEquals(1, due.size());
  }

  @Test
  void isPutBack() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.held = false;
    watchdog.look();
    assertEquals(1, hook.restored);
    assertTrue(watchdog.isInPlace());
    assertEquals(1, watchdog.losses());
    assertTrue(
        said.get(0).startsWith("ERROR the hook was lost, and is in place again: "), said.get(0));
    assertEquals(List.of(HookWatchdog.SOON_NANOS), delays, "is it taken again?");
    watchdog.look();
    assertEquals(1, said.size());
    assertEquals(1, watchdog.losses());
  }

  @Test
  void withAbortLookupsAreRefusedWhereItCannotBePutBack() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.held = false;
    hook.comesBack = false;
    watchdog.look();
    watchdog.look();
    assertEquals(1, hook.refused);
    assertEquals(1, hook.restored, "for good");
    assertFalse(watchdog.isInPlace());
    assertEquals(
        List.of(
            "ERROR the hook is lost, and cannot be put back: another resolver answered; lookups"
                + " are refused (install=abort) until the JVM is restarted"),
        said);
    assertEquals("ERROR " + watchdog.lost(), said.get(0));
  }

  @Test
  void withWarnLookupsLeaveAndTheHookIsTriedAgain() {
    HookWatchdog watchdog = watchdog(InstallMode.WARN);
    hook.held = false;
    hook.comesBack = false;
    watchdog.look();
    watchdog.look();
    assertEquals(0, hook.refused);
    assertEquals(2, hook.restored);
    assertEquals(1, said.size(), "said once");
    assertTrue(said.get(0).contains("lookups leave in the clear"), said.get(0));
    assertFalse(watchdog.isInPlace());
    hook.comesBack = true;
    watchdog.look();
    assertTrue(watchdog.isInPlace());
    assertNull(watchdog.lost());
  }

  @Test
  void aFailedRefusalIsLogged() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.held = false;
    hook.comesBack = false;
    hook.canRefuse = false;
    watchdog.look();
    assertTrue(said.get(0).contains("they cannot be refused either: closed"), said.get(0));
  }

  /** From retransformClasses, for example: lookups leave in the clear, whatever it was. */
  @Test
  void anErrorWhileItIsPutBackIsALoss() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.held = false;
    hook.whileRestored = () -> fail(new InternalError("of the JVM"));
    watchdog.look();
    assertFalse(watchdog.isInPlace());
    assertEquals(1, watchdog.losses());
    assertEquals(1, hook.refused);
    assertTrue(said.get(0).contains("java.lang.InternalError: of the JVM"), said.get(0));
    assertTrue(said.get(0).contains("lookups are refused"), said.get(0));
  }

  @Test
  void anErrorWhileLookupsAreRefusedIsLoggedAndTriedAgain() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.held = false;
    hook.comesBack = false;
    hook.whileRefused = () -> fail(new OutOfMemoryError("of the JVM"));
    watchdog.look();
    assertFalse(watchdog.isInPlace());
    assertTrue(said.get(0).contains("they cannot be refused either"), said.get(0));
    hook.whileRefused = () -> {};
    watchdog.look();
    watchdog.look();
    assertEquals(2, hook.refused);
    assertFalse(watchdog.isInPlace());
  }

  /** Not only the first few times, as for a hook that is taken again and again. */
  @Test
  void aLastingLossCountsOnceAndIsTriedEachTime() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.held = false;
    hook.comesBack = false;
    hook.canRefuse = false;
    for (int i = 0; i < 2 * HookWatchdog.MOST_LOSSES; i++) {
      watchdog.look();
    }
    assertEquals(1, watchdog.losses());
    assertEquals(2 * HookWatchdog.MOST_LOSSES, hook.restored);
    hook.comesBack = true;
    watchdog.look();
    hook.held = false;
    watchdog.look();
    assertEquals(2, watchdog.losses(), "another loss");
  }

  /** The proof takes the system's time, and a detach waits for it only a while. */
  @Test
  void aHookThatIsRemovedDuringTheProofIsNotPutBack() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.whileProved =
        () -> {
          assertFalse(watchdog.end(), "a look is under way");
          hook.held = false;
        };
    watchdog.look();
    assertEquals(1, hook.proofs);
    assertEquals(0, hook.restored);
    assertEquals(0, hook.refused);
    assertEquals(List.of(), said);
  }

  private static void fail(Error error) {
    throw error;
  }

  /** Another agent that puts its own class back each time: that is no place for a hook. */
  @Test
  void aHookRemovedAgainAndAgainIsLost() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    for (int i = 0; i < HookWatchdog.MOST_LOSSES; i++) {
      assertEquals(0, hook.refused);
      hook.held = false;
      watchdog.look();
    }
    assertEquals(1, hook.refused);
    assertFalse(watchdog.isInPlace());
  }

  @Test
  void aRareLossIsRepairedEachTime() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    for (int i = 0; i < 3 * HookWatchdog.MOST_LOSSES; i++) {
      hook.held = false;
      watchdog.look();
      timers.now += HookWatchdog.LOSSES_NANOS / 2;
    }
    assertEquals(0, hook.refused);
    assertTrue(watchdog.isInPlace());
  }

  @Test
  void socketsArePatchedAgain() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.undone = Set.of("java/net/DatagramSocket");
    watchdog.look();
    assertEquals(1, watchdog.losses());
    assertTrue(watchdog.isInPlace(), "lookups are");
    assertTrue(said.get(0).contains("[java/net/DatagramSocket]"), said.get(0));
  }

  @Test
  void nothingIsPutBackWhereTheJvmEnds() {
    HookWatchdog watchdog = watchdog(InstallMode.ABORT);
    hook.held = false;
    hook.over = true;
    hook.undone = Set.of("java/net/Socket");
    watchdog.look();
    assertEquals(0, hook.restored);
    assertEquals(List.of(), said);
  }
}
