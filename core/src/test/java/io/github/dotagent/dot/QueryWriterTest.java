package io.github.dotagent.dot;

import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The writer by itself; its work for a connection is seen in DotConnectionTest. */
@Timeout(20)
class QueryWriterTest {
  @Test
  void aDefectOfTheWriterFailsTheQueriesThatItHolds() {
    ScriptedLink link = ScriptedLink.opened();
    ManualTimers timers = new ManualTimers();
    DotConnection connection =
        new DotConnection(
            link,
            new RealThreads(),
            timers,
            "dns.example",
            Integer.MAX_VALUE,
            new UnwatchedConnection());
    PendingQueries broken =
        new PendingQueries(
            new ScriptedRandom(
                draw -> {
                  throw new IllegalStateException("no entropy");
                }));
    PendingQuery exchange = Exchanges.of(Messages.query("a.example"));
    QueryQueue queue = new QueryQueue();
    queue.add(exchange);
    new QueryWriter(connection, link, queue, broken, timers).run();
    Failed.with(
        Kind.UNREACHABLE,
        "failed with java.lang.IllegalStateException: no entropy",
        Exchanges.response(exchange));
  }
}
