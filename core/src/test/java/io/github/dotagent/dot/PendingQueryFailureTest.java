package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PendingQueryFailureTest {
  /** Hundreds are made at once, when a connection is lost: nothing of them is walked or kept. */
  @Test
  void costsNoStackTrace() {
    ExchangeFailure failure = ExchangeFailure.noAnswer();
    assertEquals(0, failure.getStackTrace().length);
    failure.addSuppressed(new IOException("x"));
    assertEquals(0, failure.getSuppressed().length);
  }

  @Test
  void keepsWhatItComesFrom() {
    IOException lost = new IOException("Connection reset");
    assertSame(lost, ExchangeFailure.lost(lost).getCause());
    ExchangeFailure failure = ExchangeFailure.busy();
    assertSame(failure, ExchangeFailure.unforeseen(failure));
    assertEquals(
        "failed with java.lang.Error: x", ExchangeFailure.unforeseen(new Error("x")).getMessage());
  }
}
