package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.support.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * One upstream query for a question at a time, however many wait for it, and what becomes of what
 * it brings. Safe for use by any number of threads.
 */
final class InFlight {
  /** RFC 8767 §5: who has waited so long is given what has expired, and the query goes on. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1800);

  /**
   * The part of the upstreams' capacity that refreshing may take: at 20 ms a round trip 1,600
   * queries a second, where one connection carries tens of thousands. A name that finds no place is
   * asked for when somebody wants it.
   */
  static final int MOST_REFRESHED = 32;

  private final Lookup upstream;
  private final KeptAnswers kept;
  private final Timers timers;
  private final Log log;
  private final ConcurrentMap<Question, Flight> flights = new ConcurrentHashMap<>();
  private final AtomicInteger refreshed = new AtomicInteger();

  InFlight(Lookup upstream, KeptAnswers kept, Timers timers, Log log) {
    this.upstream = upstream;
    this.kept = kept;
    this.timers = timers;
    this.log = log;
  }

  /**
   * Asks, or joins whoever asked before.
   *
   * @param canServeStale whether there is something to give when it takes too long
   */
  CompletableFuture<Answer> ask(Question question, boolean canServeStale) {
    while (true) {
      Flight mine = new Flight(false);
      Flight flying = flights.putIfAbsent(question, mine);
      Flight flight = flying == null ? mine : flying;
      CompletableFuture<Answer> waiter = flight.join();
      if (waiter == null) {
        continue; // it has landed this very moment, and is gone from the map
      }
      if (canServeStale) {
        flight.whenLate(timers, PATIENCE_NANOS, new Late(question, flight));
      }
      if (flying == null) {
        begin(question, mine);
      }
      return waiter;
    }
  }

  /** Asks with nobody waiting, unless it is being asked or too much is being refreshed. */
  void refresh(Question question) {
    Flight mine = new Flight(true);
    if (refreshed.incrementAndGet() > MOST_REFRESHED
        || flights.putIfAbsent(question, mine) != null) {
      refreshed.decrementAndGet();
    } else {
      begin(question, mine);
    }
  }

  /** What is on its way is given to those who wait for it now, and neither kept nor joined. */
  void forget(String name) {
    for (RecordType type : RecordType.values()) {
      flights.remove(Question.of(name, type));
    }
  }

  /** The same of every name. */
  void forgetAll() {
    flights.clear();
  }

  private void begin(Question question, Flight flight) {
    KeptAnswer meanwhile = kept.meanwhile(question);
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
      // left in the map, it would be what everybody waits for from now on
      landing.accept(null, broken);
      return;
    }
    asked.whenComplete(landing);
  }

  /** Lands: out of the map already, so who comes later finds what is kept, or asks anew. */
  private void give(Flight flight, KeptAnswer keptAnswer, Answer unkept) {
    if (flight.isRefresh()) {
      refreshed.decrementAndGet();
    }
    long now = timers.nanoTime();
    for (CompletableFuture<Answer> waiter : flight.land()) {
      waiter.complete(keptAnswer == null ? unkept : keptAnswer.answer(now));
    }
  }

  private KeptAnswer lastResort(Question question) {
    KeptAnswer found = kept.lastResort(question);
    if (found != null && log.shows(Level.DEBUG)) {
      String end = found.isFresh(timers.nanoTime()) ? "" : ", expired";
      log.write(
          Level.DEBUG,
          question + ": " + found.outcome() + " from the cache" + end + ", for nobody answers");
    }
    return found;
  }

  /** The query has ended. */
  private final class Landing implements BiConsumer<Answer, Throwable> {
    private final Question question;
    private final Flight flight;

    Landing(Question question, Flight flight) {
      this.question = question;
      this.flight = flight;
    }

    @Override
    public void accept(Answer answer, Throwable failure) {
      KeptAnswer instead = null;
      try {
        instead = answer == null ? lastResort(question) : kept.keep(question, answer);
        if (answer == null && instead == null) {
          kept.remember(question, failure);
        }
      } finally {
        if (!flights.remove(question, flight)) {
          kept.forget(question.name()); // it was flushed meanwhile
        }
        if (answer == null && instead == null) {
          fail(failure);
        } else {
          give(flight, instead, answer);
        }
      }
    }

    private void fail(Throwable failure) {
      if (flight.isRefresh()) {
        refreshed.decrementAndGet();
      }
      for (CompletableFuture<Answer> waiter : flight.land()) {
        waiter.completeExceptionally(failure);
      }
    }
  }

  /** Somebody has waited long enough. */
  private final class Late implements Runnable {
    private final Question question;
    private final Flight flight;

    Late(Question question, Flight flight) {
      this.question = question;
      this.flight = flight;
    }

    @Override
    public void run() {
      KeptAnswer stale = lastResort(question);
      if (stale != null) {
        for (CompletableFuture<Answer> waiter : flight.leaveEarly()) {
          waiter.complete(stale.answer(timers.nanoTime()));
        }
      }
    }
  }
}
