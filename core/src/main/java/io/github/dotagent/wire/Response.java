package io.github.dotagent.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * The answer in a server's response, and the server's data about itself. Immutable.
 *
 * @param <T> the type of the answer for the caller
 */
public final class Response<T> {
  private final T answer;
  private final Duration keepAlive; // null: the server does not say
  private final boolean hasEdns;

  Response(T answer, ReceivedMessage message) {
    this(answer, KeepAlive.of(message), message.hasEdns());
  }

  private Response(T answer, Duration keepAlive, boolean hasEdns) {
    this.answer = answer;
    this.keepAlive = keepAlive;
    this.hasEdns = hasEdns;
  }

  /** The same with another answer. */
  public <U> Response<U> with(U other) {
    return new Response<>(other, keepAlive, hasEdns);
  }

  public T answer() {
    return answer;
  }

  /**
   * Whether the response itself has OPT: a server without EDNS may answer as if there were none.
   */
  public boolean hasEdns() {
    return hasEdns;
  }

  /** How long the server keeps an idle connection (RFC 7828); empty when it does not say. */
  public Optional<Duration> keepAlive() {
    return Optional.ofNullable(keepAlive);
  }
}
