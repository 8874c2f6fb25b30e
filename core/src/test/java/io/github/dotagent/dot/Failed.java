package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The failure of a future; waits for it as long as the test may take. */
final class Failed {
  private Failed() {}

  static ExchangeFailure of(CompletableFuture<?> future) {
    ExecutionException thrown = assertThrows(ExecutionException.class, future::get);
    return assertInstanceOf(ExchangeFailure.class, thrown.getCause());
  }

  static void with(ExchangeFailure.Kind kind, String message, CompletableFuture<?> future) {
    ExchangeFailure failure = of(future);
    assertEquals(message, failure.getMessage());
    assertEquals(kind, failure.kind());
  }
}
