package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.support.Timers;
import io.github.dotagent.wire.QueryEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Asks the best of the servers, and others when it fails or is late, until one answers. Safe for
 * use by any number of threads.
 */
public final class UpstreamPool implements Lookup {
  private final Servers servers;
  private final Timers timers;
  private final long timeoutNanos;
  private final Log log;
  private final HedgeBudget budget = new HedgeBudget();

  /**
   * @param timeoutNanos the bound of one lookup, over all servers
   */
  public UpstreamPool(Servers servers, Timers timers, long timeoutNanos, Log log) {
    this.servers = servers;
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
    this.log = log;
  }

  /** Begins to connect to the first server, and to the next when that fails; returns at once. */
  public void warmUp() {
    servers.whenKnown(
        new Servers.Use<Void>() {
          @Override
          public long deadlineNanos() {
            return timers.nanoTime() + timeoutNanos;
          }

          @Override
          public CompletableFuture<Void> of(List<Upstream> upstreams) {
            warmUp(upstreams, 0);
            return CompletableFuture.completedFuture(null);
          }
        });
  }

  private static void warmUp(final List<Upstream> upstreams, final int index) {
    if (index < upstreams.size()) {
      upstreams
          .get(index)
          .warmUp()
          .whenComplete(
              new BiConsumer<Void, Throwable>() {
                @Override
                public void accept(Void opened, Throwable failure) {
                  if (failure != null) {
                    warmUp(upstreams, index + 1);
                  }
                }
              });
    }
  }

  @Override
  public CompletableFuture<Answer> lookup(Question question) {
    long begun = timers.nanoTime();
    CompletableFuture<Answer> answer = servers.whenKnown(new Asking(question, begun));
    answer.whenComplete(new Afterwards(question, begun));
    return answer;
  }

  @Override
  public boolean isOutOfReach() {
    return servers.areOutOfReach();
  }

  /** How each server is doing, in the user's order; of a name without the addresses, none. */
  public List<UpstreamStatus> status() {
    List<UpstreamStatus> all = new ArrayList<>();
    for (Upstream upstream : servers.now()) {
      all.add(upstream.status());
    }
    return all;
  }

  /** What is done with the servers once there are any. */
  private final class Asking implements Servers.Use<Answer> {
    private final Question question;
    private final long begun;

    Asking(Question question, long begun) {
      this.question = question;
      this.begun = begun;
    }

    @Override
    public long deadlineNanos() {
      return begun + timeoutNanos;
    }

    @Override
    public CompletableFuture<Answer> of(List<Upstream> upstreams) {
      byte[] query = QueryEncoder.encode(question);
      List<Upstream> order = Ranking.of(upstreams);
      budget.earn();
      tryOne(order, query);
      return new LookupInProgress(question, query, order, budget, timers, deadlineNanos()).begin();
    }

    /** The caller does not wait for what comes of it; the server's standing does. */
    private void tryOne(List<Upstream> order, byte[] query) {
      for (Upstream other : order.subList(1, order.size())) {
        if (other.standing().beginTrial()) {
          other.ask(question, query, deadlineNanos());
          return;
        }
      }
    }
  }

  private final class Afterwards implements BiConsumer<Answer, Throwable> {
    private final Question question;
    private final long begun;

    Afterwards(Question question, long begun) {
      this.question = question;
      this.begun = begun;
    }

    @Override
    public void accept(Answer answer, Throwable failure) {
      if (failure instanceof LookupFailure) {
        servers.allFailed();
      } else if (answer != null) {
        servers.oneAnswered();
      }
      if (log.shows(Level.DEBUG)) {
        log.write(Level.DEBUG, question + ": " + textOf(answer, failure));
      }
    }

    private String textOf(Answer answer, Throwable failure) {
      if (answer == null) {
        return String.valueOf(failure.getMessage());
      }
      long micros = (timers.nanoTime() - begun) / 1_000;
      return answer.outcome() + " from " + answer.server() + " in " + micros + " us";
    }
  }
}
