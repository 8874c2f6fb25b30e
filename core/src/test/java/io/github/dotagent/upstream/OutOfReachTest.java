package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.dot.ExchangeFailures;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether any server can answer, which decides for {@code profile=opportunistic}. */
@Timeout(20)
class OutOfReachTest {
  private final ScriptedPool pool =
      new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1", "192.0.2.2");

  private void fail(ExchangeFailure first, ExchangeFailure second) {
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).fail(first);
    pool.asked(1).fail(second);
    assertTrue(answer.isCompletedExceptionally());
  }

  private static ExchangeFailure unreachable() {
    return ExchangeFailures.unreachable("connection refused");
  }

  @Test
  void notBeforeAnyFailed() {
    assertFalse(pool.isOutOfReach());
    pool.lookup();
    pool.asked(0).fail(unreachable());
    assertFalse(pool.isOutOfReach(), "the second may answer");
  }

  @Test
  void whenEachFailedUntilOneAnswers() {
    fail(unreachable(), ExchangeFailures.noRoute("no route"));
    assertTrue(pool.isOutOfReach());
    CompletableFuture<Answer> answer = pool.lookup();
    assertTrue(pool.isOutOfReach());
    pool.asked(0).answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.join().outcome());
    assertFalse(pool.isOutOfReach());
  }

  @Test
  void neverWhileOneHasShownAWrongIdentity() {
    fail(ExchangeFailures.untrusted("pin mismatch"), unreachable());
    assertFalse(pool.isOutOfReach());
    fail(unreachable(), unreachable());
    assertFalse(pool.isOutOfReach(), "the attacker in its place may silence it, too");
    pool.lookup();
    pool.asked(0).answer("203.0.113.7");
    fail(unreachable(), unreachable());
    assertTrue(pool.isOutOfReach(), "it has proved itself since");
  }

  /** Otherwise the owner of a slow name could cause that for all other names. */
  @Test
  void notForANameThatIsNotAnswered() {
    fail(unreachable(), ExchangeFailures.noAnswer());
    assertFalse(pool.isOutOfReach(), "the second has proved itself, and is there");
    fail(unreachable(), ExchangeFailures.timeout("no TLS session in time"));
    assertTrue(pool.isOutOfReach(), "and now it is not");
  }

  @Test
  void aMessageThatIsNotDnsIsNotOutOfReach() {
    fail(unreachable(), ExchangeFailures.malformed("garbage"));
    assertFalse(pool.isOutOfReach());
  }
}
