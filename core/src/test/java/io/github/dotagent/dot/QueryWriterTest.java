package io.github.dotagent.dot;

import io.github.dotagent.dot.ExchangeFailure.Kind;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The writer by itself; its work for a connection is seen in DotConnectionTest. */
@Timeout(20)
class QueryWriterTest {
  @Test
  void aDefectFailsAlsoWhatItHadInItsHands() {
    ScriptedLink link = ScriptedLink.opened();
    ManualTimers timers = new ManualTimers();
    DotConnection connection = new DotConnection(link, new RealThreads(), timers, "dns.example");
    PendingQueries broken =
        new PendingQueries(
            new ScriptedRandom(
                draw -> {
                  throw new IllegalStateException("no entropy");
                }));
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      exchanges.add(new Exchange(Messages.query("a.example")));
    }
    new QueryWriter(connection, link, new LinkedBlockingQueue<>(exchanges), broken, timers).run();
    for (Exchange exchange : exchanges) {
      Failed.with(
          Kind.UNREACHABLE,
          "failed with java.lang.IllegalStateException: no entropy",
          exchange.response());
    }
  }
}
