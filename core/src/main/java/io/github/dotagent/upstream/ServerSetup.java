package io.github.dotagent.upstream;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.dot.DotEndpoint;
import io.github.dotagent.dot.DotTransport;
import io.github.dotagent.dot.DotTransportFactory;
import io.github.dotagent.logging.Log;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes the servers that the user's lists name. Servers that the previous lists named too are kept,
 * with their connections and state. For one thread; the servers are for any.
 */
public final class ServerSetup {
  private final Function<DotEndpoint, DotTransport> transports;
  private final DotTransportFactory making; // null: as transports, which never change
  private final BootstrapResolver names;
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;
  private final boolean privately;
  private final List<Named> present = new ArrayList<>();
  private final List<Named> before; // previous servers that no list has taken so far

  /** The zones of these lists: their servers are not taken away. */
  private final Set<String> zones;

  /** For the random part of back-offs, which protects no secret. */
  private final Random random;

  /**
   * @param transports makes the way to a server
   * @param names for servers that are given by name
   * @param privately whether queries forbid servers to pass on a part of the client's address
   */
  public ServerSetup(
      Function<DotEndpoint, DotTransport> transports,
      BootstrapResolver names,
      ThreadStarter threads,
      Timers timers,
      Log log,
      boolean privately) {
    this.transports = transports;
    this.making = null;
    this.names = names;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
    this.privately = privately;
    this.before = Collections.emptyList();
    this.zones = Collections.emptySet();
    this.random = new Random();
  }

  private ServerSetup(
      DotTransportFactory making, boolean privately, ServerSetup last, Set<String> zones) {
    this.transports = making;
    this.making = making;
    this.names = last.names;
    this.threads = last.threads;
    this.timers = last.timers;
    this.log = last.log;
    this.privately = privately;
    this.before = new ArrayList<>(last.present);
    this.zones = zones;
    this.random = last.random;
  }

  /**
   * For the lists of other settings. Nothing changes for the present servers before {@link
   * #takeOver}.
   *
   * @param zones the names of all lists that will be asked for
   */
  public ServerSetup next(DotTransportFactory other, boolean asksPrivately, Set<String> zones) {
    return new ServerSetup(other, asksPrivately, this, zones);
  }

  /** A server of a list, or those behind a name. */
  private static final class Named {
    final UpstreamSpec spec;
    final String zone;
    final Servers.Entry entry;
    final boolean isTaken; // it was there before

    Named(UpstreamSpec spec, String zone, Servers.Entry entry, boolean isTaken) {
      this.spec = spec;
      this.zone = zone;
      this.entry = entry;
      this.isTaken = isTaken;
    }
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
  public Servers of(List<UpstreamSpec> specs, String zone) {
    List<Servers.Entry> entries = new ArrayList<>();
    for (UpstreamSpec spec : specs) {
      Named known = known(spec, zone);
      Named named =
          known == null
              ? new Named(spec, zone, made(spec, zone), false)
              : new Named(spec, zone, known.entry, true);
      present.add(named);
      entries.add(named.entry);
    }
    return new Servers(entries, timers, privately);
  }

  /**
   * The previous server; null if it is new. A server of the same zone is preferred to one of a zone
   * that no longer exists.
   */
  private Named known(UpstreamSpec spec, String zone) {
    Named found = null;
    for (Named one : before) {
      boolean same = one.zone.equals(zone);
      if (one.spec.equals(spec) && (same || found == null && !zones.contains(one.zone))) {
        found = one;
        if (same) {
          break;
        }
      }
    }
    before.remove(found);
    return found;
  }

  private Servers.Entry made(UpstreamSpec spec, String zone) {
    return spec.isByName()
        ? Servers.Entry.of(new NamedServers(spec, zone, names, making(zone), threads, timers, log))
        : Servers.Entry.of(make(spec, zone));
  }

  private Function<UpstreamSpec, Upstream> making(final String zone) {
    return new Function<UpstreamSpec, Upstream>() {
      @Override
      public Upstream apply(UpstreamSpec spec) {
        return make(spec, zone);
      }
    };
  }

  private Upstream make(UpstreamSpec spec, String zone) {
    DotEndpoint server =
        new DotEndpoint(spec.endpoint(), spec.authenticationName().orElse(null), spec.toString());
    return new Upstream(
        spec,
        zone,
        new Transport.OverDot(transports.apply(server), server),
        timers,
        new UpstreamStats(Upstream.logged(spec, zone), timers, random, log));
  }

  /**
   * These settings hold from now on: they apply to new connections to existing servers, and
   * connections to a server that must prove something else end.
   */
  public void takeOver() {
    for (Named named : present) {
      if (named.isTaken) {
        named.entry.follow(making(named.zone), named.zone, making);
      }
    }
  }

  /** No lookup that begins from now on asks the servers that these settings do not name. */
  public void retireOthers() {
    for (Named one : before) {
      one.entry.retire();
    }
    before.clear();
  }
}
