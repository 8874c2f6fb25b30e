package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.dot.ExchangeFailure;

/** Maps a failed exchange to the failure that the caller of the lookup sees. */
final class FailureKinds {
  private FailureKinds() {}

  /**
   * @param server as the user writes it
   */
  static LookupFailure.Attempt attempt(String server, ExchangeFailure failure) {
    String reason = failure.getMessage();
    return failure.kind() == ExchangeFailure.Kind.NO_ANSWER
        ? LookupFailure.Attempt.silence(server, reason, failure)
        : new LookupFailure.Attempt(server, of(failure), reason, failure);
  }

  private static LookupFailure.Kind of(ExchangeFailure failure) {
    switch (failure.kind()) {
      case UNTRUSTED:
        return LookupFailure.Kind.UNTRUSTED;
      case MALFORMED:
        return LookupFailure.Kind.MALFORMED;
      case TIMEOUT:
      case NO_ANSWER:
      case NOT_SENT:
        return LookupFailure.Kind.TIMEOUT;
      default:
        return LookupFailure.Kind.UNREACHABLE;
    }
  }
}
