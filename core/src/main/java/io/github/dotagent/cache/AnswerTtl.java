package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import java.util.concurrent.TimeUnit;

/** How long an answer is kept: its TTL, within the user's bounds. */
final class AnswerTtl {
  private final CachePolicy policy;

  AnswerTtl(CachePolicy policy) {
    this.policy = policy;
  }

  /**
   * How long the answer is kept, in nanoseconds; 0: not at all.
   *
   * <p>Positive answers are clamped from both sides. Negative ones only from above (RFC 2308 §5):
   * one without SOA has a TTL of 0 and must not be kept, whatever {@code minTtl} says. A {@code
   * maxTtl} of 0 means "no cache" to the user, so then neither is kept.
   */
  long nanosOf(Answer answer) {
    if (answer.continuesAt() != null) {
      return 0; // the system resolver gives the rest of the answer
    }
    long given = TimeUnit.SECONDS.toNanos(answer.ttlSeconds());
    if (answer.outcome() != Answer.Outcome.RECORDS) {
      return policy.maxTtl().isZero() ? 0 : Math.min(given, policy.maxNegativeTtl().toNanos());
    }
    long atLeast = Math.max(given, policy.minTtl().toNanos());
    return Math.min(atLeast, policy.maxTtl().toNanos());
  }
}
