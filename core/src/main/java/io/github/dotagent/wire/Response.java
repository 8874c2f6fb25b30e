package io.github.dotagent.wire;

import io.github.dotagent.answer.Answer;
import java.time.Duration;
import java.util.Optional;

/** What a server's response says: the answer, and what it lets know besides. Immutable. */
public final class Response {
  private final Answer answer;
  private final Duration keepAlive; // null: not said

  Response(Answer answer, Duration keepAlive) {
    this.answer = answer;
    this.keepAlive = keepAlive;
  }

  public Answer answer() {
    return answer;
  }

  /** How long the server keeps an idle connection (RFC 7828); empty when it does not say. */
  public Optional<Duration> keepAlive() {
    return Optional.ofNullable(keepAlive);
  }
}
