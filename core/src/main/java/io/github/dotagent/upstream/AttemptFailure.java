package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure.Attempt;

/**
 * One server was asked in vain; the lookup may go on with another. A value more than an exception:
 * hundreds are made at once when a server falls silent, so it has no stack trace.
 */
final class AttemptFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Attempt attempt;

  AttemptFailure(Attempt attempt) {
    super(null, null, false, false);
    this.attempt = attempt;
  }

  Attempt attempt() {
    return attempt;
  }
}
