package io.github.dotagent.dot;

import java.util.concurrent.CompletableFuture;

/** An exchange whose outcome a test can wait for. */
final class Exchanges {
  private Exchanges() {}

  static CompletableFuture<DotResponse> begin(
      DotTransport transport, byte[] query, long deadlineNanos) {
    CompletableFuture<DotResponse> outcome = new CompletableFuture<>();
    transport.exchange(
        query,
        deadlineNanos,
        new ResponseHandler() {
          @Override
          public void responded(DotResponse response) {
            outcome.complete(response);
          }

          @Override
          public void inTrouble(ExchangeFailure trouble) {
            // the outcome is still to come
          }

          @Override
          public void failed(ExchangeFailure failure) {
            outcome.completeExceptionally(failure);
          }
        });
    return outcome;
  }
}
