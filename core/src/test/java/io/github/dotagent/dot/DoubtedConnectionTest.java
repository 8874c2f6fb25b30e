package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A query that is given to a connection in the moment in which that is doubted is asked again
 * elsewhere as well.
 */
@Timeout(20)
class DoubtedConnectionTest {
  private final ScriptedLink link = ScriptedLink.opened();
  private final ManualTimers timers = new ManualTimers();
  private final DotConnection connection =
      new DotConnection(
          link,
          new RealThreads(),
          timers,
          "dns.example",
          Integer.MAX_VALUE,
          new UnwatchedConnection());
  private final PendingQuery query = Exchanges.of(Messages.query("a.example"));

  @Test
  void beforeTheQueryIsInTheQueue() {
    connection.doubt();
    assertFalse(connection.takesQueries(), "the sender asked before");
    assertTrue(connection.send(query));
    assertEquals(1, Exchanges.doubts(query));
  }

  @Test
  void aDoubtWhileTheWriterHoldsTheQueryIsSeen() {
    AtomicInteger draws = new AtomicInteger();
    PendingQueries pending =
        new PendingQueries(
            new ScriptedRandom(
                draw -> {
                  connection.doubt(); // it is in no queue now, and not in flight
                  return draws.incrementAndGet();
                }));
    EndsWhenDoubted owner = new EndsWhenDoubted();
    QueryQueue queue = new QueryQueue();
    queue.add(
        new PendingQuery(Messages.query("a.example"), timers.nanoTime() + 1, false, null, owner));
    new QueryWriter(connection, link, queue, pending, timers).run();
    assertEquals(1, owner.doubts);
  }

  /** So that the writer ends. */
  private final class EndsWhenDoubted implements PendingQuery.Owner {
    private int doubts;

    @Override
    public void responded(PendingQuery exchange, byte[] message) {
      throw new AssertionError("no server is there");
    }

    @Override
    public void failed(PendingQuery exchange, ExchangeFailure failure) {
      // it is under way elsewhere
    }

    @Override
    public void doubted(PendingQuery exchange) {
      doubts++;
      connection.end(ExchangeFailure.unreachable("the test is over", null));
    }
  }
}
