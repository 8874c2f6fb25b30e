package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Sends one upstream query for a question at a time, however many callers wait for it, and gives
 * the result to the cache and to the callers. Safe for use by any number of threads.
 */
final class QueryCoalescer {
  /** RFC 8767 §5: after this wait a caller gets the expired answer, and the query continues. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1800);

  /**
   * The part of the upstreams' capacity that refreshing may take: at 20 ms a round trip 1,600
   * queries a second, where one connection carries tens of thousands. A name without a place is
   * refreshed when a program looks it up.
   */
  static final int MOST_REFRESHED = 32;

  /**
   * A query that is older than this many of its timeouts has no caller left: the last one that
   * joined it in time has waited for a whole timeout.
   */
  private static final int TIMEOUTS_UNTIL_LOST = 2;

  private final Lookup upstream;
  private final long lostNanos;
  private final AnswerCache kept;
  private final CacheCounts counts;
  private final Timers timers;
  private final Log log;
  private final QueriesInFlight flights = new QueriesInFlight();
  private final AtomicInteger refreshed = new AtomicInteger();
  private volatile boolean retired; // later answers are not cached

  /**
   * @param timeoutNanos the time within which the upstream ends a query
   */
  QueryCoalescer(
      Lookup upstream,
      AnswerCache kept,
      CacheCounts counts,
      Timers timers,
      Log log,
      long timeoutNanos) {
    this.upstream = upstream;
    this.lostNanos = TIMEOUTS_UNTIL_LOST * timeoutNanos;
    this.kept = kept;
    this.counts = counts;
    this.timers = timers;
    this.log = log;
  }

  /**
   * Sends a query, or joins the one in flight. An Error may occur anywhere, because this runs on
   * the program's own stack. If it left an entry without a query in the map, all later callers
   * would wait for that entry.
   *
   * @param canServeStale whether there is a stale answer to give when the query takes too long
   */
  CompletableFuture<Answer> ask(Question question, boolean canServeStale) {
    while (true) {
      InFlightQuery mine = new InFlightQuery(false, timers.nanoTime());
      CompletableFuture<Answer> waiter = null;
      try {
        InFlightQuery flying = flights.putIfAbsent(question, mine);
        if (flying != null && endIfLost(question, flying)) {
          continue;
        }
        waiter = join(question, flying == null ? mine : flying, canServeStale);
        if (flying == null) {
          begin(question, mine);
        } else if (waiter != null) {
          counts.coalesced();
        }
      } catch (Throwable broken) {
        abandon(question, mine, broken);
        if (waiter == null) {
          throw broken;
        }
      }
      if (waiter != null) {
        return waiter;
      } // otherwise it has just ended and left the map
    }
  }

  private CompletableFuture<Answer> join(
      Question question, InFlightQuery flight, boolean canServeStale) {
    CompletableFuture<Answer> waiter = flight.join();
    if (waiter != null && canServeStale) {
      flight.whenLate(timers, PATIENCE_NANOS, new Late(question, flight));
    }
    return waiter;
  }

  /** Sends a query for which no caller waits, unless one is in flight or too many refreshes are. */
  void refresh(Question question) {
    InFlightQuery flying = flights.get(question);
    if (flying != null && !endIfLost(question, flying)) {
      return;
    }
    InFlightQuery mine = new InFlightQuery(true, timers.nanoTime());
    int places = refreshed.incrementAndGet();
    try {
      if (places > MOST_REFRESHED || flights.putIfAbsent(question, mine) != null) {
        leavePlace(mine);
      } else {
        counts.prefetched();
        begin(question, mine);
      }
    } catch (Throwable broken) { // the caller has an answer already
      abandon(question, mine, broken);
    }
  }

  private boolean endIfLost(Question question, InFlightQuery flying) {
    boolean lost = flying.isLost(timers.nanoTime(), lostNanos);
    if (lost) {
      abandon(question, flying, new IllegalStateException(question + ": its query never ended"));
    }
    return lost;
  }

  /** Removes the query from the map first: the next step may fail again. */
  private void abandon(Question question, InFlightQuery flight, Throwable broken) {
    flights.remove(question, flight);
    fail(flight, broken);
  }

  /** New settings are about to take effect: from now on only the callers get the results. */
  void retire() {
    retired = true;
  }

  /**
   * The callers that wait now get the result of the query in flight. It is not cached, and no
   * caller can join it.
   */
  void forget(String name) {
    for (RecordType type : RecordType.values()) {
      flights.remove(Question.of(name, type));
    }
  }

  /** The same for every name. */
  void forgetAll() {
    flights.clear();
  }

  private void begin(Question question, InFlightQuery flight) {
    CacheEntry meanwhile = kept.meanwhile(question);
    if (meanwhile != null) {
      flights.remove(question, flight);
      give(flight, meanwhile, null);
      return;
    }
    Landing landing = new Landing(question, flight);
    CompletableFuture<Answer> asked;
    try {
      asked = upstream.lookup(question);
    } catch (RuntimeException | Error broken) {
      // if it stayed in the map, all later callers would wait for it
      landing.apply(null, broken);
      return;
    }
    asked.handle(landing);
  }

  /**
   * Lands a flight that is out of the map: a later caller finds the cached answer, or asks anew.
   */
  private void give(InFlightQuery flight, CacheEntry keptAnswer, Answer came) {
    leavePlace(flight);
    flight.land();
    serve(flight, keptAnswer, came);
  }

  /**
   * If an Error occurs here, for lack of stack or memory, the callers without a result still wait.
   */
  private void serve(InFlightQuery flight, CacheEntry keptAnswer, Answer came) {
    CompletableFuture<Answer> waiter = flight.take();
    while (waiter != null) {
      boolean served = false;
      try {
        waiter.complete(counts.given(CacheEntry.given(keptAnswer, came, timers.nanoTime())));
        served = true;
      } finally {
        if (!served) {
          flight.putBack(waiter);
        }
      }
      waiter = flight.take();
    }
  }

  private static boolean isBogus(Throwable failure) {
    return failure instanceof LookupFailure
        && ((LookupFailure) failure).kind() == LookupFailure.Kind.BOGUS;
  }

  private void fail(InFlightQuery flight, Throwable failure) {
    leavePlace(flight);
    flight.land();
    CompletableFuture<Answer> waiter = flight.take();
    while (waiter != null) {
      waiter.completeExceptionally(failure);
      waiter = flight.take();
    }
  }

  private void leavePlace(InFlightQuery flight) {
    if (flight.leavesPlace()) {
      refreshed.decrementAndGet();
    }
  }

  /**
   * The entry that may serve while the upstreams fail, are late or are known to be away; null when
   * there is none.
   */
  CacheEntry lastResort(Question question) {
    CacheEntry found = kept.lastResort(question);
    if (found != null && log.shows(Level.DEBUG)) {
      String end = found.isFresh(timers.nanoTime()) ? "" : ", expired";
      String what = found.outcome() + " from the cache" + end + ", because no server answers";
      log.write(Level.DEBUG, question + ": " + what);
    }
    return found;
  }

  /**
   * The query has ended. A function, because a failure that a future hands on costs a new
   * exception.
   */
  private final class Landing implements BiFunction<Answer, Throwable, Void> {
    private final Question question;
    private final InFlightQuery flight;

    Landing(Question question, InFlightQuery flight) {
      this.question = question;
      this.flight = flight;
    }

    @Override
    public Void apply(Answer answer, Throwable failure) {
      try {
        land(answer, failure);
        return null;
      } catch (Throwable broken) {
        abandon(question, flight, broken);
        throw broken;
      }
    }

    private void land(Answer answer, Throwable failure) {
      CacheEntry instead = null;
      try {
        if (answer != null && !retired) {
          instead = kept.keep(question, answer);
        } else if (answer == null && isBogus(failure)) {
          kept.keepUntilItsEnd(question); // RFC 8767 is for servers that do not answer
        } else if (answer == null) {
          instead = lastResort(question);
        }
        if (answer == null && instead == null && !retired) {
          kept.remember(question, failure);
        }
      } finally {
        if (!flights.remove(question, flight) || retired && answer != null && instead != null) {
          kept.forget(question.name()); // it was flushed meanwhile, or its place has changed
        }
        if (answer == null && instead == null) {
          fail(flight, failure);
        } else {
          give(flight, instead, answer);
        }
      }
    }
  }

  /** The callers have waited long enough: gives them the stale answer. */
  private final class Late implements Runnable {
    private final Question question;
    private final InFlightQuery flight;

    Late(Question question, InFlightQuery flight) {
      this.question = question;
      this.flight = flight;
    }

    @Override
    public void run() {
      CacheEntry stale = lastResort(question);
      if (stale != null) {
        flight.patienceIsOver();
        serve(flight, stale, null);
      }
    }
  }
}
