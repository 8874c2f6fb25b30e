package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import java.time.Duration;
import java.util.List;

/** A connection on a scripted link, on the hand-driven clock. */
final class ConnectionUnderTest {
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  final ManualTimers timers = new ManualTimers();
  final ScriptedLink link = new ScriptedLink();
  final RealThreads threads = new RealThreads();
  final DotConnection connection =
      new DotConnection(
          link, threads, timers, "dns.example", Integer.MAX_VALUE, new UnwatchedConnection());

  ConnectionUnderTest() {
    connection.start(CONNECT_LIMIT.toNanos());
  }

  void end() throws InterruptedException {
    connection.end(ExchangeFailure.unreachable("the test is over", null));
    link.close();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  void open() throws InterruptedException {
    link.letOpen();
    link.awaitReader();
  }

  /** Its time is over. */
  void giveUp(PendingQuery exchange) {
    assertTrue(exchange.abandon());
    connection.giveUp(exchange, true);
  }

  PendingQuery send() {
    PendingQuery exchange = Exchanges.of(Messages.query("a.example"));
    assertTrue(connection.send(exchange));
    return exchange;
  }

  PendingQuery sentAfter(Duration time) throws Exception {
    timers.advance(time);
    PendingQuery exchange = send();
    link.nextQuery();
    return exchange;
  }

  void answered() throws Exception {
    PendingQuery exchange = send();
    link.respondTo(link.nextQuery());
    Exchanges.response(exchange).get();
  }
}
