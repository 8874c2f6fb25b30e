package io.github.dotagent.agent.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.agent.testing.HeldTimers;
import io.github.dotagent.agent.testing.ListedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is joined, and when; the clock is in the test's hand. */
class IntegrationPollerTest {
  private static final Class<?> EVIDENCE = Runnable.class;

  private final HeldTimers timers = HeldTimers.withoutClock();
  private final List<Runnable> due = timers.due;
  private final List<Long> delays = timers.delays;
  private final ListedLog log = new ListedLog();
  private final List<String> said = log.lines;
  private final List<String> threads = new ArrayList<>();
  private Class<?>[] loaded = {Object.class};
  private int looks;

  /** Something to be watched with that does as the test says. */
  private static class Scripted implements LazyIntegration {
    boolean awake;
    boolean unknown;
    boolean refuses;
    int asked;
    int joined;
    int left;

    @Override
    public String className() {
      return EVIDENCE.getName();
    }

    @Override
    public boolean isAwake(Class<?> found) throws ReflectiveOperationException {
      assertEquals(EVIDENCE, found);
      asked++;
      if (unknown) {
        throw new NoSuchFieldException("gone");
      }
      return awake;
    }

    @Override
    public void join() throws Exception {
      if (refuses) {
        throw new IllegalStateException("no");
      }
      joined++;
    }

    @Override
    public void leave() {
      left++;
      if (refuses) {
        throw new IllegalStateException("stays");
      }
    }

    @Override
    public String toString() {
      return "X";
    }
  }

  private final Scripted one = new Scripted();
  private final Scripted other = new Scripted();

  private IntegrationPoller begin(LazyIntegration... joinables) {
    IntegrationPoller followUp =
        new IntegrationPoller(
            List.of(joinables),
            () -> {
              looks++;
              return loaded;
            },
            (role, work) -> {
              threads.add(role);
              work.run();
            },
            timers,
            log);
    followUp.begin();
    return followUp;
  }

  private void next() {
    due.remove(0).run();
  }

  @Test
  void aSecondAfterTheStartThenEveryTwo() {
    begin(one);
    assertEquals(0, looks, "nothing at the start");
    next();
    next();
    assertEquals(List.of(1_000_000_000L, 2_000_000_000L, 2_000_000_000L), delays);
    assertEquals(2, looks);
    assertEquals(0, one.asked, "its class is not there");
  }

  @Test
  void aLoadedButInactiveIntegrationIsNotJoined() {
    begin(one);
    loaded = new Class<?>[] {Object.class, EVIDENCE};
    next();
    next();
    assertEquals(2, one.asked);
    assertEquals(1, looks, "its class does not go again");
    assertEquals(0, one.joined);
  }

  @Test
  void anActiveIntegrationIsJoinedOnceOnItsOwnThread() {
    begin(one);
    loaded = new Class<?>[] {EVIDENCE};
    one.awake = true;
    next();
    assertEquals(1, one.joined);
    assertEquals(List.of("watch"), threads);
    assertEquals(List.of(), due, "there is nothing left to look for");
    assertEquals(List.of("DEBUG the agent can be watched with X"), said);
  }

  @Test
  void theOtherIntegrationIsStillLookedFor() {
    begin(one, other);
    loaded = new Class<?>[] {EVIDENCE};
    one.awake = true;
    next();
    assertEquals(0, other.joined);
    other.awake = true;
    next();
    assertEquals(1, one.joined);
    assertEquals(1, other.joined);
    assertTrue(due.isEmpty());
  }

  @Test
  void aJoinedIntegrationIsLeftOnce() {
    IntegrationPoller poller = begin(one, other);
    loaded = new Class<?>[] {EVIDENCE};
    one.awake = true;
    next();
    assertEquals("", poller.leave());
    assertEquals("", poller.leave());
    assertEquals(1, one.left);
    assertEquals(0, other.left, "it was not joined");
  }

  @Test
  void aFailureToLeaveIsReported() {
    IntegrationPoller poller = begin(one);
    loaded = new Class<?>[] {EVIDENCE};
    one.awake = true;
    next();
    one.refuses = true;
    assertEquals("X: java.lang.IllegalStateException: stays", poller.leave());
  }

  @Test
  void anUnknownJdkIsLoggedOnce() {
    begin(one);
    loaded = new Class<?>[] {EVIDENCE};
    one.unknown = true;
    next();
    assertEquals(
        List.of("WARN the agent cannot be watched with X: java.lang.NoSuchFieldException: gone"),
        said);
    assertTrue(due.isEmpty());
  }

  @Test
  void aFailedJoinIsLoggedOnce() {
    begin(one);
    loaded = new Class<?>[] {EVIDENCE};
    one.awake = true;
    one.refuses = true;
    next();
    assertEquals(
        List.of("WARN the agent cannot be watched with X: java.lang.IllegalStateException: no"),
        said);
    assertTrue(due.isEmpty());
  }

  /** By Thread.stop of the program's, while it joins. */
  @Test
  void anotherThreadReplacesAStoppedOne() {
    int[] joins = {0};
    Scripted stopped =
        new Scripted() {
          @Override
          public void join() throws Exception {
            if (joins[0]++ == 0) {
              throw new ThreadDeath();
            }
            super.join();
          }
        };
    stopped.awake = true;
    loaded = new Class<?>[] {EVIDENCE};
    IntegrationPoller poller =
        new IntegrationPoller(
            List.of(stopped),
            () -> loaded,
            (role, work) -> {
              Thread its = new Thread(work);
              its.start();
              try {
                its.join();
              } catch (InterruptedException stop) {
                throw new AssertionError(stop);
              }
            },
            timers,
            log);
    poller.begin();
    next();
    assertEquals(0, stopped.joined);
    next();
    assertEquals(1, stopped.joined);
    assertEquals(1, stopped.left, "half of it may have been done");
    assertTrue(due.isEmpty(), "it is joined, and not looked at any more");
  }

  /** The timer's own thread is stopped in the middle of a look. */
  @Test
  void aLookThatIsStoppedIsBegunAgain() {
    Scripted stopped =
        new Scripted() {
          @Override
          public boolean isAwake(Class<?> found) throws ReflectiveOperationException {
            if (asked++ == 0) {
              throw new ThreadDeath();
            }
            return super.isAwake(found);
          }
        };
    stopped.awake = true;
    loaded = new Class<?>[] {EVIDENCE};
    begin(stopped);
    assertThrows(ThreadDeath.class, this::next);
    next();
    assertEquals(1, stopped.joined);
  }
}
