package io.github.dotagent.dot;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * A server to which links are made, each handed to the test. Counts them. After {@link #closeAll} a
 * link is closed from the start: a query that the closing cost its connection is sent once more.
 */
final class ScriptedServer implements Supplier<Link> {
  private final BlockingQueue<ScriptedLink> fresh = new LinkedBlockingQueue<>();
  private final List<ScriptedLink> made = new ArrayList<>(); // guarded by this
  private boolean gone; // guarded by this

  @Override
  public synchronized Link get() {
    ScriptedLink link = new ScriptedLink();
    made.add(link);
    fresh.add(link);
    if (gone) {
      link.close();
    }
    return link;
  }

  /** The next link that was made, still unopened; waits for it. */
  ScriptedLink nextLink() throws InterruptedException {
    return fresh.take();
  }

  /** As {@link #nextLink}, opened and with its connection ready. */
  ScriptedLink nextOpenLink() throws InterruptedException {
    ScriptedLink link = nextLink();
    link.letOpen();
    link.awaitReader();
    return link;
  }

  /** A transport to it, with one connection at a time. */
  DotTransport transport(ThreadStarter threads, Timers timers, Duration connectLimit) {
    return new DotTransport(pool(threads, timers, connectLimit, true), timers);
  }

  ConnectionPool pool(
      ThreadStarter threads, Timers timers, Duration connectLimit, boolean oneIsEnough) {
    return new ConnectionPool(
        new DotConnection.OverLinks(this, threads, timers, "dns.example", connectLimit.toNanos()),
        timers,
        oneIsEnough);
  }

  synchronized int linksMade() {
    return made.size();
  }

  synchronized void closeAll() {
    gone = true;
    made.forEach(ScriptedLink::close);
  }
}
