package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.wire.QueryEncoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** {@code ecs=private}, with servers that do not know the option. */
class SubnetFallbackTest {
  private static final Question QUESTION = Question.of("a.example", RecordType.A);
  private static final byte[] PRIVATE = QueryEncoder.encode(QUESTION, true);
  private static final byte[] WITH_EDNS = QueryEncoder.encode(QUESTION);
  private static final byte[] WITHOUT = QueryEncoder.encodeWithoutEdns(QUESTION);

  private final RecordedLog log = new RecordedLog();
  private final ManualTimers timers = new ManualTimers();
  private final ScriptedTransport transport = new ScriptedTransport(timers);
  private final Upstream upstream =
      new Upstream(
          new UpstreamSpec(AddressLiteral.parse("192.0.2.1").orElseThrow(), 853, "dns.example"),
          transport,
          timers,
          new UpstreamStats("192.0.2.1@853#dns.example", timers, ScriptedPool.FULL_TERM, log));

  private CompletableFuture<Answer> ask() {
    long deadline = timers.nanoTime() + Duration.ofSeconds(5).toNanos();
    return Asked.of(upstream, new AnswerQuery(QUESTION, name -> true, true), deadline);
  }

  private void assertAsked(byte[]... queries) {
    assertEquals(queries.length, transport.count());
    for (int i = 0; i < queries.length; i++) {
      assertArrayEquals(queries[i], transport.all().get(i).query(), "query " + i);
    }
  }

  @Test
  void formErrIsAskedAgainWithoutTheOptionAndRemembered() throws Exception {
    CompletableFuture<Answer> answer = ask();
    transport.last().rcode(Rcode.FORMERR);
    transport.last().answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
    ask();
    transport.last().answer("203.0.113.7");
    assertAsked(PRIVATE, WITH_EDNS, WITH_EDNS);
    assertEquals(
        List.of(
            "WARN upstream 192.0.2.1@853#dns.example: answered FORMERR to a query with a client"
                + " subnet of no bits (ecs=private), and answers without it; asked without it, so"
                + " it may tell others a part of this machine's address, for 15 minutes"),
        log.lines());
    timers.advance(Duration.ofMinutes(15));
    ask();
    assertArrayEquals(PRIVATE, transport.last().query(), "it may have been updated");
  }

  @Test
  void ednsItselfIsTheNextSuspect() throws Exception {
    CompletableFuture<Answer> answer = ask();
    transport.last().rcode(Rcode.FORMERR);
    transport.last().rcode(Rcode.FORMERR);
    transport.last().answer("203.0.113.7");
    assertEquals(Answer.Outcome.RECORDS, answer.get().outcome());
    assertAsked(PRIVATE, WITH_EDNS, WITHOUT);
    ask();
    assertArrayEquals(WITHOUT, transport.last().query());
  }

  @Test
  void aFailureOfOneNameIsNotRemembered() {
    ask();
    transport.last().answer("203.0.113.7");
    CompletableFuture<Answer> second = ask();
    transport.last().rcode(Rcode.FORMERR);
    transport.last().rcode(Rcode.FORMERR);
    transport.last().rcode(Rcode.FORMERR);
    assertTrue(second.isCompletedExceptionally());
    ask();
    assertArrayEquals(PRIVATE, transport.last().query());
  }

  /** It says nothing of the option: a resolver whose own servers are away. */
  @Test
  void servfailIsNoReason() {
    ask();
    transport.last().answer("203.0.113.7");
    ask();
    transport.last().rcode(Rcode.SERVFAIL);
    assertAsked(PRIVATE, PRIVATE);
  }
}
