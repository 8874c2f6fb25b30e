package io.github.dotagent.resolver;

import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.answer.Source;
import io.github.dotagent.metrics.LookupOutcome;
import java.net.UnknownHostException;

/**
 * The result for one name, and its source: addresses, or the name of an address, or the reason why
 * there is none.
 */
final class NameResult<T> {
  private final T found; // null when there is nothing
  private final UnknownHostException refusal; // null when there is something
  private final LookupOutcome outcome;
  private final Source source;
  private final String server;
  private final SecurityStatus security;
  private final String failedIn; // null: it has not failed over TLS

  private NameResult(
      T found,
      UnknownHostException refusal,
      LookupOutcome outcome,
      Source source,
      String server,
      SecurityStatus security,
      String failedIn) {
    this.found = found;
    this.refusal = refusal;
    this.outcome = outcome;
    this.source = source;
    this.server = server;
    this.security = security;
    this.failedIn = failedIn;
  }

  static <T> NameResult<T> found(T found, Source source) {
    return found(found, source, null);
  }

  /**
   * @param server the address of the server that gave it; null where it was none
   */
  static <T> NameResult<T> found(T found, Source source, String server) {
    return new NameResult<>(
        found, null, LookupOutcome.FOUND, source, server, SecurityStatus.UNCHECKED, null);
  }

  /**
   * Nothing was found. If a server says so, other names may be tried; without an answer, another
   * name's addresses would be a guess.
   *
   * @param server as for {@link #found}
   */
  static <T> NameResult<T> refused(
      UnknownHostException refusal, LookupOutcome outcome, Source source, String server) {
    return new NameResult<>(null, refusal, outcome, source, server, SecurityStatus.UNCHECKED, null);
  }

  /** The same, with what is known of the signatures. */
  NameResult<T> with(SecurityStatus status) {
    return status == security
        ? this
        : new NameResult<>(found, refusal, outcome, source, server, status, failedIn);
  }

  /** The same, from there. */
  NameResult<T> from(Source other) {
    return other == source
        ? this
        : new NameResult<>(found, refusal, outcome, other, server, security, failedIn);
  }

  /**
   * The same, of a failure: the zone whose servers did not answer.
   *
   * @param zone empty: the servers for all names that no zone has
   */
  NameResult<T> failedIn(String zone) {
    return new NameResult<>(found, refusal, outcome, source, server, security, zone);
  }

  /** The zone whose servers did not answer; null if the servers are not the cause. */
  String failedIn() {
    return failedIn;
  }

  /** What is known of the signatures of the answers; the weakest of several. */
  SecurityStatus security() {
    return security;
  }

  boolean isFound() {
    return refusal == null;
  }

  boolean isNegative() {
    return outcome.isNegative();
  }

  LookupOutcome outcome() {
    return outcome;
  }

  Source source() {
    return source;
  }

  /** The address of the server that gave the answer; null where none did. */
  String server() {
    return server;
  }

  /** Why there is nothing; null when there is something. */
  UnknownHostException refusal() {
    return refusal;
  }

  T orThrow() throws UnknownHostException {
    if (refusal != null) {
      throw refusal;
    }
    return found;
  }
}
