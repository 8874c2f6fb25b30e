package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a connection is made, kept and given up. Second tries: DotRetryTest. */
@Timeout(20)
class DotTransportTest {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration A_MOMENT = Duration.ofNanos(1);
  private static final byte[] QUERY = Messages.query("a.example");

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final DotTransport transport = server.transport(threads, timers, CONNECT_LIMIT);

  @AfterEach
  void end() throws InterruptedException {
    server.closeAll();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void oneConnectionServesAllQueries() throws Exception {
    assertEquals(0, server.linksMade());
    ScriptedLink link = openedByFirstAnswer();
    for (int i = 0; i < 10; i++) {
      CompletableFuture<byte[]> response = exchange();
      byte[] query = link.nextQuery();
      link.respondTo(query);
      assertArrayEquals(Messages.response(QUERY, Messages.idOf(query)), response.get());
    }
    assertEquals(1, server.linksMade());
  }

  @Test
  void theQueryIsLeftAsItWas() throws Exception {
    byte[] query = QUERY.clone();
    Exchanges.begin(transport, query, in(DEADLINE));
    server.nextOpenLink().nextQuery();
    assertArrayEquals(QUERY, query);
  }

  @Test
  void manyAtOnceMakeOneConnection() throws Exception {
    int callers = 16;
    CyclicBarrier together = new CyclicBarrier(callers);
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    try {
      List<Future<CompletableFuture<byte[]>>> calls = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        calls.add(
            pool.submit(
                () -> {
                  together.await();
                  return exchange();
                }));
      }
      List<CompletableFuture<byte[]>> responses = new ArrayList<>();
      for (Future<CompletableFuture<byte[]>> call : calls) {
        responses.add(call.get());
      }
      ScriptedLink link = server.nextLink();
      link.letOpen();
      link.nextQueries(callers).forEach(link::respondTo);
      for (CompletableFuture<byte[]> response : responses) {
        response.get();
      }
      assertEquals(1, server.linksMade());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void warmUpConnectsAndAsksNothing() throws Exception {
    transport.warmUp();
    ScriptedLink link = server.nextOpenLink();
    transport.warmUp();
    assertEquals(1, server.linksMade());
    assertFalse(link.hasWrites());

    exchange();
    link.nextQuery();
    assertEquals(1, server.linksMade());
  }

  @Test
  void aConnectionThatEndedIsReplacedByTheNextQuery() throws Exception {
    ScriptedLink first = openedByFirstAnswer();
    first.endOfStream();
    first.awaitClose();
    assertEquals(1, server.linksMade(), "nothing is made before it is needed");
    CompletableFuture<byte[]> response = exchange();
    ScriptedLink second = server.nextOpenLink();
    second.respondTo(second.nextQuery());
    response.get();
    assertEquals(2, server.linksMade());
  }

  @Test
  void theIdleConnectionIsReplacedUnseen() throws Exception {
    openedByFirstAnswer();
    timers.advance(Duration.ofSeconds(9));
    CompletableFuture<byte[]> response = exchange();
    ScriptedLink second = server.nextOpenLink();
    second.respondTo(second.nextQuery());
    response.get();
  }

  @Test
  void noAnswerByTheDeadline() throws Exception {
    ScriptedLink link = openedByFirstAnswer();
    CompletableFuture<byte[]> response = exchange();
    link.nextQuery();
    timers.advance(DEADLINE.minus(A_MOMENT));
    assertFalse(response.isDone());
    timers.advance(A_MOMENT);
    assertTrue(response.isDone());
    Failed.with(Kind.NO_ANSWER, "no answer in time", response);
    assertEquals(1, server.linksMade(), "what is late is not asked again");
  }

  @Test
  void noConnectionByTheDeadline() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    ScriptedLink link = server.nextLink();
    timers.advance(DEADLINE);
    Failed.with(Kind.TIMEOUT, "connect timed out", response);
    assertFalse(link.isClosed(), "it may still open, for the next query");
  }

  @Test
  void aConnectThatTakesTooLongIsBegunAgain() throws Exception {
    CompletableFuture<ReceivedResponse> response =
        Exchanges.begin(transport, QUERY, in(CONNECT_LIMIT.plus(A_MOMENT)));
    server.nextLink();
    timers.advance(CONNECT_LIMIT);
    server.nextLink(); // a fresh attempt, for a packet sent now may get through
    assertFalse(response.isDone());
    timers.advance(A_MOMENT);
    Failed.with(Kind.TIMEOUT, "connect timed out", response);
  }

  @Test
  void aDeadlineThatIsOverEndsAtOnce() throws Exception {
    openedByFirstAnswer();
    CompletableFuture<ReceivedResponse> response =
        Exchanges.begin(transport, QUERY, in(A_MOMENT.negated()));
    timers.runDue();
    Failed.with(Kind.NOT_SENT, "not sent in time", response);
  }

  @Test
  void aConnectionGoneSilentIsNotUsedAgain() throws Exception {
    ScriptedLink silent = openedByFirstAnswer();
    timers.advance(A_MOMENT);
    exchange();
    silent.nextQuery();
    timers.advance(DEADLINE);
    assertTrue(silent.isClosed());
    CompletableFuture<byte[]> response = exchange();
    ScriptedLink second = server.nextOpenLink();
    second.respondTo(second.nextQuery());
    response.get();
  }

  @Test
  void aConnectionThatAnswersOthersIsKept() throws Exception {
    ScriptedLink link = openedByFirstAnswer();
    timers.advance(A_MOMENT);
    CompletableFuture<byte[]> unanswered = exchange();
    link.nextQuery();
    timers.advance(DEADLINE.dividedBy(2));
    CompletableFuture<byte[]> answered = exchange();
    link.respondTo(link.nextQuery());
    answered.get();
    timers.advance(DEADLINE.dividedBy(2));
    Failed.with(Kind.NO_ANSWER, "no answer in time", unanswered);
    assertFalse(link.isClosed());
  }

  @Test
  void answeredQueriesLeaveNoTimerBehind() throws Exception {
    ScriptedLink link = openedByFirstAnswer();
    int before = timers.waiting();
    for (int i = 0; i < 1_000; i++) {
      CompletableFuture<byte[]> response = exchange();
      link.respondTo(link.nextQuery());
      response.get();
    }
    assertEquals(before, timers.waiting());
  }

  @Test
  void aRefusalIsPassedOn() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    server.nextLink().refuse(TlsFailures.of(TlsFailure.Kind.UNTRUSTED, "name mismatch (x)"));
    Failed.with(Kind.UNTRUSTED, "name mismatch (x)", response);
    assertEquals(1, server.linksMade());
  }

  private CompletableFuture<byte[]> exchange() {
    return Exchanges.begin(transport, QUERY, in(DEADLINE)).thenApply(ReceivedResponse::message);
  }

  private long in(Duration duration) {
    return timers.nanoTime() + duration.toNanos();
  }

  private ScriptedLink openedByFirstAnswer() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    ScriptedLink link = server.nextOpenLink();
    link.respondTo(link.nextQuery());
    response.get();
    return link;
  }
}
