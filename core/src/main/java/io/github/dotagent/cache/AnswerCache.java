package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.concurrent.Timers;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Keeps the results of earlier queries, answers and failures, and decides which of them a program
 * may get. Safe for use by any number of threads.
 */
final class AnswerCache {
  /**
   * RFC 8767 §4 and §5: an answer that was given past its end counts as fresh for 30 seconds, and
   * its question is not asked again before that.
   */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** An answer is refreshed in the last tenth of its life, as with Unbound's {@code prefetch}. */
  private static final long PARTS_OF_A_LIFE = 10;

  private final CachedNames names;
  private final RememberedFailures failures = new RememberedFailures();
  private final Timers timers;
  private volatile CachePolicy policy;

  AnswerCache(CachePolicy policy, Timers timers) {
    this.names = new CachedNames(policy.maxEntries());
    this.policy = policy;
    this.timers = timers;
  }

  /** The policy for new answers from now on; cached answers keep their end. */
  void follow(CachePolicy other) {
    CachePolicy before = policy;
    policy = other;
    if (before.maxEntries() != other.maxEntries()) {
      names.resize(other.maxEntries());
    }
  }

  /** The entry for a question, fresh or not; null when there is none. */
  CacheEntry find(Question question, long now) {
    return names.use(question, now);
  }

  /** Describes the entry for people; null when there is none. */
  String text(Question question, long now) {
    CacheEntry found = names.find(question);
    LookupFailure failure = failures.find(question, now);
    if (failure != null) {
      return "failed, and is not asked for again for a moment: " + failure.getMessage();
    }
    return found == null ? null : found.text(now, mayServe(found, now));
  }

  /** The result of a query that ended after the caller looked; null if there was none. */
  CacheEntry meanwhile(Question question) {
    CacheEntry found = names.find(question);
    long now = timers.nanoTime();
    return found != null && found.isFresh(now) && !found.isDue(now) ? found : null;
  }

  /** The failure that forbids asking the question now; null if it may be asked. */
  LookupFailure failure(Question question) {
    return failures.find(question, timers.nanoTime());
  }

  /**
   * Whether the entry may be given when no server answers: while it is fresh, and after that for as
   * long as the user allows. NXDOMAIN is never given past its end, because the name may exist by
   * now. Neither is an answer if the servers have since sent a bogus one.
   */
  boolean mayServe(CacheEntry kept, long now) {
    return kept.isFresh(now)
        || (!kept.isNoSuchName()
            && !kept.isForItsLifeOnly()
            && kept.nanosSinceItsEnd(now) < policy.stale().toNanos());
  }

  /**
   * Keeps the answer for its TTL, in place of an earlier one. Returns null if it must not be kept.
   *
   * <p>Some load balancers answer "no such name" for a type that they do not know (RFC 4074 §4.2).
   * While records of another type show that the name exists, it counts as "no data".
   */
  CacheEntry keep(Question question, Answer answer) {
    long life = new AnswerTtl(policy).nanosOf(answer);
    if (answer.outcome() == Answer.Outcome.NO_SUCH_NAME) {
      long shown = names.nanosShownToExist(question, timers.nanoTime());
      if (shown > 0) {
        Answer noData =
            Answer.noData(answer.ttlSeconds(), answer.server())
                .because(answer.extendedError())
                .with(answer.security());
        return keep(
            question, answer.isAliased() ? noData.aliased() : noData, Math.min(life, shown));
      }
    }
    return keep(question, answer, life);
  }

  private CacheEntry keep(Question question, Answer answer, long life) {
    CacheEntry kept = null;
    if (life > 0) {
      long end = timers.nanoTime() + life;
      boolean refreshed = policy.prefetch() && answer.outcome() != Answer.Outcome.NO_SUCH_NAME;
      long askAgainAt = refreshed ? end - life / PARTS_OF_A_LIFE : end;
      kept = CacheEntry.of(answer, end, askAgainAt);
    }
    names.keep(question, answer.outcome(), kept);
    failures.forget(question);
    return kept;
  }

  /**
   * The entry that may be given while the upstreams fail or are late; it is not refreshed again for
   * 30 seconds. Null when there is none.
   */
  CacheEntry lastResort(Question question) {
    CacheEntry kept = names.find(question);
    long now = timers.nanoTime();
    if (kept == null || !mayServe(kept, now)) {
      return null;
    }
    kept.restUntil(now + REST_NANOS);
    return kept;
  }

  /**
   * The servers' new answer is bogus. The cached answer is valid until its end, and is not
   * refreshed for 30 seconds; past its end it must no longer be given.
   */
  void keepUntilItsEnd(Question question) {
    CacheEntry found = names.find(question);
    long now = timers.nanoTime();
    if (found == null) {
      return;
    }
    if (found.isFresh(now)) {
      found.mustNotOutliveItself();
      found.restUntil(now + REST_NANOS);
    } else {
      names.keep(question, found.outcome(), null);
    }
  }

  /** There was no stale answer either: the question is not asked again for a while. */
  void remember(Question question, Throwable failure) {
    failures.remember(question, failure, timers.nanoTime());
  }

  /** Forgets the question's name, with all its types. */
  void forget(String name) {
    names.forget(name);
    for (RecordType type : RecordType.values()) {
      failures.forget(Question.of(name, type));
    }
  }

  /**
   * The same for all names of a kind, and for all failures, which came from the previous servers.
   *
   * @param aliasesToo whether to forget every answer that an alias led to, too
   */
  void forget(Predicate<String> kind, boolean aliasesToo) {
    names.forget(kind, aliasesToo);
    failures.forgetAll();
  }

  /** About how many names are kept. */
  long size() {
    return names.size();
  }

  /** How many names may be kept. */
  long maxEntries() {
    return policy.maxEntries();
  }

  void forgetAll() {
    names.forgetAll();
    failures.forgetAll();
  }
}
