package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Answers questions from memory within their TTL, and asks the upstream for all others. A name in
 * use is asked again shortly before its answer expires. Past its end an answer is given while the
 * upstreams fail. Safe for use by any number of threads.
 */
public final class CachedLookup implements Lookup {
  private final Lookup upstream;
  private final AnswerCache kept;
  private final QueryCoalescer inFlight;
  private final CacheCounts counts;
  private final Timers timers;
  private final Log log;

  /**
   * @param upstream asked for answers that are not in memory
   * @param timeoutNanos the time within which the upstream ends a query
   * @param timers the clock for TTLs
   */
  public CachedLookup(
      Lookup upstream, CachePolicy policy, long timeoutNanos, Timers timers, Log log) {
    this(upstream, new AnswerCache(policy, timers), new CacheCounts(), timeoutNanos, timers, log);
  }

  private CachedLookup(
      Lookup upstream,
      AnswerCache kept,
      CacheCounts counts,
      long timeoutNanos,
      Timers timers,
      Log log) {
    this.upstream = upstream;
    this.kept = kept;
    this.counts = counts;
    this.inFlight = new QueryCoalescer(upstream, kept, counts, timers, log, timeoutNanos);
    this.timers = timers;
    this.log = log;
  }

  /**
   * The successor of this one after a change of settings. It has the same answers, but callers of
   * one never join a query in flight of the other.
   *
   * @param timeoutNanos as for the constructor
   */
  public CachedLookup next(Lookup other, long timeoutNanos) {
    return new CachedLookup(other, kept, counts, timeoutNanos, timers, log);
  }

  /**
   * Other settings are about to take effect. From now on, answers of servers here go only to the
   * callers that wait for them, and are not kept. Cached failures are forgotten, because other
   * servers may be asked now.
   *
   * @param policy how answers are kept from now on, in this one and the next
   * @param moved whether a name, as a question spells it, now goes elsewhere: it is forgotten
   * @param someAreMoved whether there may be such names: then every answer behind an alias is
   *     forgotten, too, because the alias may have led to such a name, and the cache does not keep
   *     its target
   */
  public void retire(CachePolicy policy, Predicate<String> moved, boolean someAreMoved) {
    inFlight.retire();
    kept.follow(policy);
    kept.forget(moved, someAreMoved);
  }

  @Override
  public String doing(String name) {
    return upstream.doing(name);
  }

  @Override
  public boolean isOutOfReach(String name) {
    return upstream.isOutOfReach(name);
  }

  @Override
  public CompletableFuture<Answer> lookup(Question question) {
    long now = timers.nanoTime();
    CacheEntry known = kept.find(question, now);
    boolean mayServe = false;
    if (known != null) {
      mayServe = kept.mayServe(known, now);
      if (mayServe && (known.isFresh(now) || !known.isDue(now))) {
        return CompletableFuture.completedFuture(fromTheCache(question, known, now));
      }
    }
    if (mayServe && upstream.isOutOfReach(question.name())) {
      CacheEntry stale = inFlight.lastResort(question);
      if (stale != null) {
        // no caller waits for servers known to be away; a refresh checks whether they are back
        inFlight.refresh(question);
        counts.hit();
        return CompletableFuture.completedFuture(counts.given(stale.answer(now)));
      }
    }
    LookupFailure failure = kept.failure(question);
    if (failure != null) {
      counts.hit();
      return failed(failure);
    }
    counts.missed();
    return inFlight.ask(question, mayServe);
  }

  private Answer fromTheCache(Question question, CacheEntry known, long now) {
    boolean fresh = known.isFresh(now);
    if (known.isDue(now)) {
      inFlight.refresh(question);
    }
    if (log.shows(Level.DEBUG)) {
      log.write(
          Level.DEBUG,
          question + ": " + known.outcome() + " from the cache" + (fresh ? "" : ", expired"));
    }
    counts.hit();
    return counts.given(known.answer(now));
  }

  /** The counts and the size at this moment. */
  public CacheStatus status() {
    return counts.status(kept.size(), kept.maxEntries());
  }

  private static CompletableFuture<Answer> failed(LookupFailure failure) {
    CompletableFuture<Answer> failed = new CompletableFuture<>();
    failed.completeExceptionally(failure);
    return failed;
  }

  /**
   * The cache entries of a name, for people: a line for each type. It does not count as a use, and
   * asks no server.
   *
   * @param name a domain name in ASCII
   */
  public List<String> kept(String name) {
    List<String> lines = new ArrayList<>();
    long now = timers.nanoTime();
    for (RecordType type : RecordType.values()) {
      String line = kept.text(Question.of(name, type), now);
      if (line != null) {
        lines.add(type + " " + line);
      }
    }
    return lines;
  }

  /**
   * Forgets everything, failures too. Answers to queries in flight go to the callers that wait for
   * them, and are not kept; a caller after this has returned sends a new query.
   */
  public void flush() {
    inFlight.forgetAll();
    kept.forgetAll();
  }

  /**
   * The same of one name, all its types.
   *
   * @param name a domain name in ASCII, in any case, with or without the dot at its end
   */
  public void flush(String name) {
    String asKept = Question.of(name, RecordType.A).name();
    inFlight.forget(asKept);
    kept.forget(asKept);
  }
}
