package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.dot.DotEndpoint;
import io.github.dotagent.dot.DotTransport;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.support.Timers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Asks the servers in the user's order, those that failed lately last, until one answers. Safe for
 * use by any number of threads.
 */
public final class UpstreamPool implements Lookup {
  private final List<Upstream> upstreams;
  private final Timers timers;
  private final long timeoutNanos;
  private final Log log;

  UpstreamPool(List<Upstream> upstreams, Timers timers, long timeoutNanos, Log log) {
    this.upstreams = upstreams;
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
    this.log = log;
  }

  /**
   * @param specs the servers in the order in which they are to be asked
   * @param transports makes the way to a server
   * @param timeoutNanos the bound of one lookup, over all servers
   */
  public static UpstreamPool of(
      List<UpstreamSpec> specs,
      Function<DotEndpoint, DotTransport> transports,
      Timers timers,
      long timeoutNanos,
      Log log) {
    List<Upstream> upstreams = new ArrayList<>();
    for (UpstreamSpec spec : specs) {
      DotEndpoint server =
          new DotEndpoint(spec.endpoint(), spec.authenticationName().orElse(null), spec.toString());
      upstreams.add(new Upstream(spec, new OverTls(transports.apply(server)), timers, log));
    }
    return new UpstreamPool(upstreams, timers, timeoutNanos, log);
  }

  /** Begins to connect to the server that is asked first; returns at once. */
  public void warmUp() {
    upstreams.get(0).warmUp();
  }

  @Override
  public CompletableFuture<Answer> lookup(Question question) {
    LookupInProgress progress = new LookupInProgress(question);
    progress.askNext();
    return progress.result;
  }

  private List<Upstream> inOrder() {
    List<Standing> standings = new ArrayList<>(upstreams.size());
    for (Upstream upstream : upstreams) {
      standings.add(new Standing(upstream));
    }
    // stable: healthy servers stay in the user's order
    Collections.sort(standings, LEAST_BACK_OFF_FIRST);
    List<Upstream> order = new ArrayList<>(standings.size());
    for (Standing standing : standings) {
      order.add(standing.upstream);
    }
    return order;
  }

  /** One question on its way from server to server; only one is asked at a time. */
  private final class LookupInProgress implements BiConsumer<Answer, Throwable> {
    private final Question question;
    private final List<Upstream> left = inOrder();
    private final List<LookupFailure.Attempt> failed = new ArrayList<>();
    private final long begun = timers.nanoTime();
    private final CompletableFuture<Answer> result = new CompletableFuture<>();

    LookupInProgress(Question question) {
      this.question = question;
    }

    void askNext() {
      long now = timers.nanoTime();
      long remaining = begun + timeoutNanos - now;
      boolean late = remaining <= 0 && !failed.isEmpty(); // a failure has to name a server
      if (left.isEmpty() || late) {
        LookupFailure failure = LookupFailure.of(failed);
        log.write(Level.DEBUG, question + ": " + failure.getMessage());
        result.completeExceptionally(failure);
        return;
      }
      // each server gets its share of what is left, so that the last one still has time to answer
      long share = remaining / left.size();
      left.remove(0).ask(question, now + share).whenComplete(this);
    }

    @Override
    public void accept(Answer answer, Throwable failure) {
      try {
        if (failure == null) {
          answered(answer);
        } else if (failure instanceof Upstream.AttemptFailure) {
          failed.add(((Upstream.AttemptFailure) failure).attempt());
          askNext();
        } else {
          result.completeExceptionally(failure);
        }
      } catch (RuntimeException | Error unforeseen) {
        // out of memory, say: a callback's exception is lost, and somebody waits
        result.completeExceptionally(unforeseen);
      }
    }

    private void answered(Answer answer) {
      if (log.shows(Level.DEBUG)) {
        long micros = (timers.nanoTime() - begun) / 1_000;
        log.write(
            Level.DEBUG,
            question
                + ": "
                + answer.outcome()
                + " from "
                + answer.server()
                + " in "
                + micros
                + " us");
      }
      result.complete(answer);
    }
  }

  /** A server and how long it stands back, read once so that sorting sees one value. */
  private static final class Standing {
    final Upstream upstream;
    final long backOff;

    Standing(Upstream upstream) {
      this.upstream = upstream;
      this.backOff = upstream.health().standsBackFor();
    }
  }

  private static final Comparator<Standing> LEAST_BACK_OFF_FIRST =
      new Comparator<Standing>() {
        @Override
        public int compare(Standing one, Standing other) {
          return Long.compare(one.backOff, other.backOff);
        }
      };

  private static final class OverTls implements Upstream.Transport {
    private final DotTransport transport;

    OverTls(DotTransport transport) {
      this.transport = transport;
    }

    @Override
    public CompletableFuture<byte[]> exchange(byte[] query, long deadlineNanos) {
      return transport.exchange(query, deadlineNanos);
    }

    @Override
    public void warmUp() {
      transport.warmUp();
    }
  }
}
