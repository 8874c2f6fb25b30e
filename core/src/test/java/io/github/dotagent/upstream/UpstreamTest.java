package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Attempt;
import io.github.dotagent.answer.LookupFailure.Kind;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.dot.ExchangeFailures;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.wire.QueryEncoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** One server: what its responses and failures become, and what they do to its health. */
@Timeout(20)
class UpstreamTest {
  private static final Question QUESTION = Question.of("a.example", RecordType.A);

  private final RecordedLog log = new RecordedLog();
  private final ManualTimers timers = new ManualTimers();
  private final ScriptedTransport transport = new ScriptedTransport(timers);
  private final UpstreamStats standing =
      new UpstreamStats("192.0.2.1@853#dns.example", timers, ScriptedPool.FULL_TERM, log);
  private final Upstream upstream =
      new Upstream(
          new UpstreamSpec(AddressLiteral.parse("192.0.2.1").orElseThrow(), 853, "dns.example"),
          transport,
          timers,
          standing);
  private CompletableFuture<Answer> answer;

  @BeforeEach
  void asked() {
    answer = Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, false), 4711);
  }

  @Test
  void sendsTheQuestionWithItsDeadline() {
    assertArrayEquals(QueryEncoder.encode(QUESTION), transport.last().query());
    assertEquals(4711, transport.last().deadlineNanos());
  }

  @Test
  void anAnswerMakesItHealthy() throws Exception {
    standing.health().failed(false);
    transport.last().answer("203.0.113.7");
    assertArrayEquals(new byte[] {(byte) 203, 0, 113, 7}, answer.get().addresses().get(0));
    assertEquals("192.0.2.1", answer.get().server());
    healthy();
  }

  @Test
  void noSuchNameIsAnAnswer() throws Exception {
    standing.health().failed(false);
    respond(Rcode.NXDOMAIN);
    assertEquals(Answer.Outcome.NO_SUCH_NAME, answer.get().outcome());
    healthy();
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.YXDOMAIN})
  void aServerThatSaysItCannotAnswerIsHealthy(int rcode) {
    standing.health().failed(false);
    respond(rcode);
    failedWith(Kind.SERVER_FAILURE, "answered " + Rcode.string(rcode));
    healthy();
  }

  @Test
  void anAnswerToAnotherQuestionIsAFailure() {
    byte[] other = QueryEncoder.encode(Question.of("b.example", RecordType.A));
    transport.last().respond(Responses.address(other, "203.0.113.7"));
    failedWith(Kind.MALFORMED, "answered another question");
    hurt();
  }

  @Test
  void aMalformedResponseIsAFailure() {
    byte[] response = Responses.address(transport.last().query(), "203.0.113.7");
    transport.last().respond(Arrays.copyOf(response, 20));
    failedWith(Kind.MALFORMED, "sent a message that is not DNS");
    hurt();
  }

  @Test
  void aServerThatIsSomeoneElse() {
    exchangeFails(ExchangeFailures.untrusted("pin mismatch"), Kind.UNTRUSTED, "pin mismatch");
  }

  @Test
  void aServerThatSendsNonsense() {
    exchangeFails(
        ExchangeFailures.malformed("sent a message of 1 octets"),
        Kind.MALFORMED,
        "sent a message of 1 octets");
  }

  @Test
  void aServerThatIsAway() {
    exchangeFails(
        ExchangeFailures.unreachable("connection refused"), Kind.UNREACHABLE, "connection refused");
  }

  @Test
  void aServerThatIsSilent() {
    exchangeFails(ExchangeFailures.noAnswer(), Kind.TIMEOUT, "no answer in time");
  }

  @Test
  void aLineForEachChangeAndNotForEachFailure() {
    for (int i = 0; i < 3; i++) {
      transport.last().fail(ExchangeFailures.unreachable("connection refused"));
      Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, false), 4711);
    }
    for (int i = 0; i < 3; i++) {
      respond(Rcode.SERVFAIL);
      Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, false), 4711);
    }
    transport.last().fail(ExchangeFailures.untrusted("pin mismatch"));
    assertEquals(
        List.of(
            "WARN upstream 192.0.2.1@853#dns.example: connection refused (nothing listens, or a"
                + " firewall resets it); asked last until it answers again",
            "WARN upstream 192.0.2.1@853#dns.example answers again",
            "ERROR upstream 192.0.2.1@853#dns.example: pin mismatch; no name is sent to it"),
        log.lines());
  }

  @Test
  void noRouteToAServerIsLoggedAtInfo() {
    exchangeFails(
        ExchangeFailures.noRoute("network unreachable"), Kind.UNREACHABLE, "network unreachable");
    assertEquals(
        List.of(
            "INFO upstream 192.0.2.1@853#dns.example: network unreachable; asked last until it answers again"),
        log.lines());
  }

  @Test
  void aQueryNotSentInTimeIsNoFailureOfTheServer() {
    transport.last().fail(ExchangeFailures.notSent());
    failedWith(Kind.TIMEOUT, "not sent in time");
    healthy();
  }

  @Test
  void lackOfMemoryIsNoFailureOfTheServer() {
    transport.last().fail(ExchangeFailures.brokenOff());
    failedWith(Kind.UNREACHABLE, "could not be asked: this JVM has no memory or no thread left");
    healthy();
    assertFalse(standing.isUnreachable(), "or names might leave in the clear");
    assertEquals(0, standing.failures());
    assertNull(standing.lastError());
    assertEquals(List.of(), log.lines());
  }

  @Test
  void aFailedWarmUpIsNoFailureOfTheServer() {
    upstream.warmUp();
    transport.warming().completeExceptionally(new OutOfMemoryError("Java heap space"));
    healthy();
    assertEquals(0, standing.failures());
  }

  /** A query that is tried on a server that backs off says nothing of it where it is not sent. */
  @Test
  void aTrialThatWasNotSentIsRepeated() {
    standing.failed(ExchangeFailures.unreachable("connection refused"), timers.nanoTime());
    timers.advance(Duration.ofNanos(UpstreamHealth.FIRST_BACK_OFF));
    for (ExchangeFailure nothing :
        List.of(ExchangeFailures.brokenOff(), ExchangeFailures.notSent())) {
      assertTrue(standing.beginTrial());
      assertFalse(standing.beginTrial());
      Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, false), 4711);
      transport.last().fail(nothing);
    }
    assertTrue(standing.beginTrial());
  }

  @Test
  void aNameThatTakesTooLongIsNotTheServersFault() {
    timers.advance(Duration.ofSeconds(1));
    CompletableFuture<Answer> other =
        Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, false), 4711);
    transport.last().answer("203.0.113.7");
    assertTrue(other.isDone());
    transport.all().get(0).fail(ExchangeFailures.noAnswer());
    failedWith(Kind.TIMEOUT, "no answer in time");
    healthy();
  }

  /** It makes a TLS session meanwhile, and the name has no answer: that is the name's. */
  @Test
  void oneSlowNameIsNotTheFaultOfAServerThatLives() {
    transport.lives = true;
    for (int i = 0; i < 3; i++) { // programs ask again
      timers.advance(Duration.ofSeconds(5));
      transport.last().fail(ExchangeFailures.noAnswer());
      healthy();
      Asked.of(
          upstream,
          new AnswerQuery(Question.of("a.example", RecordType.AAAA), any -> true, false),
          4711);
    }
  }

  @Test
  void namesThatWereAskedTogetherAreOneSilence() {
    transport.lives = true;
    Asked.of(
        upstream,
        new AnswerQuery(Question.of("b.example", RecordType.A), any -> true, false),
        4711);
    timers.advance(Duration.ofSeconds(5));
    transport.all().forEach(asked -> asked.fail(ExchangeFailures.noAnswer()));
    healthy();
  }

  /** Its TLS may live while what resolves names behind it does not. */
  @Test
  void twoSilentNamesInARowCountAgainstTheServer() {
    transport.lives = true;
    silence("b.example");
    healthy();
    silence("c.example");
    hurt();
  }

  @Test
  void anAnswerBetweenTwoSlowNamesShowsThatTheServerResolves() {
    transport.lives = true;
    silence("b.example");
    Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, false), 4711);
    transport.last().answer("203.0.113.7");
    silence("c.example");
    healthy();
  }

  @Test
  void aServerThatShowsNoLifeIsToBlameForItsFirstSilence() {
    silence("b.example");
    hurt();
  }

  private void silence(String name) {
    Asked.of(upstream, new AnswerQuery(Question.of(name, RecordType.A), any -> true, false), 4711);
    timers.advance(Duration.ofSeconds(5));
    transport.last().fail(ExchangeFailures.noAnswer());
  }

  @Test
  void queriesInFlightAreCounted() {
    assertEquals(1, upstream.inFlight());
    Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, false), 4711);
    assertEquals(2, upstream.inFlight());
    transport.last().answer("203.0.113.7");
    transport.all().get(0).fail(ExchangeFailures.timeout("x"));
    assertEquals(0, upstream.inFlight());
  }

  @Test
  void warmUpIsPassedOn() {
    upstream.warmUp();
    assertEquals(1, transport.warmedUp());
  }

  private void exchangeFails(ExchangeFailure failure, Kind kind, String reason) {
    transport.last().fail(failure);
    failedWith(kind, reason);
    hurt();
  }

  private void failedWith(Kind kind, String reason) {
    ExecutionException thrown = assertThrows(ExecutionException.class, () -> answer.get());
    Attempt attempt = assertInstanceOf(Asked.InVainException.class, thrown.getCause()).attempt();
    assertEquals("192.0.2.1@853#dns.example " + reason, attempt.toString());
    assertEquals(kind, attempt.kind());
  }

  private void respond(int rcode) {
    transport.last().rcode(rcode);
  }

  private void healthy() {
    assertTrue(standing.health().isHealthy());
  }

  private void hurt() {
    assertFalse(standing.health().isHealthy());
  }
}
