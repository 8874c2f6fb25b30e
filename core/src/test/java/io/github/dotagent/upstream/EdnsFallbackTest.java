package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure.Attempt;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.dot.ExchangeFailures;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.wire.QueryEncoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** A server that does not put up with EDNS is asked without (RFC 6891 §7). */
@Timeout(20)
class EdnsFallbackTest {
  private static final Question QUESTION = Question.of("a.example", RecordType.A);
  private static final byte[] WITH = QueryEncoder.encode(QUESTION);
  private static final byte[] WITHOUT = QueryEncoder.encodeWithoutEdns(QUESTION);
  private static final int HEADER_TO_TYPE_AND_CLASS = 12 + 11 + 4;

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

  private CompletableFuture<Answer> ask() {
    long deadline = timers.nanoTime() + Duration.ofSeconds(5).toNanos();
    return Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, false), deadline);
  }

  /** Without EDNS in the response, as of a server that knows nothing of it. */
  private void refuse(int rcode) {
    transport.last().respond(Responses.rcode(WITHOUT, rcode));
  }

  private void assertAsked(byte[]... queries) {
    assertEquals(queries.length, transport.count());
    for (int i = 0; i < queries.length; i++) {
      assertArrayEquals(queries[i], transport.all().get(i).query(), "query " + i);
    }
  }

  @Test
  void theQueryHasNothingButTheQuestion() {
    assertEquals(HEADER_TO_TYPE_AND_CLASS, WITHOUT.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP, Rcode.SERVFAIL})
  void isAskedAgainWithin(int rcode) throws Exception {
    CompletableFuture<Answer> answer = ask();
    timers.advance(Duration.ofSeconds(1));
    refuse(rcode);
    assertAsked(WITH, WITHOUT);
    assertEquals(
        transport.all().get(0).deadlineNanos(), transport.last().deadlineNanos(), "the deadline");
    assertEquals(1, upstream.inFlight());
    transport.last().answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
    assertEquals(0, upstream.inFlight());
    assertTrue(standing.health().isHealthy());
    assertEquals(
        List.of(
            "WARN upstream 192.0.2.1@853#dns.example: answered "
                + Rcode.string(rcode)
                + " to a query with EDNS, and answers without it; asked without EDNS, so without"
                + " padding, for 15 minutes"),
        log.lines());
  }

  /** 16 is in two parts: 1 in OPT, 0 in the header (RFC 6891 §6.1.3). */
  @Test
  void badVersion() throws Exception {
    CompletableFuture<Answer> answer = ask();
    byte[] response = Responses.rcode(WITH, Rcode.NOERROR);
    response[HEADER_TO_TYPE_AND_CLASS + 5] = 1; // behind the root's name, type and class of OPT
    transport.last().respond(response);
    assertAsked(WITH, WITHOUT);
    transport.last().answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
  }

  @Test
  void isRememberedForAQuarterOfAnHour() {
    ask();
    refuse(Rcode.FORMERR);
    transport.last().answer("203.0.113.7");
    timers.advance(Duration.ofMinutes(15).minusNanos(1));
    ask();
    transport.last().answer("203.0.113.7");
    assertAsked(WITH, WITHOUT, WITHOUT);
    timers.advance(Duration.ofNanos(1));
    ask();
    assertAsked(WITH, WITHOUT, WITHOUT, WITH);
  }

  @Test
  void isAskedAgainOnce() {
    CompletableFuture<Answer> answer = ask();
    refuse(Rcode.FORMERR);
    refuse(Rcode.FORMERR);
    assertAsked(WITH, WITHOUT);
    assertFailed(answer, "answered FORMERR");
    ask();
    assertAsked(WITH, WITHOUT, WITH);
  }

  @Test
  void isNotAskedAgainOnceTheTimeIsOver() {
    CompletableFuture<Answer> answer = ask();
    timers.advance(Duration.ofSeconds(5));
    refuse(Rcode.NOTIMP);
    assertAsked(WITH);
    assertFailed(answer, "answered NOTIMP");
  }

  @Test
  void aServerThatIsSilentWithoutEdnsToo() {
    CompletableFuture<Answer> answer = ask();
    refuse(Rcode.FORMERR);
    transport.last().fail(ExchangeFailures.noAnswer());
    assertFailed(answer, "no answer in time");
    assertEquals(0, upstream.inFlight());
  }

  /** A server that knows EDNS fails for a reason of its own: no failure costs two queries then. */
  @Test
  void servfailIsAFailureWhereEdnsIsKnown() {
    CompletableFuture<Answer> answer = ask();
    transport.last().rcode(Rcode.SERVFAIL); // with EDNS, as the query
    assertFailed(answer, "answered SERVFAIL");
    ask();
    transport.last().answer("203.0.113.7");
    answer = ask();
    refuse(Rcode.SERVFAIL);
    assertFailed(answer, "answered SERVFAIL");
    assertAsked(WITH, WITH, WITH);
  }

  /** It answers such a query as if it had no EDNS, and fails for a stricter server behind it. */
  @Test
  void anAnswerWithoutEdnsDoesNotShowThatItIsKnown() throws Exception {
    ask();
    transport.last().respond(Responses.address(WITHOUT, "203.0.113.7"));
    CompletableFuture<Answer> answer = ask();
    refuse(Rcode.SERVFAIL);
    transport.last().answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
    assertAsked(WITH, WITH, WITHOUT);
  }

  /** One of several behind an address may be old; the others are asked with padding. */
  @Test
  void isNotRememberedWhereEdnsIsKnown() throws Exception {
    ask();
    transport.last().answer("203.0.113.7");
    CompletableFuture<Answer> answer = ask();
    refuse(Rcode.FORMERR);
    transport.last().answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
    ask();
    assertAsked(WITH, WITH, WITHOUT, WITH);
    assertEquals(List.of(), log.lines());
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.REFUSED, Rcode.YXDOMAIN, Rcode.NOTAUTH})
  void otherFailuresHaveOtherReasons(int rcode) {
    CompletableFuture<Answer> answer = ask();
    refuse(rcode);
    assertFailed(answer, "answered " + Rcode.string(rcode));
    assertAsked(WITH);
  }

  private static void assertFailed(CompletableFuture<Answer> answer, String reason) {
    ExecutionException thrown = assertThrows(ExecutionException.class, answer::get);
    Attempt attempt = assertInstanceOf(Asked.InVainException.class, thrown.getCause()).attempt();
    assertEquals("192.0.2.1@853#dns.example " + reason, attempt.toString());
  }
}
