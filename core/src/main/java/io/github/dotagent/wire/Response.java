package io.github.dotagent.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server's response says: the answer, and what it lets know besides. Immutable.
 *
 * @param <T> what an answer is to whoever asked
 */
public final class Response<T> {
  private final T answer;
  private final Duration keepAlive; // null: not said

  Response(T answer, Duration keepAlive) {
    this.answer = answer;
    this.keepAlive = keepAlive;
  }

  public T answer() {
    return answer;
  }

  /** How long the server keeps an idle connection (RFC 7828); empty when it does not say. */
  public Optional<Duration> keepAlive() {
    return Optional.ofNullable(keepAlive);
  }
}
