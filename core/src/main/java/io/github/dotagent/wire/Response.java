package io.github.dotagent.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * The answer of a server's response, and how long the server keeps an idle connection. Immutable.
 *
 * @param <T> the type of the answer for the caller
 */
public final class Response<T> {
  private final T answer;
  private final Duration keepAlive; // null: not said

  Response(T answer, Duration keepAlive) {
    this.answer = answer;
    this.keepAlive = keepAlive;
  }

  /** The same of another answer. */
  public <U> Response<U> with(U other) {
    return new Response<>(other, keepAlive);
  }

  public T answer() {
    return answer;
  }

  /** How long the server keeps an idle connection (RFC 7828); empty when it does not say. */
  public Optional<Duration> keepAlive() {
    return Optional.ofNullable(keepAlive);
  }
}
