package io.github.dotagent.upstream;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.SignedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Asks the best of the servers, and others when it fails or is late, until one answers. Safe for
 * use by any number of threads.
 */
public final class UpstreamPool implements Lookup {
  private static final Predicate<String> EVERY_NAME =
      new Predicate<String>() {
        @Override
        public boolean test(String name) {
          return true;
        }
      };

  private final Servers servers;
  private final Timers timers;
  private final long timeoutNanos;
  private final Log log;
  private final OutageLog outage;
  private final HedgeBudget budget = new HedgeBudget();

  /** For servers whose failed lookups are not counted, such as the servers of a warm-up. */
  public UpstreamPool(Servers servers, Timers timers, long timeoutNanos, Log log) {
    this(servers, timers, timeoutNanos, log, OutageLog.uncounted(timers, log));
  }

  /**
   * @param timeoutNanos the bound of one lookup, over all servers
   * @param outage learns when no server is left, and when one is back
   */
  public UpstreamPool(
      Servers servers, Timers timers, long timeoutNanos, Log log, OutageLog outage) {
    this.servers = servers;
    this.outage = outage;
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
    this.log = log;
  }

  /** Learns that the first connection exists, or that only the server is still awaited. */
  public interface Warmed {
    /** Called once at least. */
    void over();
  }

  /** Begins to connect to the first server, and to the next when that fails; returns at once. */
  public void warmUp(final Warmed told) {
    servers.whenKnown(
        new Servers.Use() {
          @Override
          public long deadlineNanos() {
            return timers.nanoTime() + timeoutNanos;
          }

          @Override
          public void of(List<Upstream> upstreams) {
            new WarmingUp(upstreams, told).next(0);
          }

          @Override
          public void none(Throwable why) {
            told.over();
          }
        });
  }

  private final class WarmingUp {
    private final List<Upstream> upstreams;
    private final Warmed told;

    WarmingUp(List<Upstream> upstreams, Warmed told) {
      this.upstreams = upstreams;
      this.told = told;
    }

    void next(int index) {
      Upstream upstream = upstreams.get(index);
      SilenceLimit silence = new SilenceLimit(upstream, told);
      silence.watch();
      upstream.warmUp().handle(new Opening(this, index, silence));
    }
  }

  private static final class Opening implements BiFunction<Void, Throwable, Void> {
    private final WarmingUp warming;
    private final int index;
    private final SilenceLimit silence;

    Opening(WarmingUp warming, int index, SilenceLimit silence) {
      this.warming = warming;
      this.index = index;
      this.silence = silence;
    }

    @Override
    public Void apply(Void opened, Throwable failure) {
      silence.end();
      boolean last = index + 1 == warming.upstreams.size();
      if (failure == null || last) {
        warming.told.over();
      }
      if (failure != null && !last) {
        warming.next(index + 1);
      }
      return null;
    }
  }

  /**
   * The server is silent, and this machine has finished its own part. Lookups begin now, and ask
   * the other servers as always when one is silent.
   */
  private final class SilenceLimit implements Runnable {
    private final Upstream upstream;
    private final Warmed told;
    private final long begun = timers.nanoTime();
    private final long patience = Math.min(HedgeDelay.UNCONNECTED_NANOS, timeoutNanos / 4);
    private long due;
    private Timers.Timer timer; // guarded by this, as the next
    private boolean ended;

    SilenceLimit(Upstream upstream, Warmed told) {
      this.upstream = upstream;
      this.told = told;
    }

    synchronized void watch() {
      if (!ended) {
        due = timers.nanoTime() + patience;
        timer = timers.unlessCancelled(patience, this);
      }
    }

    synchronized void end() {
      ended = true;
      timer.cancel();
    }

    @Override
    public void run() {
      long lateness = Math.max(timers.nanoTime() - due, timers.latenessNanos());
      if (lateness >= RoundTrip.LEAST_MARGIN_NANOS || upstream.isOurTurn(patience)) {
        watch(); // the delay may be this machine's own
      } else {
        upstream.standing().markLate(begun);
        told.over();
      }
    }
  }

  /** The answer, for all names that it leads to. */
  @Override
  public CompletableFuture<Answer> lookup(Question question) {
    return lookup(question, EVERY_NAME, timers.nanoTime());
  }

  /**
   * @param believed the names that these servers may speak for, as a question spells them
   * @param begun when the whole lookup began, on the timer's clock; its time limit counts from then
   */
  CompletableFuture<Answer> lookup(Question question, Predicate<String> believed, long begun) {
    return ask(new AnswerQuery(question, believed, servers.privately()), begun);
  }

  /**
   * The same without a future, for nearly every lookup: a future costs a young JVM a dozen calls.
   *
   * @param told the end: the answer, or the failure. Throws nothing
   */
  void lookup(
      Question question,
      Predicate<String> believed,
      long begun,
      BiFunction<Answer, Throwable, Void> told) {
    ask(new AnswerQuery(question, believed, servers.privately()), begun, null, told);
  }

  /**
   * Asks a library's query. The result is the response as the server sent it, once it is known to
   * be a response.
   */
  CompletableFuture<byte[]> forward(ForwardedQuery query, long begun) {
    return ask(new OctetsQuery(query, servers.privately(), false), begun);
  }

  /** The same, with the server's verdict on the signatures, as in {@link #lookupWithVerdict}. */
  CompletableFuture<byte[]> forwardWithVerdict(ForwardedQuery query, long begun) {
    return ask(new OctetsQuery(query, servers.privately(), true), begun);
  }

  /** Records with their signatures, none of which is checked. */
  CompletableFuture<SignedResponse> records(SignedQuery query) {
    return ask(new DnssecQuery(query, servers.privately()), timers.nanoTime());
  }

  /**
   * The same, from any server but one; null when there is no other.
   *
   * @param server the address of the one that is not asked
   */
  CompletableFuture<SignedResponse> recordsFromAnother(SignedQuery query, String server) {
    for (Upstream upstream : servers.now()) {
      if (!upstream.isAt(server)) {
        return ask(new DnssecQuery(query, servers.privately()), timers.nanoTime(), server);
      }
    }
    return null;
  }

  /**
   * The same, with the server's verdict on the answer's signatures: AD is set in the query (RFC
   * 6840 §5.7), and read in the response.
   */
  CompletableFuture<Answer> lookupWithVerdict(
      Question question, Predicate<String> believed, long begun) {
    return ask(new AnswerQuery(question, believed, servers.privately(), true), begun);
  }

  private <T> CompletableFuture<T> ask(EncodedQuery<T> query, long begun) {
    return ask(query, begun, null);
  }

  /**
   * @param without the address of a server that is not asked; null: of none
   */
  private <T> CompletableFuture<T> ask(EncodedQuery<T> query, long begun, String without) {
    Promise<T> promise = new Promise<>();
    ask(query, begun, without, promise);
    return promise;
  }

  private <T> void ask(
      EncodedQuery<T> query,
      long begun,
      String without,
      BiFunction<? super T, Throwable, Void> told) {
    servers.whenKnown(new Asking<>(query, begun, without, told));
  }

  /** A future that completes with the end. */
  private static final class Promise<T> extends CompletableFuture<T>
      implements BiFunction<T, Throwable, Void> {
    @Override
    public Void apply(T answer, Throwable failure) {
      if (failure == null) {
        complete(answer);
      } else {
        completeExceptionally(failure);
      }
      return null;
    }
  }

  @Override
  public String doing(String name) {
    StringBuilder all = new StringBuilder();
    for (Upstream upstream : servers.now()) {
      all.append(all.length() == 0 ? "" : "; ").append(upstream.spec());
      all.append(' ').append(upstream.doing());
    }
    return all.length() == 0 ? "the servers' own addresses are not known yet" : all.toString();
  }

  @Override
  public boolean isOutOfReach(String name) {
    return servers.areOutOfReach();
  }

  /** The status of each server, in the user's order; of a name while it has no address. */
  public List<UpstreamStatus> status() {
    return servers.status();
  }

  /**
   * A query to the known servers. Outage and log learn its result first, because a program may end
   * as soon as it has its answer.
   */
  private final class Asking<T> implements Servers.Use, LookupInProgress.Result<T> {
    private final EncodedQuery<T> query;
    private final long begun;
    private final String without; // null: each may be asked
    private final BiFunction<? super T, Throwable, Void> told;
    private boolean ended; // guarded by this

    Asking(
        EncodedQuery<T> query,
        long begun,
        String without,
        BiFunction<? super T, Throwable, Void> told) {
      this.query = query;
      this.begun = begun;
      this.without = without;
      this.told = told;
    }

    @Override
    public long deadlineNanos() {
      return begun + timeoutNanos;
    }

    @Override
    public void of(List<Upstream> upstreams) {
      List<Upstream> order = Ranking.of(without == null ? upstreams : others(upstreams));
      budget.earn();
      tryOne(order);
      new LookupInProgress<>(query, order, budget, timers, deadlineNanos(), this).begin();
    }

    @Override
    public void none(Throwable why) {
      end(null, why);
    }

    /** The servers to ask instead; all of them if there is no other. */
    private List<Upstream> others(List<Upstream> upstreams) {
      List<Upstream> others = new ArrayList<>(upstreams);
      for (Upstream upstream : upstreams) {
        if (upstream.isAt(without)) {
          others.remove(upstream);
        }
      }
      return others.isEmpty() ? upstreams : others;
    }

    /** The caller does not need the result; the counts of the server do. */
    private void tryOne(List<Upstream> order) {
      for (int i = 1; i < order.size(); i++) {
        Upstream other = order.get(i);
        if (other.standing().beginTrial()) {
          try {
            other.ask(query, deadlineNanos(), new Trial<T>(other));
          } catch (Throwable broken) { // for example out of memory
            other.standing().health().trialIsOver();
            throw broken;
          }
          return;
        }
      }
    }

    @Override
    public void end(T answer, Throwable failure) {
      if (!endsNow()) {
        return;
      }
      try {
        record(answer, failure);
      } finally {
        told.apply(answer, failure);
      }
    }

    private synchronized boolean endsNow() {
      boolean first = !ended;
      ended = true;
      return first;
    }

    @Override
    public synchronized boolean isOver() {
      return ended;
    }

    private void record(T answer, Throwable failure) {
      if (failure instanceof LookupFailure) {
        if (servers.allFailed()) {
          outage.begins(servers.now());
        }
      } else if (answer != null && servers.oneAnswered()) {
        outage.ends(servers.now());
      }
      if (log.shows(Level.DEBUG)) {
        log.write(Level.DEBUG, query + ": " + textOf(answer, failure));
      }
    }

    private String textOf(T answer, Throwable failure) {
      if (answer == null) {
        return String.valueOf(failure.getMessage());
      }
      long micros = (timers.nanoTime() - begun) / 1_000;
      return query.textOf(answer) + " in " + micros + " us";
    }
  }

  /** No caller waits for its result. */
  private static final class Trial<T> implements Upstream.Asker<T> {
    private final Upstream upstream;

    Trial(Upstream upstream) {
      this.upstream = upstream;
    }

    @Override
    public void answered(T answer) {}

    @Override
    public void failed(LookupFailure.Attempt attempt) {}

    /** Nothing was learnt of the server: the next query may try it. */
    @Override
    public void broken(Throwable unforeseen) {
      upstream.standing().health().trialIsOver();
    }

    @Override
    public void inTrouble() {}
  }
}
