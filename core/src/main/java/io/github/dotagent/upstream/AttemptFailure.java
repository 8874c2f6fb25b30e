package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure.Attempt;

/** One server was asked in vain; the lookup may go on with another. */
final class AttemptFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Attempt attempt;

  AttemptFailure(Attempt attempt) {
    super(attempt.toString());
    this.attempt = attempt;
  }

  Attempt attempt() {
    return attempt;
  }
}
