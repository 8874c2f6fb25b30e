package io.github.dotagent.metrics;

import io.github.dotagent.answer.LookupFailure;

/** What came of a lookup. */
public enum Outcome {
  /** There are addresses, or there is a name. */
  FOUND("found"),
  /** There is no such name. */
  NO_SUCH_NAME("no such name"),
  /** There is such a name, and nothing of what was asked for. */
  NO_DATA("no data"),
  /** No answer: the servers are not who they should be. */
  UNTRUSTED("untrusted"),
  /** No answer: what they sent is none. */
  MALFORMED("malformed"),
  /** No answer: they said that they have none. */
  SERVER_FAILURE("server failure"),
  /** No answer: they cannot be reached. */
  UNREACHABLE("unreachable"),
  /** No answer in time. */
  TIMEOUT("timeout"),
  /** The system resolver failed. */
  SYSTEM_FAILURE("system failure");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** Of a lookup over TLS that failed for this reason. */
  public static Outcome of(LookupFailure.Kind kind) {
    switch (kind) {
      case UNTRUSTED:
        return UNTRUSTED;
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

  /** Whether somebody who knows says that there is nothing. */
  public boolean isNegative() {
    return this == NO_SUCH_NAME || this == NO_DATA;
  }

  /** Whether the servers were to answer and did not. */
  public boolean isFailureOverTls() {
    return compareTo(NO_DATA) > 0 && this != SYSTEM_FAILURE;
  }

  /** In words, such as {@code no such name}. */
  @Override
  public String toString() {
    return words;
  }
}
