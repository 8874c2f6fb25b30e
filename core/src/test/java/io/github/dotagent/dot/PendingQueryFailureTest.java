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
  void keepsItsCause() {
    IOException lost = new IOException("Connection reset");
    assertSame(lost, ExchangeFailure.lost(lost).getCause());
    ExchangeFailure failure = ExchangeFailure.noAnswer();
    assertSame(failure, ExchangeFailure.unforeseen(failure));
    assertEquals(
        "failed with java.lang.IllegalStateException: x",
        ExchangeFailure.unforeseen(new IllegalStateException("x")).getMessage());
  }

  /** An exception may be brought about by octets that a server chose; an Error is of this JVM. */
  @Test
  void anErrorIsNoFaultOfTheServer() {
    ExchangeFailure failure = ExchangeFailure.unforeseen(new OutOfMemoryError("Java heap space"));
    assertEquals(ExchangeFailure.Kind.LOCAL, failure.kind());
    assertEquals(
        "could not be asked: this JVM failed with java.lang.OutOfMemoryError: Java heap space",
        failure.getMessage());
    assertEquals(
        ExchangeFailure.Kind.UNREACHABLE,
        ExchangeFailure.unforeseen(new IllegalStateException("x")).kind());
  }

  @Test
  void withoutMemoryAPreparedFailureIsUsed() {
    Error full =
        new OutOfMemoryError() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    assertSame(ExchangeFailure.brokenOff(), ExchangeFailure.unforeseen(full));
    assertEquals(ExchangeFailure.Kind.LOCAL, ExchangeFailure.brokenOff().kind());
  }
}
