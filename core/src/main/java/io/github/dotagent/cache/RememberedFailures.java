package io.github.dotagent.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import java.util.concurrent.TimeUnit;

/**
 * Questions that a server could not answer. They are not asked again for a while, longer with each
 * failure (RFC 9520 §3.2), so that a program that repeats them does not overload the upstream. Only
 * failures that an authenticated server reported are remembered. A failure on the way to the server
 * does not depend on the question, and may be over at the next lookup. Safe for use by any number
 * of threads.
 */
final class RememberedFailures {
  /** RFC 9520 §3.2: at least one second. */
  private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** RFC 9520 §3.2: at most five minutes. */
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** Each is an exception with its causes, some kilobytes. More names rarely fail at a time. */
  private static final long MOST = 1_000;

  /** A new cache replaces it if a thread was stopped inside it, as in {@link CachedNames}. */
  private volatile Cache<Question, Remembered> failures;

  RememberedFailures() {
    this(made());
  }

  RememberedFailures(Cache<Question, Remembered> first) {
    this.failures = first;
  }

  private static Cache<Question, Remembered> made() {
    return Caffeine.newBuilder().maximumSize(MOST).executor(CachedNames.ON_THE_SPOT).build();
  }

  /** The failure that the question is not asked for now; null when it may be asked. */
  LookupFailure find(Question question, long now) {
    if (failures.asMap().isEmpty()) {
      return null; // the usual case, and on the path of every cache miss
    }
    Remembered remembered = of(question);
    return remembered == null || remembered.until - now <= 0 ? null : remembered.failure;
  }

  /** Records a failure, if a server has reported it. */
  void remember(Question question, Throwable failure, long now) {
    if (!(failure instanceof LookupFailure) || !((LookupFailure) failure).isAServersWord()) {
      return;
    }
    Remembered before = of(question);
    long pause = SHORTEST_NANOS;
    if (before != null && now - before.until < LONGEST_NANOS) {
      pause = Math.min(LONGEST_NANOS, 2 * before.pause);
    }
    try {
      failures.put(question, new Remembered((LookupFailure) failure, pause, now + pause));
    } catch (ThreadDeath stopped) {
      failures = made();
      throw stopped;
    }
  }

  /** Null when there is none. */
  private Remembered of(Question question) {
    try {
      return failures.getIfPresent(question);
    } catch (ThreadDeath stopped) {
      failures = made();
      throw stopped;
    }
  }

  /** It was answered. */
  void forget(Question question) {
    if (!failures.asMap().isEmpty()) {
      try {
        failures.invalidate(question);
      } catch (ThreadDeath stopped) {
        failures = made();
        throw stopped;
      }
    }
  }

  void forgetAll() {
    try {
      failures.invalidateAll();
    } catch (ThreadDeath stopped) {
      failures = made();
      throw stopped;
    }
  }

  /** The memory of one question. */
  static final class Remembered {
    final LookupFailure failure;
    final long pause;
    final long until;

    Remembered(LookupFailure failure, long pause, long until) {
      this.failure = failure;
      this.pause = pause;
      this.until = until;
    }
  }
}
