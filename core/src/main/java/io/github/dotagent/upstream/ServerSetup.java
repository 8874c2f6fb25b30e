package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.Threads;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.DotEndpoint;
import io.github.dotagent.dot.DotTransport;
import io.github.dotagent.logging.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Makes the servers that the user's list names. */
public final class ServerSetup {
  private final Function<DotEndpoint, DotTransport> transports;
  private final BootstrapResolver names;
  private final Threads threads;
  private final Timers timers;
  private final Log log;
  private final boolean privately;

  /** For the chance in back-offs, of which nothing secret depends. */
  private final Random random = new Random();

  /**
   * @param transports makes the way to a server
   * @param names for servers that are given by name
   * @param privately whether servers are asked to pass on no part of the client's address
   */
  public ServerSetup(
      Function<DotEndpoint, DotTransport> transports,
      BootstrapResolver names,
      Threads threads,
      Timers timers,
      Log log,
      boolean privately) {
    this.transports = transports;
    this.names = names;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
    this.privately = privately;
  }

  /**
   * @param specs in the user's order; at least one
   */
  public Servers of(List<UpstreamSpec> specs) {
    return of(specs, "");
  }

  /**
   * @param specs in the user's order; at least one
   * @param zone the names that they are for, as people know them; empty: all that no zone has
   */
  public Servers of(List<UpstreamSpec> specs, final String zone) {
    Function<UpstreamSpec, Upstream> making =
        new Function<UpstreamSpec, Upstream>() {
          @Override
          public Upstream apply(UpstreamSpec spec) {
            return make(spec, zone);
          }
        };
    List<Servers.Entry> entries = new ArrayList<>();
    for (UpstreamSpec spec : specs) {
      entries.add(
          spec.isByName()
              ? Servers.Entry.of(new NamedServers(spec, names, making, threads, timers, log))
              : Servers.Entry.of(make(spec, zone)));
    }
    return new Servers(entries, timers, privately);
  }

  private Upstream make(UpstreamSpec spec, String zone) {
    String text = spec.toString();
    String logged = zone.isEmpty() ? text : text + " (zone " + zone + ")";
    DotEndpoint server =
        new DotEndpoint(spec.endpoint(), spec.authenticationName().orElse(null), text);
    return new Upstream(
        spec,
        zone,
        new Transport.OverDot(transports.apply(server), server),
        timers,
        new UpstreamStats(logged, timers, random, log));
  }
}
