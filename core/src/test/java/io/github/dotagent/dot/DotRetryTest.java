package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A query whose connection was lost goes out again, as long as there is time. */
@Timeout(20)
class DotRetryTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final byte[] QUERY = Messages.query("a.example");

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final ConnectionPool pool = server.pool(threads, timers, Duration.ofSeconds(5), true);
  private final DotTransport transport = new DotTransport(pool, timers);

  @AfterEach
  void end() throws InterruptedException {
    server.closeAll();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void onAReusedConnectionThatIsClosed() throws Exception {
    ScriptedLink first = warm();
    CompletableFuture<byte[]> response = exchange();
    first.nextQuery();
    first.endOfStream();
    answeredOnNext(response);
  }

  @Test
  void onAReusedConnectionThatIsReset() throws Exception {
    ScriptedLink first = warm();
    CompletableFuture<byte[]> response = exchange();
    first.nextQuery();
    first.reset();
    answeredOnNext(response);
  }

  @Test
  void withAllThatWereInFlight() throws Exception {
    ScriptedLink first = warm();
    List<CompletableFuture<byte[]>> responses = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      responses.add(exchange());
      first.nextQuery();
    }
    first.endOfStream();
    ScriptedLink second = server.nextOpenLink();
    second.nextQueries(50).forEach(second::respondTo);
    for (CompletableFuture<byte[]> response : responses) {
      response.get();
    }
    assertEquals(2, server.linksMade(), "they share the new one");
  }

  @Test
  void whenAnotherQueryFoundTheConnectionSilent() throws Exception {
    ScriptedLink silent = warm();
    timers.advance(Duration.ofNanos(1));
    CompletableFuture<byte[]> early = exchange();
    silent.nextQuery();
    timers.advance(Duration.ofSeconds(1));
    CompletableFuture<byte[]> late = exchange();
    silent.nextQuery();
    timers.advance(Duration.ofSeconds(1));
    Failed.with(Kind.NO_ANSWER, "no answer in time", early);
    answeredOnNext(late);
  }

  /** The timer's thread may be done before the caller's has gone on. */
  @Test
  void neverOnceItsTimeIsOverBeforeItBegan() throws Exception {
    Timers over =
        new Timers() {
          @Override
          public long nanoTime() {
            return timers.nanoTime();
          }

          @Override
          public Timer after(long delayNanos, Runnable action) {
            action.run();
            return () -> {};
          }
        };
    CompletableFuture<ReceivedResponse> response =
        Exchanges.begin(new DotTransport(pool, over), QUERY, timers.nanoTime());
    Failed.with(Kind.NOT_SENT, "not sent in time", response);
    assertEquals(0, server.linksMade());
  }

  /** The next connection would bring the same; the lookup is to hear of it at once. */
  @Test
  void notOfAServerThatSpeaksNoTls() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    server.nextLink().refuse(TlsFailures.of(TlsFailure.Kind.HANDSHAKE, "no TLS session: x"));
    Failed.with(Kind.NO_TLS, "no TLS session: x", response);
    assertEquals(1, server.linksMade());
  }

  /** 0, 20, 40, 80 ms ...: a server that closes all connections is not stormed. */
  @Test
  void aServerThatClosesEachConnectionIsTriedAtGrowingIntervals() throws Exception {
    ScriptedLink link = warm();
    CompletableFuture<byte[]> response = exchange();
    link.nextQuery();
    link.endOfStream();
    int made = 2;
    for (int wait = 20; wait <= 320; wait *= 2) {
      link = server.nextOpenLink();
      link.nextQuery();
      link.endOfStream();
      awaitWaiting(1);
      timers.advance(Duration.ofMillis(wait).minusNanos(1));
      assertEquals(made, server.linksMade());
      timers.advance(Duration.ofNanos(1));
      made++;
    }
    link = server.nextOpenLink();
    link.respondTo(link.nextQuery());
    response.get();
    assertEquals(made, server.linksMade());
  }

  @Test
  void onceASecondInTheEnd() throws Exception {
    CompletableFuture<ReceivedResponse> response =
        Exchanges.begin(transport, QUERY, timers.nanoTime() + Duration.ofSeconds(10).toNanos());
    for (int made = 1; made <= 15; made++) {
      ScriptedLink link = server.nextOpenLink();
      link.nextQuery();
      link.endOfStream();
      if (made == 1) {
        continue; // it was open: the next one is tried at once
      }
      awaitWaiting(1);
      timers.advance(Duration.ofSeconds(1));
      if (response.isDone()) {
        break;
      }
    }
    Failed.with(Kind.UNREACHABLE, "the server closed the connection", response);
    assertTrue(server.linksMade() <= 12, server.linksMade() + " connections");
  }

  @Test
  void ofAServerThatRefusesForAsLongAsARestartTakes() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    for (int made = 1; !response.isDone(); made++) {
      server.nextLink().refuse(TlsFailures.of(TlsFailure.Kind.UNREACHABLE, "Connection refused"));
      awaitWaitingOr(response);
      if (made < 5) {
        assertFalse(response.isDone(), "after " + made);
      }
      timers.advance(Duration.ofMillis(250));
    }
    Failed.with(Kind.UNREACHABLE, "Connection refused", response);
    assertTrue(timers.epochMillis() < DEADLINE.toMillis());

    CompletableFuture<byte[]> next = exchange();
    server.nextLink().refuse(TlsFailures.of(TlsFailure.Kind.UNREACHABLE, "Connection refused"));
    Failed.with(Kind.UNREACHABLE, "Connection refused", next);

    timers.advance(Duration.ofSeconds(1));
    answered(server, exchange());
  }

  @Test
  void aServerThatWasAwayFailsAfterOneRetry() throws Exception {
    awayForLong();
    CompletableFuture<byte[]> next = exchange();
    ScriptedLink link = server.nextOpenLink();
    link.nextQuery();
    link.endOfStream();
    Failed.with(Kind.UNREACHABLE, "the server closed the connection", next);
  }

  @Test
  void ofAServerThatWasAwayAndIsBack() throws Exception {
    awayForLong();
    answered(server, exchange());
  }

  /** No connection has brought anything for more than a second, and no query waits. */
  private void awayForLong() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    for (int made = 1; made <= 4; made++) {
      ScriptedLink link = server.nextOpenLink();
      link.nextQuery();
      link.endOfStream();
      if (made > 1) {
        awaitWaiting(1);
        timers.advance(Duration.ofMillis(400));
      }
    }
    ScriptedLink last = server.nextOpenLink();
    last.nextQuery();
    timers.advance(DEADLINE);
    assertTrue(response.isDone());
    last.awaitClose();
  }

  private static void answered(ScriptedServer server, CompletableFuture<byte[]> response)
      throws Exception {
    ScriptedLink link = server.nextOpenLink();
    link.respondTo(link.nextQuery());
    response.get();
  }

  /** Spins: a running thread does the work that it waits for. */
  private void awaitWaiting(int queries) throws InterruptedException {
    while (pool.waiting() != queries) {
      spin();
    }
  }

  private void awaitWaitingOr(CompletableFuture<?> outcome) throws InterruptedException {
    while (pool.waiting() == 0 && !outcome.isDone()) {
      spin();
    }
  }

  private static void spin() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Thread.onSpinWait();
  }

  @Test
  void withTheFailureOfTheSecondConnectionIfThatIsRefused() throws Exception {
    ScriptedLink first = warm();
    CompletableFuture<byte[]> response = exchange();
    first.nextQuery();
    first.endOfStream();
    server.nextLink().refuse(TlsFailures.of(TlsFailure.Kind.UNTRUSTED, "pin mismatch"));
    Failed.with(Kind.UNTRUSTED, "pin mismatch", response);
  }

  @Test
  void byTheSameDeadline() throws Exception {
    ScriptedLink first = warm();
    CompletableFuture<byte[]> response = exchange();
    first.nextQuery();
    timers.advance(DEADLINE.dividedBy(2));
    first.endOfStream();
    server.nextOpenLink().nextQuery();
    timers.advance(DEADLINE.dividedBy(2).minusNanos(1));
    assertFalse(response.isDone());
    timers.advance(Duration.ofNanos(1));
    assertTrue(response.isDone());
    Failed.with(Kind.NO_ANSWER, "no answer in time", response);
  }

  @Test
  void alsoOnAFreshConnection() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    ScriptedLink link = server.nextOpenLink();
    link.nextQuery();
    link.endOfStream();
    answeredOnNext(response);
  }

  @Test
  void afterAHandshakeThatWasCutShort() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    ScriptedLink link = server.nextLink();
    link.letReach();
    link.refuse(TlsFailures.of(TlsFailure.Kind.UNREACHABLE, "no TLS session: reset"));
    awaitWaiting(1);
    timers.advance(Duration.ofMillis(10));
    answeredOnNext(response);
  }

  @Test
  void neverWhenTheServerSentNonsense() throws Exception {
    ScriptedLink link = warm();
    CompletableFuture<byte[]> response = exchange();
    link.nextQuery();
    link.sendOctets((byte) 0, (byte) 1);
    Failed.with(Kind.MALFORMED, "sent a message of 1 octets", response);
    assertEquals(1, server.linksMade());
  }

  /** Two losses show it; from then on a connection gets as many queries as the server answers. */
  @Test
  void ofAServerThatClosesAfterEachAnswer() throws Exception {
    ScriptedLink link = warm();
    List<CompletableFuture<byte[]>> responses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      responses.add(exchange());
    }
    for (int left = 8; left > 6; left--) {
      link.respondTo(link.nextQueries(left).get(0));
      link.endOfStream();
      link = server.nextOpenLink();
    }
    List<ScriptedLink> atOnce = new ArrayList<>(List.of(link));
    for (int i = 1; i < ConnectionPool.MOST_AT_A_TIME; i++) {
      atOnce.add(server.nextOpenLink());
    }
    for (ScriptedLink one : atOnce) {
      byte[] query = one.nextQuery();
      assertFalse(one.hasWrites());
      one.respondTo(query);
    }
    for (int i = 0; i < 2; i++) {
      ScriptedLink one = server.nextOpenLink();
      one.respondTo(one.nextQuery());
    }
    for (CompletableFuture<byte[]> response : responses) {
      response.get();
    }
    assertEquals(8, server.linksMade());
  }

  @Test
  void aQueryThatEndsEachConnectionIsGivenUp() throws Exception {
    ScriptedLink link = warm();
    CompletableFuture<byte[]> poison = exchange();
    byte[] query = link.nextQuery();
    for (int i = 1; i <= RetryBudget.MOST; i++) {
      link.send(Messages.response(query, Messages.idOf(query) ^ 1)); // it lives
      link.endOfStream();
      if (i < RetryBudget.MOST) {
        link = server.nextOpenLink();
        query = link.nextQuery();
      }
    }
    Failed.with(Kind.UNREACHABLE, "the server closed the connection", poison);
    assertEquals(RetryBudget.MOST, server.linksMade());
  }

  @Test
  void onASecondConnectionWhileTheFirstIsSilentAndTheFirstResponseCounts() throws Exception {
    for (boolean old : new boolean[] {true, false}) {
      ScriptedLink silent = warm();
      CompletableFuture<ReceivedResponse> response =
          Exchanges.begin(transport, QUERY, timers.nanoTime() + Duration.ofSeconds(30).toNanos());
      byte[] first = silent.nextQuery();
      timers.advance(Duration.ofSeconds(2));
      assertFalse(silent.isClosed(), "it may still answer");
      ScriptedLink fresh = server.nextOpenLink();
      byte[] second = fresh.nextQuery();
      timers.advance(Duration.ofSeconds(3));
      assertFalse(fresh.isClosed(), "there it waits");
      if (old) {
        silent.respondTo(first);
      } else {
        fresh.respondTo(second);
      }
      assertEquals(Messages.idOf(old ? first : second), Messages.idOf(response.get().message()));
      silent.awaitClose();
      timers.advance(Duration.ofSeconds(10)); // idle
      fresh.awaitClose();
    }
  }

  private ScriptedLink warm() throws InterruptedException {
    transport.warmUp();
    return server.nextOpenLink();
  }

  private CompletableFuture<byte[]> exchange() {
    return Exchanges.begin(transport, QUERY, timers.nanoTime() + DEADLINE.toNanos())
        .thenApply(ReceivedResponse::message);
  }

  private void answeredOnNext(CompletableFuture<byte[]> response) throws Exception {
    ScriptedLink next = server.nextOpenLink();
    byte[] query = next.nextQuery();
    next.respondTo(query);
    assertArrayEquals(Messages.response(QUERY, Messages.idOf(query)), response.get());
    assertEquals(2, server.linksMade());
  }
}
