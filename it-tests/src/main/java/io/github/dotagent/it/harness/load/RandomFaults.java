package io.github.dotagent.it.harness.load;

import io.github.dotagent.it.harness.network.Relay;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.DotServer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets servers fail at random, each behind a relay of its own: killed, hung, reset, talking
 * garbage, or well for a while. All are well at its end. One thread.
 */
public final class RandomFaults {
  private static final long SHORTEST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 3_000; // longer than a silent server is waited for

  /** A server and the network before it. */
  public record Victim(DotServer server, Relay relay) {
    private void be(State state) {
      server.faults().clear();
      relay.recover();
      switch (state) {
        case KILLED -> relay.refuse();
        case HUNG -> relay.swallow();
        case RESET -> {
          server.faults().onEveryAnswer(AnswerFault.Kind.RESET);
          relay.reset();
        }
        case GARBAGE -> server.faults().onEveryAnswer(AnswerFault.Kind.GARBAGE);
        case WELL -> {}
        default -> throw new AssertionError(state);
      }
    }
  }

  private enum State {
    KILLED,
    HUNG,
    RESET,
    GARBAGE,
    WELL
  }

  private final List<Victim> victims;
  private final Random random;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "misfortune");
            thread.setDaemon(true);
            return thread;
          });

  private RandomFaults(List<Victim> victims, long seed) {
    this.victims = List.copyOf(victims);
    this.random = new Random(seed);
  }

  /**
   * Begins at once.
   *
   * @param seed the same gives the same course
   */
  public static RandomFaults befalls(List<Victim> victims, long seed) {
    RandomFaults misfortune = new RandomFaults(victims, seed);
    victims.forEach(victim -> misfortune.strike(victim));
    return misfortune;
  }

  private synchronized void strike(Victim victim) {
    if (timer.isShutdown()) {
      return;
    }
    State[] states = State.values();
    victim.be(states[random.nextInt(states.length)]);
    long millis = SHORTEST_MILLIS + random.nextInt((int) (LONGEST_MILLIS - SHORTEST_MILLIS));
    ScheduledFuture<?> unused = timer.schedule(() -> strike(victim), millis, TimeUnit.MILLISECONDS);
  }

  /** Every server is well when this returns. */
  public synchronized void end() {
    timer.shutdownNow();
    victims.forEach(victim -> victim.be(State.WELL));
  }
}
