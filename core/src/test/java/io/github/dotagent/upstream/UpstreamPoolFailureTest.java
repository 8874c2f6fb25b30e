package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Rcode;

/**
 * The message for a caller when no server answered: it names each of them, the most telling first.
 */
@Timeout(20)
class UpstreamPoolFailureTest {
  private static final String NAME = "one.one.one.one";

  /** Word by word: people search for these messages. */
  @Test
  void namesEachServerAndItsReason() {
    ScriptedPool pool = new ScriptedPool(ScriptedPool.TIMEOUT, "1.1.1.1", "1.0.0.1");
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0)
        .fail(ExchangeFailures.untrusted("pin mismatch (presented sha256/AA=, sha256/BB=)"));
    pool.asked(1).fail(ExchangeFailures.timeout("connect timed out"));
    LookupFailure failure = failureOf(answer);
    String message =
        "no answer over TLS: 1.1.1.1@853#one.one.one.one pin mismatch (presented sha256/AA=,"
            + " sha256/BB=); 1.0.0.1@853#one.one.one.one connect timed out";
    assertEquals(message, failure.getMessage());
    assertEquals(LookupFailure.Kind.UNTRUSTED, failure.kind());
    List<String> lines = pool.log().lines();
    assertEquals("DEBUG a.example A: " + message, lines.get(lines.size() - 1));
  }

  @Test
  void theMostTellingComesFirstWhicheverWasAskedFirst() {
    ScriptedPool pool =
        new ScriptedPool(
            ScriptedPool.TIMEOUT,
            "192.0.2.1",
            "192.0.2.2",
            "192.0.2.3",
            "192.0.2.4",
            "192.0.2.5",
            "192.0.2.6");
    CompletableFuture<Answer> answer = pool.lookup();
    ExchangeFailure[] failures = {
      ExchangeFailures.timeout("late"),
      ExchangeFailures.unreachable("refused"),
      ExchangeFailures.unreachable("no route"),
      null,
      ExchangeFailures.malformed("garbage"),
      ExchangeFailures.untrusted("name mismatch")
    };
    for (int server = 0; server < failures.length; server++) {
      ScriptedTransport.Asked asked = pool.asked(server);
      if (failures[server] == null) {
        asked.rcode(Rcode.SERVFAIL);
      } else {
        asked.fail(failures[server]);
      }
    }
    LookupFailure failure = failureOf(answer);
    assertEquals(
        ("no answer over TLS: 192.0.2.6@853#N name mismatch; 192.0.2.5@853#N garbage;"
                + " 192.0.2.4@853#N answered SERVFAIL; 192.0.2.2@853#N refused;"
                + " 192.0.2.3@853#N no route; 192.0.2.1@853#N late")
            .replace("#N", "#" + NAME),
        failure.getMessage());
    assertEquals(LookupFailure.Kind.UNTRUSTED, failure.kind());
    // the exceptions themselves come in the same order
    Throwable[] causes = failure.causes().toArray(new Throwable[0]);
    assertEquals("answered SERVFAIL", causes[2].getMessage());
    causes[2] = null;
    assertArrayEquals(
        new Throwable[] {failures[5], failures[4], null, failures[1], failures[2], failures[0]},
        causes);
  }

  /** A machine without IPv6 whose other servers are silent reaches those. */
  @Test
  void aConnectedServerThatIsSilentIsNotOutOfReach() {
    ScriptedPool pool = new ScriptedPool();
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).fail(ExchangeFailures.noRoute("no route"));
    pool.asked(1).fail(ExchangeFailures.noRoute("no route"));
    pool.asked(2).fail(ExchangeFailures.noAnswer());
    pool.asked(3).fail(ExchangeFailures.noAnswer());
    LookupFailure failure = failureOf(answer);
    assertEquals(LookupFailure.Kind.TIMEOUT, failure.kind());
    assertEquals(
        ("no answer over TLS: 192.0.2.1@853#N no route; 192.0.2.2@853#N no route;"
                + " 192.0.2.3@853#N no answer in time; 192.0.2.4@853#N no answer in time")
            .replace("#N", "#" + NAME),
        failure.getMessage());
  }

  @Test
  void serversThatCouldNotBeConnectedToAreOutOfReach() {
    ScriptedPool pool = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1", "192.0.2.2");
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).fail(ExchangeFailures.noRoute("no route"));
    pool.asked(1).fail(ExchangeFailures.timeout("connect timed out"));
    assertEquals(LookupFailure.Kind.UNREACHABLE, failureOf(answer).kind());
  }

  @Test
  void aWrongIdentitySaysMoreThanSilence() {
    ScriptedPool pool = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1", "192.0.2.2");
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).fail(ExchangeFailures.untrusted("pin mismatch"));
    pool.asked(1).fail(ExchangeFailures.noAnswer());
    assertEquals(LookupFailure.Kind.UNTRUSTED, failureOf(answer).kind());
  }

  /** The owner of a name could otherwise make every server back off. */
  @Test
  void aliasesInALoopAreAFailureOfTheName() {
    ScriptedPool pool = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1", "192.0.2.2");
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).loop();
    pool.asked(1).loop();
    LookupFailure failure = failureOf(answer);
    assertEquals(LookupFailure.Kind.SERVER_FAILURE, failure.kind());
    assertTrue(failure.isAServersWord(), "the name is not asked for again at once");
    assertEquals(
        ("no answer over TLS: 192.0.2.1@853#N sent aliases that form a loop;"
                + " 192.0.2.2@853#N sent aliases that form a loop")
            .replace("#N", "#" + NAME),
        failure.getMessage());
    assertTrue(pool.standing(0).health().isHealthy());
    assertTrue(pool.standing(1).health().isHealthy());
    assertEquals(List.of(1, 1), pool.counts(), "nor without EDNS");
    List<String> lines = pool.log().lines();
    assertEquals(List.of("DEBUG a.example A: " + failure.getMessage()), lines);
  }

  @Test
  void namesEveryServerThatHadItsShareOfTheTime() {
    ScriptedPool pool = new ScriptedPool(Duration.ofMillis(900), "192.0.2.1", "192.0.2.2");
    CompletableFuture<Answer> answer = pool.lookup();
    pool.timers().advance(Duration.ofMillis(900));
    pool.asked(0).fail(ExchangeFailures.timeout("no answer in time"));
    assertFalse(answer.isDone(), "the second was asked meanwhile");
    pool.asked(1).fail(ExchangeFailures.unreachable("refused"));
    assertEquals(
        "no answer over TLS: 192.0.2.2@853#one.one.one.one refused;"
            + " 192.0.2.1@853#one.one.one.one no answer in time",
        failureOf(answer).getMessage());
  }

  /** As after the machine slept between two lines of code. */
  @Test
  void namesAServerEvenIfTheTimeWasOverAtOnce() {
    ScriptedPool pool = new ScriptedPool(Duration.ZERO, "192.0.2.1", "192.0.2.2");
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).fail(ExchangeFailures.timeout("no answer in time"));
    assertEquals(
        "no answer over TLS: 192.0.2.1@853#one.one.one.one no answer in time",
        failureOf(answer).getMessage());
  }

  @Test
  void aFailedLookupLeavesTheNextOneAllServers() throws Exception {
    ScriptedPool pool = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1");
    for (int i = 1; i <= 3; i++) {
      CompletableFuture<Answer> failing = pool.lookup();
      assertEquals(List.of(i), pool.counts());
      pool.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
      failureOf(failing);
    }
    CompletableFuture<Answer> answer = pool.lookup();
    pool.asked(0).answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
  }

  private static LookupFailure failureOf(CompletableFuture<Answer> answer) {
    ExecutionException thrown = assertThrows(ExecutionException.class, answer::get);
    return assertInstanceOf(LookupFailure.class, thrown.getCause());
  }
}
