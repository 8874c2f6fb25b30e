package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries given to a connection in the very moment of its end: none is ever lost. */
@Timeout(60)
class SendAgainstEndTest {
  private static final int ROUNDS = 4_000;
  private static final int SENDERS = 2;
  private static final int QUERIES = 4;
  private static final byte[] QUERY = Messages.query("a.example");

  private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);

  @AfterEach
  void shutDown() {
    senders.shutdownNow();
  }

  @Test
  void eachIsRefusedOrEnds() throws Exception {
    int refused = 0;
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RealThreads threads = new RealThreads();
      DotConnection connection =
          new DotConnection(
              ScriptedLink.opened(),
              threads,
              new ManualTimers(),
              "dns.example",
              Integer.MAX_VALUE,
              new UnwatchedConnection());
      connection.start(Long.MAX_VALUE);
      CyclicBarrier together = new CyclicBarrier(SENDERS + 1);
      List<Future<List<Sent>>> sending = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        sending.add(senders.submit(new Sender(connection, together)));
      }
      together.await();
      for (int spin = 0; spin < round % 400 * 10; spin++) {
        Thread.onSpinWait(); // so that the end meets the queries at every stage
      }
      ExchangeFailure end = ExchangeFailure.unreachable("the end", null);
      connection.end(end);

      for (Future<List<Sent>> sender : sending) {
        for (Sent sent : sender.get()) {
          if (sent.taken) {
            taken++;
            assertSame(end, Failed.of(Exchanges.response(sent.exchange)));
          } else {
            refused++;
            assertFalse(sent.exchange.isDone(), "refused, so it is the caller's");
          }
        }
      }
      threads.join();
      assertEquals(List.of(), threads.uncaught());
    }
    assertEquals(ROUNDS * SENDERS * QUERIES, refused + taken);
  }

  /** Reading its state from another thread never shows a time that is not the time of sending. */
  @Test
  void aQueryThatWasSentHasItsTime() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      PendingQuery exchange = Exchanges.of(QUERY);
      CyclicBarrier together = new CyclicBarrier(2);
      Future<Long> seen =
          senders.submit(
              () -> {
                together.await();
                while (!exchange.wasSent()) {
                  Thread.onSpinWait();
                }
                return exchange.sentAt();
              });
      together.await();
      exchange.sent(1, -5);
      assertEquals(-5, seen.get());
    }
  }

  /** On a machine that is busy a connect may have failed before the query is in its queue. */
  @Test
  void aConnectThatFailedFirstFailsTheQuery() throws Exception {
    AtomicInteger made = new AtomicInteger();
    Supplier<Link> refusing =
        () -> {
          if (made.incrementAndGet() > 1) {
            throw new IllegalStateException("connected to again");
          }
          ScriptedLink link = new ScriptedLink();
          link.refuse(TlsFailures.of(TlsFailure.Kind.UNTRUSTED, "pin mismatch"));
          return link;
        };
    ThreadStarter atOnce = (role, work) -> work.run();
    ManualTimers timers = new ManualTimers();
    DotConnection.OverLinks connections =
        new DotConnection.OverLinks(refusing, atOnce, timers, "dns.example", Long.MAX_VALUE);
    CompletableFuture<ReceivedResponse> response =
        Exchanges.begin(
            new DotTransport(new ConnectionPool(connections, timers, true), timers), QUERY, 1);
    Failed.with(ExchangeFailure.Kind.UNTRUSTED, "pin mismatch", response);
  }

  /** One that was open has closed, as servers do: that is no failure of the next query. */
  @Test
  void aConnectionThatClosedFirstDoesNot() throws Exception {
    ManualTimers timers = new ManualTimers();
    RealThreads threads = new RealThreads();
    List<DotConnection> connections = new ArrayList<>();
    DotConnection.Factory closing =
        (most, listener) -> {
          ScriptedLink link = ScriptedLink.opened();
          DotConnection connection =
              new DotConnection(
                  link,
                  threads,
                  timers,
                  "dns.example",
                  Integer.MAX_VALUE,
                  new UnwatchedConnection());
          connection.start(Long.MAX_VALUE);
          connection.opening().join();
          if (connections.isEmpty()) {
            connection.end(ExchangeFailure.unreachable("closed", null));
          }
          connections.add(connection);
          return connection;
        };
    CompletableFuture<ReceivedResponse> response =
        Exchanges.begin(
            new DotTransport(new ConnectionPool(closing, timers, true), timers), QUERY, 1);
    assertEquals(2, connections.size());
    assertFalse(response.isDone());
    connections.get(1).end(ExchangeFailure.unreachable("the end", null));
    threads.join();
  }

  private record Sent(PendingQuery exchange, boolean taken) {}

  private static final class Sender implements Callable<List<Sent>> {
    private final DotConnection connection;
    private final CyclicBarrier together;

    Sender(DotConnection connection, CyclicBarrier together) {
      this.connection = connection;
      this.together = together;
    }

    @Override
    public List<Sent> call() throws Exception {
      together.await();
      List<Sent> sent = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        PendingQuery exchange = Exchanges.of(QUERY);
        sent.add(new Sent(exchange, connection.send(exchange)));
      }
      return sent;
    }
  }
}
