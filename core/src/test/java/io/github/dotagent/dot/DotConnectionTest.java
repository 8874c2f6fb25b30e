package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How queries go out and responses come back. Limits of time are in DotLifetimeTest. */
@Timeout(20)
class DotConnectionTest {
  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedLink link = new ScriptedLink();
  private final DotConnection connection =
      new DotConnection(
          link, threads, timers, "dns.example", Integer.MAX_VALUE, new UnwatchedConnection());

  private void start() {
    connection.start(Duration.ofSeconds(5).toNanos());
  }

  @AfterEach
  void end() throws InterruptedException {
    connection.end(ExchangeFailure.unreachable("the test is over", null));
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void queriesGivenBeforeItIsOpenGoOutInOrderInOneWrite() throws Exception {
    start();
    List<PendingQuery> exchanges = send(3);
    assertFalse(connection.isOpen());
    assertFalse(link.hasWrites());
    link.letOpen();

    assertEquals(3, link.nextBatch());
    List<byte[]> queries = link.nextQueries(3);
    for (int i = 0; i < 3; i++) {
      byte[] sent = exchanges.get(i).query();
      assertArrayEquals(Messages.withId(sent, Messages.idOf(queries.get(i))), queries.get(i));
    }
    assertTrue(connection.isOpen());
  }

  @Test
  void aProgramThatInterruptsWhateverThreadItFindsDoesNotEndIt() throws Exception {
    start();
    link.letOpen();
    send(1);
    link.nextQuery();
    threads.interrupt("writer dns.example");
    send(1);
    link.nextQuery();
    assertTrue(connection.isOpen());
  }

  @Test
  void responsesComeInAnyOrder() throws Exception {
    start();
    List<PendingQuery> exchanges = send(20);
    link.letOpen();
    List<byte[]> queries = new ArrayList<>(link.nextQueries(20));
    Collections.reverse(queries);
    Collections.rotate(queries, 7);
    queries.forEach(link::respondTo);
    for (PendingQuery exchange : exchanges) {
      byte[] response = Exchanges.response(exchange).get();
      assertArrayEquals(Messages.response(exchange.query(), exchange.id()), response);
    }
  }

  @Test
  void aWriteHasAtMost64Queries() throws Exception {
    start();
    send(100);
    link.letOpen();
    assertEquals(64, link.nextBatch());
    assertEquals(36, link.nextBatch());
  }

  /** A server with Nagle's algorithm on holds its next answer back until then. */
  @Test
  void anAnswerIsAcknowledgedAtOnceWhenMoreAreToCome() throws Exception {
    start();
    List<PendingQuery> pair = send(2);
    link.letOpen();
    List<byte[]> queries = link.nextQueries(2);
    link.respondTo(queries.get(0));
    Exchanges.response(pair.get(0)).get();
    assertEquals(1, link.timesAcknowledged());
    link.respondTo(queries.get(1));
    Exchanges.response(pair.get(1)).get();
    assertEquals(1, link.timesAcknowledged(), "the next query does it");
  }

  @Test
  void idsInFlightDiffer() throws Exception {
    start();
    send(126);
    link.letOpen();
    Set<Integer> ids = new HashSet<>();
    link.nextQueries(126).forEach(query -> ids.add(Messages.idOf(query)));
    assertEquals(126, ids.size());
  }

  @Test
  void anAbandonedQueryIsNotSent() throws Exception {
    start();
    List<PendingQuery> exchanges = send(2);
    exchanges.get(0).abandon();
    link.letOpen();
    byte[] query = link.nextQuery();
    assertArrayEquals(exchanges.get(1).query(), Messages.withId(query, 0));
  }

  @Test
  void theEndFailsSentAndQueuedQueries() throws Exception {
    start();
    link.stopReading();
    PendingQuery sent = send();
    link.letOpen();
    link.nextQuery();
    // the writer hangs in its write: these two stay in the queue
    List<PendingQuery> queued = send(2);
    link.endOfStream();
    String reason = "the server closed the connection";
    Failed.with(Kind.UNREACHABLE, reason, Exchanges.response(sent));
    Failed.with(Kind.UNREACHABLE, reason, Exchanges.response(queued.get(0)));
    Failed.with(Kind.UNREACHABLE, reason, Exchanges.response(queued.get(1)));
    assertTrue(connection.hasEnded());
    assertFalse(connection.isOpen());
    assertTrue(link.isClosed());
    threads.join();
  }

  @Test
  void aResetTellsItsCause() throws Exception {
    start();
    link.letOpen();
    PendingQuery exchange = send();
    link.nextQuery();
    link.reset();
    Failed.with(Kind.UNREACHABLE, "connection lost", Exchanges.response(exchange));
    assertEquals(
        "Connection reset", Failed.of(Exchanges.response(exchange)).getCause().getMessage());
  }

  @Test
  void aRefusedConnectionTellsWhy() throws Exception {
    start();
    PendingQuery exchange = send();
    link.refuse(TlsFailures.of(TlsFailure.Kind.UNTRUSTED, "pin mismatch"));
    Failed.with(Kind.UNTRUSTED, "pin mismatch", Exchanges.response(exchange));
    assertTrue(link.isClosed());
  }

  @Test
  void aFailedHandshakeIsReportedAsNoTls() throws Exception {
    start();
    PendingQuery exchange = send();
    link.refuse(TlsFailures.of(TlsFailure.Kind.HANDSHAKE, "no TLS session: x"));
    Failed.with(Kind.NO_TLS, "no TLS session: x", Exchanges.response(exchange));
  }

  @Test
  void aConnectionThatIsLostInTheHandshakeIsUnreachable() throws Exception {
    start();
    PendingQuery exchange = send();
    link.refuse(TlsFailures.of(TlsFailure.Kind.LOST, "no TLS session: x"));
    Failed.with(Kind.UNREACHABLE, "no TLS session: x", Exchanges.response(exchange));
  }

  @Test
  void aDefectOfTheTlsProviderFailsTheQueries() throws Exception {
    start();
    PendingQuery exchange = send();
    link.refuse(new IllegalStateException("provider"));
    Failed.with(
        Kind.UNREACHABLE,
        "failed with java.lang.IllegalStateException: provider",
        Exchanges.response(exchange));
  }

  @Test
  void theFirstReasonStays() {
    start();
    ExchangeFailure first = ExchangeFailure.unreachable("first", null);
    connection.end(first);
    connection.end(ExchangeFailure.malformed("second"));
    assertSame(first, connection.end());
  }

  @Test
  void nothingIsTakenAfterTheEnd() {
    start();
    connection.end(ExchangeFailure.unreachable("over", null));
    PendingQuery late = Exchanges.of(Messages.query("late.example"));
    assertFalse(connection.send(late));
    assertFalse(late.isDone(), "it is the caller's again");
  }

  @Test
  void aConnectionHasTwoThreadsWhateverIsSent() throws Exception {
    start();
    link.letOpen();
    for (int i = 0; i < 100; i++) {
      PendingQuery exchange = send();
      link.respondTo(link.nextQuery());
      Exchanges.response(exchange).get();
    }
    assertEquals(List.of("writer dns.example", "reader dns.example"), threads.roles());
    connection.end(ExchangeFailure.unreachable("over", null));
    threads.join(); // no thread outlives the connection
  }

  private PendingQuery send() {
    return send(1).get(0);
  }

  private List<PendingQuery> send(int count) {
    List<PendingQuery> exchanges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PendingQuery exchange = Exchanges.of(Messages.query("n" + i + ".example"));
      assertTrue(connection.send(exchange));
      exchanges.add(exchange);
    }
    return exchanges;
  }
}
