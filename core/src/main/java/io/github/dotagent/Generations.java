package io.github.dotagent;

import io.github.dotagent.answer.DelayedLookup;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingsChange;
import io.github.dotagent.dot.DotTransportFactory;
import io.github.dotagent.logging.Log;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.net.SocketSetting;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.resolver.WatchedResolver;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.upstream.BootstrapResolver;
import io.github.dotagent.upstream.OutageLog;
import io.github.dotagent.upstream.ServerSetup;
import io.github.dotagent.upstream.UpstreamPool;
import io.github.dotagent.upstream.ZoneGroup;
import io.github.dotagent.upstream.ZonedUpstreams;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes the parts that the settings describe: servers, zones, the check of signatures, and the
 * cache before them. Holds the current generation, and replaces it by the next. Safe for use by any
 * number of threads, except {@link #begin} and {@link #swap}, which one thread each may call.
 */
final class Generations implements Supplier<PolicyResolver> {
  /** A hosts file of 20 MB takes a small machine that long; later it counts as a mistake. */
  private static final long FILES_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final AgentTimers timers;
  private final Log log;
  private volatile Generation current; // lookups read it once each
  private WatchedResolver lookups; // set before the first server is made

  Generations(Generation first, AgentTimers timers, Log log) {
    this.current = first;
    this.timers = timers;
    this.log = log;
  }

  /** Counts the lookups that fail. */
  void countedBy(WatchedResolver resolver) {
    lookups = resolver;
  }

  Generation current() {
    return current;
  }

  /** The resolver of the settings in force: a lookup asks for it once, and keeps it. */
  @Override
  public PolicyResolver get() {
    return current.policy();
  }

  /**
   * The servers of the first settings, and the way to them; begins to connect to the first one.
   *
   * @param quickAcks as for {@link DotTransportFactory}; null where there is no such way
   * @param beforeSockets as for {@link DotTransportFactory}
   * @param watch learns of connections
   * @param warmed learns when the first connection is there
   */
  Lookup begin(
      SocketSetting quickAcks, Runnable beforeSockets, Watch watch, UpstreamPool.Warmed warmed) {
    Generation now = current;
    DotConfig config = now.config();
    DotTransportFactory transports =
        new DotTransportFactory(
            now.connector(),
            timers,
            timers,
            log,
            toBeAnsweredWithin(config),
            toConnectWithin(config),
            quickAcks,
            beforeSockets,
            watch);
    ServerSetup servers =
        new ServerSetup(transports, bootstrap(), timers, timers, log, config.asksPrivately());
    UpstreamPool pool = pool(config, servers);
    ZonedUpstreams all = upstreams(config, pool, servers, now.policy());
    SecuredUpstreams secured = secured(config, all); // before the first query of a library
    pool.warmUp(warmed);
    CachedLookup cached =
        new CachedLookup(
            secured == null ? all : secured.lookup(),
            config.cache(),
            config.timeout().toNanos(),
            timers,
            log);
    current = now.with(transports, servers, all, secured, cached);
    return cached;
  }

  /**
   * The servers get a little less time than the caller waits, so that the caller hears the reason
   * of each.
   */
  private static long toBeAnsweredWithin(DotConfig config) {
    long timeout = config.timeout().toNanos();
    return timeout - timeout / 20;
  }

  private static long toConnectWithin(DotConfig config) {
    return Math.max(toBeAnsweredWithin(config), config.timeoutStart().toNanos());
  }

  /** Those for the names that no zone has. */
  private UpstreamPool pool(DotConfig config, ServerSetup servers) {
    OutageLog outage =
        new OutageLog(
            withoutServers(config),
            failedLookups(Collections.singletonList("")),
            namesInClear(),
            timers,
            log);
    return new UpstreamPool(
        servers.of(config.upstreams()), timers, toBeAnsweredWithin(config), log, outage);
  }

  private ZonedUpstreams upstreams(
      DotConfig config, UpstreamPool pool, ServerSetup servers, PolicyResolver policy) {
    return new ZonedUpstreams(
        pool, zones(config, servers), zoneOf(policy), goesOverTls(policy), timers);
  }

  /** The check of signatures; null: there is none. */
  private SecuredUpstreams secured(DotConfig config, ZonedUpstreams all) {
    return config.dnssec() == null
        ? null
        : new SecuredUpstreams(all, config.dnssec(), timers, timers, config.timeout().toNanos());
  }

  /**
   * The generation of other settings; no lookup uses it before {@link #swap}.
   *
   * @throws UnknownHostException when a file with names cannot be read
   */
  Generation next(Generation now, DotConfig config, TlsConnector connector)
      throws UnknownHostException {
    long timeout = config.timeout().toNanos();
    DelayedLookup toCome = new DelayedLookup();
    PolicyResolver policy = now.policy().next(toCome, config.names(), timeout);
    policy.awaitFiles(FILES_NANOS);
    DotTransportFactory transports =
        now.transports().next(connector, toBeAnsweredWithin(config), toConnectWithin(config));
    Set<String> labels = new HashSet<>();
    labels.add("");
    for (ZoneGroup group : ZoneGroup.of(config.zones())) {
      labels.add(group.toString());
    }
    ServerSetup servers = now.servers().next(transports, config.asksPrivately(), labels);
    ZonedUpstreams all = upstreams(config, pool(config, servers), servers, policy);
    SecuredUpstreams secured = secured(config, all);
    CachedLookup cached = now.cache().next(secured == null ? all : secured.lookup(), timeout);
    toCome.has(cached);
    return new Generation(config, connector, policy)
        .with(transports, servers, all, secured, cached);
  }

  /**
   * Lookups that begin from now on use the next generation; those under way end with the previous
   * one. The cache stays, except for names that now go elsewhere.
   */
  void swap(
      Generation last, Generation next, SettingsChange change, Consumer<PolicyResolver> taken) {
    next.servers()
        .takeOver(); // first: a server whose key is no longer accepted gets no more queries
    MovedNames moved = new MovedNames(last, next, change.concernsDnssec());
    last.cache().retire(next.config().cache(), moved, moved.areSome());
    current = next;
    taken.accept(next.policy());
    next.servers().retireOthers(); // threads that check signatures end when they have none to check
  }

  /** Zones with the same servers share them, and their state. */
  private Map<String, UpstreamPool> zones(DotConfig config, ServerSetup setup) {
    long timeoutNanos = toBeAnsweredWithin(config);
    Map<String, UpstreamPool> pools = new LinkedHashMap<>();
    for (ZoneGroup group : ZoneGroup.of(config.zones())) {
      String label = group.toString();
      OutageLog outage =
          new OutageLog(
              label,
              withoutServers(config),
              failedLookups(group.names()),
              namesInClear(),
              timers,
              log);
      UpstreamPool pool =
          new UpstreamPool(setup.of(group.servers(), label), timers, timeoutNanos, log, outage);
      for (String zone : group.names()) {
        pools.put(zone, pool);
      }
    }
    return pools;
  }

  /** A name behind an alias goes to the same servers as if a program asked for it. */
  private static Function<String, String> zoneOf(final PolicyResolver policy) {
    return new Function<String, String>() {
      @Override
      public String apply(String name) {
        return policy.zoneOf(name);
      }
    };
  }

  private static Predicate<String> goesOverTls(final PolicyResolver policy) {
    return new Predicate<String>() {
      @Override
      public boolean test(String name) {
        return policy.goesOverTls(name);
      }
    };
  }

  /**
   * @param zones an empty one: all names that no zone has
   */
  private LongSupplier failedLookups(final List<String> zones) {
    return new LongSupplier() {
      @Override
      public long getAsLong() {
        long failed = 0;
        for (String zone : zones) {
          failed += lookups.failedIn(zone);
        }
        return failed;
      }
    };
  }

  /** What happens to lookups while no server answers. */
  private static String withoutServers(DotConfig config) {
    if (config.observes()) {
      return "the system resolver answers the program in any case (mode=observe)";
    }
    String rest =
        config.names().clearTextFallback()
            ? "names leave in the clear (profile=opportunistic), unless a server is untrusted"
            : "lookups fail, and no name leaves in the clear";
    return config.cache().stale().isZero()
        ? rest
        : "names in the cache are still answered (cache.stale), other " + rest;
  }

  private LongSupplier namesInClear() {
    return new LongSupplier() {
      @Override
      public long getAsLong() {
        return current.policy().inClear();
      }
    };
  }

  /** For the names of the servers themselves, which cannot be looked up over TLS. */
  private BootstrapResolver bootstrap() {
    return new BootstrapResolver() {
      @Override
      public InetAddress[] addressesOf(String name) throws UnknownHostException {
        return current.policy().ofThisMachine(name);
      }
    };
  }
}
