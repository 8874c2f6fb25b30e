package io.github.dotagent.upstream;

import io.github.dotagent.answer.LookupFailure.Attempt;
import java.util.concurrent.CompletableFuture;

/** What an upstream tells its asker, as a future. */
final class Asked<T> extends CompletableFuture<T> implements Upstream.Asker<T> {
  /** It was asked in vain. */
  static final class InVainException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Attempt attempt;

    InVainException(Attempt attempt) {
      this.attempt = attempt;
    }

    Attempt attempt() {
      return attempt;
    }
  }

  static <T> Asked<T> of(Upstream upstream, EncodedQuery<T> query, long deadlineNanos) {
    Asked<T> asked = new Asked<>();
    upstream.ask(query, deadlineNanos, asked);
    return asked;
  }

  @Override
  public void answered(T answer) {
    complete(answer);
  }

  @Override
  public void failed(Attempt attempt) {
    completeExceptionally(new InVainException(attempt));
  }

  @Override
  public void broken(Throwable unforeseen) {
    completeExceptionally(unforeseen);
  }

  @Override
  public void inTrouble() {}
}
