package io.github.dotagent.metrics;

import io.github.dotagent.answer.LookupFailure;

/** The result of a lookup. */
public enum LookupOutcome {
  /** There are addresses, or there is a name. */
  FOUND("found"),
  /** There is no such name. */
  NO_SUCH_NAME("no such name"),
  /** The name exists, and has no record of the type. */
  NO_DATA("no data"),
  /** No answer: the servers did not prove their identity. */
  UNTRUSTED("untrusted"),
  /** No answer: its signatures show that it is not the zone's. */
  BOGUS("bogus"),
  /** No answer: the servers sent something else than a valid response. */
  MALFORMED("malformed"),
  /** No answer: the servers reported that they cannot answer. */
  SERVER_FAILURE("server failure"),
  /** No answer: they cannot be reached. */
  UNREACHABLE("unreachable"),
  /** No answer in time. */
  TIMEOUT("timeout"),
  /** The system resolver failed. */
  SYSTEM_FAILURE("system failure");

  private final String words;

  LookupOutcome(String words) {
    this.words = words;
  }

  /** The outcome of a lookup over TLS that failed for this reason. */
  public static LookupOutcome of(LookupFailure.Kind kind) {
    switch (kind) {
      case UNTRUSTED:
        return UNTRUSTED;
      case BOGUS:
        return BOGUS;
      case MALFORMED:
        return MALFORMED;
      case SERVER_FAILURE:
        return SERVER_FAILURE;
      case TIMEOUT:
        return TIMEOUT;
      default:
        return UNREACHABLE;
    }
  }

  /** Whether a server, or the system resolver, says that there is nothing. */
  public boolean isNegative() {
    return this == NO_SUCH_NAME || this == NO_DATA;
  }

  /** Whether the servers should have answered and did not. */
  public boolean isFailureOverTls() {
    return compareTo(NO_DATA) > 0 && this != SYSTEM_FAILURE;
  }

  /** In words, such as {@code no such name}. */
  @Override
  public String toString() {
    return words;
  }
}
