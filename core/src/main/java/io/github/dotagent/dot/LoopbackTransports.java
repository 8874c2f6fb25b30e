package io.github.dotagent.dot;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Transports as {@link DotTransportFactory} makes them, without a server: nothing that is sent
 * leaves this JVM. For the warm-up.
 */
public final class LoopbackTransports implements Function<DotEndpoint, DotTransport> {
  private static final long CONNECT_LIMIT = TimeUnit.SECONDS.toNanos(1); // it takes far less

  private final ThreadStarter threads;
  private final Timers timers;
  private final List<Link> links = new ArrayList<>(); // used by the warm-up thread alone

  public LoopbackTransports(ThreadStarter threads, Timers timers) {
    this.threads = threads;
    this.timers = timers;
  }

  @Override
  public DotTransport apply(DotEndpoint server) {
    Supplier<Link> making =
        new Supplier<Link>() {
          @Override
          public Link get() {
            Link link = new LoopbackLink();
            links.add(link);
            return link;
          }
        };
    DotConnection.Factory connections =
        new DotConnection.OverLinks(making, threads, timers, "warm-up", CONNECT_LIMIT);
    return new DotTransport(new ConnectionPool(connections, timers, true), timers);
  }

  /** Ends their threads. */
  public void close() {
    for (Link link : links) {
      link.close();
    }
  }
}
