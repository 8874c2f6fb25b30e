package io.github.dotagent;

import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.dot.DotTransports;
import io.github.dotagent.resolver.AddressOrder;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.resolver.SystemResolver;
import io.github.dotagent.support.AgentTimers;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.SocketSetting;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.upstream.NameBook;
import io.github.dotagent.upstream.ServerSetup;
import io.github.dotagent.upstream.UpstreamPool;
import io.github.dotagent.wire.Rehearsal;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Puts the steps of a lookup together: resolver, cache, upstream, DNS over TLS. The only class that
 * sees every package; knows nothing of agents.
 */
public final class DotCore {
  private final HostResolver resolver;
  private final CachedLookup cache;

  private DotCore(HostResolver resolver, CachedLookup cache) {
    this.resolver = resolver;
    this.cache = cache;
  }

  /**
   * Begins to connect to the first server, and makes the rest while that is under way: TLS is what
   * takes longest when a JVM is young. Does not wait for the connection.
   *
   * @param system for the names that stay on the machine
   * @param quickAcks as for {@link DotTransports}; null where there is no such way
   */
  public static DotCore start(
      DotConfig config, SystemResolver system, SocketSetting quickAcks, Log log) {
    AgentTimers timers = new AgentTimers(log);
    TlsConnector connector = new TlsConnector(config.tls(), log);
    long timeout = config.timeout().toNanos();
    // the servers get a little less than the caller waits, so that he hears what each one said
    long toBeAnsweredWithin = timeout - timeout / 20;
    DotTransports transports =
        new DotTransports(connector, timers, timers, log, toBeAnsweredWithin, quickAcks);
    ServerSetup setup = new ServerSetup(transports, bootstrap(system), timers, timers, log);
    UpstreamPool upstreams =
        new UpstreamPool(setup.of(config.upstreams()), timers, toBeAnsweredWithin, log);
    upstreams.warmUp();
    CachedLookup cached = new CachedLookup(upstreams, config.cache(), timers, log);
    Rehearsal.run();
    return new DotCore(
        new PolicyResolver(cached, system, config.names(), timers, timeout, log), cached);
  }

  /** The names of the servers themselves: what over TLS cannot be asked. */
  private static NameBook bootstrap(final SystemResolver system) {
    return new NameBook() {
      @Override
      public InetAddress[] addressesOf(String name) throws UnknownHostException {
        return system.addresses(name, AddressOrder.SYSTEM);
      }
    };
  }

  /** What the hooks call. */
  public HostResolver resolver() {
    return resolver;
  }

  /** Forgets every name: the next lookup of it asks a server. */
  public void flush() {
    cache.flush();
  }

  /**
   * Forgets one name.
   *
   * @param name in any case, with or without the dot at its end
   */
  public void flush(String name) {
    cache.flush(name);
  }
}
