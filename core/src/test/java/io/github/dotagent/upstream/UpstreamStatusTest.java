package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailures;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Rcode;

/** What is told of one server. */
@Timeout(20)
class UpstreamStatusTest {
  private final ScriptedPool pool = new ScriptedPool(ScriptedPool.TIMEOUT, "192.0.2.1");

  private UpstreamStatus status() {
    return pool.status().get(0);
  }

  private String state() {
    return status().state().toString();
  }

  @Test
  void oneThatWasNeverAsked() {
    UpstreamStatus status = status();
    assertEquals("192.0.2.1@853#one.one.one.one", status.address());
    assertEquals("untried", state());
    assertEquals(0, status.connections());
    assertTrue(Double.isNaN(status.roundTripMillis()));
    assertEquals(0, status.queries());
    assertEquals("", status.tlsVersion());
    assertEquals("", status.matchedPin());
    assertTrue(Double.isNaN(status.certificateDaysLeft(0)));
    assertEquals("", status.clientCertificate());
    assertTrue(Double.isNaN(status.clientCertificateDaysLeft(0)));
    assertEquals("", status.lastError());
    assertTrue(status.presentedPins().isEmpty());
  }

  @Test
  void oneThatAnswers() {
    pool.lookup();
    assertEquals(1, status().queriesInFlight());
    pool.timers().advance(Duration.ofMillis(30));
    pool.asked(0).answer("203.0.113.7");
    assertEquals("in use", state());
    assertEquals(1, status().connections());
    assertEquals(0, status().queriesInFlight());
    assertEquals(1, status().queries());
    assertEquals(0, status().failures());
    assertEquals(30.0, status().roundTripMillis());
    pool.transport(0).setOpen(false);
    assertEquals("ready", state());
  }

  @Test
  void aNameThatItCannotAnswerIsNoFailureOfIts() {
    pool.lookup();
    pool.asked(0).rcode(Rcode.SERVFAIL);
    assertEquals(0, status().failures());
    assertEquals("", status().lastError());
  }

  @Test
  void oneThatCannotBeReached() {
    pool.timers().advance(Duration.ofSeconds(1));
    pool.lookup();
    pool.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
    assertEquals("unreachable", state());
    assertEquals(1, status().failures());
    assertEquals("1970-01-01T00:00:01Z connection refused", status().lastError());
    pool.answered(0, Duration.ofMillis(1));
    assertEquals("in use", state());
    assertEquals(1, status().failures(), "since the start");
    assertEquals("1970-01-01T00:00:01Z connection refused", status().lastError());
  }

  /** How often in a row, and since when; details may change, an answer ends the row. */
  @Test
  void theSameReasonAgain() {
    for (int i = 1; i <= 3; i++) {
      pool.timers().advance(Duration.ofSeconds(10));
      pool.lookup();
      pool.asked(0).fail(ExchangeFailures.untrusted("pin mismatch (presented " + i + ")"));
    }
    assertEquals(
        "1970-01-01T00:00:30Z pin mismatch (presented 3) (3 times since 1970-01-01T00:00:10Z)",
        status().lastError());
    pool.timers().advance(Duration.ofSeconds(10));
    pool.lookup();
    pool.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
    assertEquals("1970-01-01T00:00:40Z connection refused", status().lastError());
    pool.answered(0, Duration.ZERO);
    pool.timers().advance(Duration.ofSeconds(10));
    pool.lookup();
    pool.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
    assertEquals("1970-01-01T00:00:50Z connection refused", status().lastError());
  }

  @Test
  void aServerWithAWrongIdentity() {
    pool.lookup();
    pool.asked(0).fail(ExchangeFailures.untrusted("pin mismatch (x)"));
    assertEquals("untrusted", state());
    pool.lookup();
    pool.asked(0).fail(ExchangeFailures.unreachable("connection refused"));
    assertEquals("untrusted", state(), "it has not answered since");
    pool.answered(0, Duration.ofMillis(1));
    assertEquals("in use", state());
  }

  @Test
  void oneThatSpeaksNoDns() {
    pool.lookup();
    pool.asked(0).fail(ExchangeFailures.malformed("not DNS"));
    assertEquals("backing off", state());
  }
}
