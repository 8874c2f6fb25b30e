package io.github.dotagent.dot;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Exchanges whose outcome a test can wait for. */
final class Exchanges {
  /** Later than any clock of a test, by difference. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private Exchanges() {}

  /** One for a connection. */
  static PendingQuery of(byte[] query) {
    return of(query, false);
  }

  static PendingQuery of(byte[] query, boolean patient) {
    return new PendingQuery(query, NEVER, patient, null, new Waiting());
  }

  static CompletableFuture<byte[]> response(PendingQuery exchange) {
    return ((Waiting) exchange.owner()).response;
  }

  /** How often its connection was doubted. */
  static int doubts(PendingQuery exchange) {
    return ((Waiting) exchange.owner()).doubts.get();
  }

  private static final class Waiting implements PendingQuery.Owner {
    private final CompletableFuture<byte[]> response = new CompletableFuture<>();
    private final AtomicInteger doubts = new AtomicInteger();

    @Override
    public void responded(PendingQuery exchange, byte[] message) {
      response.complete(message);
    }

    @Override
    public void failed(PendingQuery exchange, ExchangeFailure failure) {
      response.completeExceptionally(failure);
    }

    @Override
    public void doubted(PendingQuery exchange) {
      doubts.incrementAndGet();
    }
  }

  static CompletableFuture<ReceivedResponse> begin(
      DotTransport transport, byte[] query, long deadlineNanos) {
    CompletableFuture<ReceivedResponse> outcome = new CompletableFuture<>();
    transport.exchange(
        query,
        deadlineNanos,
        new ResponseHandler() {
          @Override
          public void responded(byte[] message, long roundTripNanos, IdleLimit idleLimit) {
            outcome.complete(new ReceivedResponse(message, roundTripNanos));
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
