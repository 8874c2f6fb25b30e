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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A query that met a connection which the server was just closing goes out once more. */
@Timeout(20)
class DotRetryTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final byte[] QUERY = Messages.query("a.example");

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final DotTransport transport = server.transport(threads, timers, Duration.ofSeconds(5));

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

  @Test
  void onlyOnce() throws Exception {
    ScriptedLink first = warm();
    CompletableFuture<byte[]> response = exchange();
    first.nextQuery();
    first.endOfStream();
    ScriptedLink second = server.nextOpenLink();
    second.nextQuery();
    second.endOfStream();
    Failed.with(Kind.UNREACHABLE, "the server closed the connection", response);
    assertEquals(2, server.linksMade());
  }

  @Test
  void onlyOnceEvenIfTheSecondConnectionWasOpenToo() throws Exception {
    CompletableFuture<byte[]> early = exchange();
    ScriptedLink first = server.nextLink();
    first.stopReading();
    first.letOpen();
    first.awaitReader();
    first.nextQuery(); // the writer hangs in this write, so that the next query stays behind it
    CompletableFuture<byte[]> late = exchange();
    // the first to hear of the end opens a second connection before the other one is told
    CompletableFuture<ScriptedLink> opened =
        early.handle(
            (response, failure) -> {
              try {
                return warm();
              } catch (InterruptedException ended) {
                throw new AssertionError(ended);
              }
            });
    first.endOfStream();
    ScriptedLink second = opened.get();
    second.nextQuery();
    second.endOfStream();
    Failed.with(Kind.UNREACHABLE, "the server closed the connection", late);
    assertEquals(2, server.linksMade());
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
  void neverOnAFreshConnection() throws Exception {
    CompletableFuture<byte[]> response = exchange();
    ScriptedLink link = server.nextOpenLink();
    link.nextQuery();
    link.endOfStream();
    Failed.with(Kind.UNREACHABLE, "the server closed the connection", response);
    assertEquals(1, server.linksMade());
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

  @Test
  void ofAServerThatClosesAfterEachAnswerAsOftenAsItTakes() throws Exception {
    ScriptedLink link = warm();
    List<CompletableFuture<byte[]>> responses = new ArrayList<>();
    int queries = 8;
    for (int i = 0; i < queries; i++) {
      responses.add(exchange());
    }
    for (int left = queries; left > 1; left--) {
      link.respondTo(link.nextQueries(left).get(0));
      link.endOfStream();
      link = server.nextOpenLink();
    }
    link.respondTo(link.nextQuery());
    for (CompletableFuture<byte[]> response : responses) {
      response.get();
    }
    assertEquals(queries, server.linksMade());
  }

  @Test
  void onceMoreWhenItIsTheNameThatIsSlow() throws Exception {
    ScriptedLink silent = warm();
    CompletableFuture<DotResponse> response =
        Exchanges.begin(transport, QUERY, timers.nanoTime() + Duration.ofSeconds(30).toNanos());
    silent.nextQuery();
    timers.advance(Duration.ofSeconds(2));
    assertTrue(silent.isClosed());
    ScriptedLink second = server.nextOpenLink();
    byte[] query = second.nextQuery();
    timers.advance(Duration.ofSeconds(20));
    assertFalse(second.isClosed(), "moved once, it waits");
    second.respondTo(query);
    response.get();
  }

  private ScriptedLink warm() throws InterruptedException {
    transport.warmUp();
    return server.nextOpenLink();
  }

  private CompletableFuture<byte[]> exchange() {
    return Exchanges.begin(transport, QUERY, timers.nanoTime() + DEADLINE.toNanos())
        .thenApply(DotResponse::message);
  }

  private void answeredOnNext(CompletableFuture<byte[]> response) throws Exception {
    ScriptedLink next = server.nextOpenLink();
    byte[] query = next.nextQuery();
    next.respondTo(query);
    assertArrayEquals(Messages.response(QUERY, Messages.idOf(query)), response.get());
    assertEquals(2, server.linksMade());
  }
}
