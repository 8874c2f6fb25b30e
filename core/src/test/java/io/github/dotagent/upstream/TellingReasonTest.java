package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A server that has a new key closes its connections: it is the key that matters. */
class TellingReasonTest {
  private final ScriptedPool pool = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1");

  @Test
  void aWrongIdentitySaysMoreThanAClosedConnection() {
    CompletableFuture<Answer> one = pool.lookup();
    ScriptedTransport.Asked first = pool.asked(0);
    CompletableFuture<Answer> other = pool.lookup();
    pool.asked(0).fail(ExchangeFailures.untrusted("pin mismatch"));
    first.fail(ExchangeFailures.unreachable("the server closed the connection"));
    assertEquals(reason(other), reason(one));
  }

  @Test
  void notOneThatWasShownBeforeTheQuery() {
    CompletableFuture<Answer> before = pool.lookup();
    pool.asked(0).fail(ExchangeFailures.untrusted("pin mismatch"));
    pool.timers().advance(Duration.ofMillis(1));
    CompletableFuture<Answer> after = pool.lookup();
    pool.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
    assertEquals(reason(before).replace("pin mismatch", "connection refused"), reason(after));
  }

  private static String reason(CompletableFuture<Answer> answer) {
    return assertThrows(ExecutionException.class, answer::get).getCause().getMessage();
  }
}
