package io.github.dotagent;

import io.github.dotagent.answer.DeferredLookup;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.cache.CacheStatus;
import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.concurrent.Deferred;
import io.github.dotagent.concurrent.Threads;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.config.BypassMode;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingKey;
import io.github.dotagent.dot.DotTransports;
import io.github.dotagent.forward.ForwardPort;
import io.github.dotagent.forward.Forwarder;
import io.github.dotagent.forward.NamePlaces;
import io.github.dotagent.logging.Log;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.metrics.CleartextNames;
import io.github.dotagent.metrics.RecentErrors;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.net.SocketSetting;
import io.github.dotagent.observe.ObserveReport;
import io.github.dotagent.observe.ObservedNames;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.CountedSystem;
import io.github.dotagent.resolver.EnforcedNames;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.NameExplanation;
import io.github.dotagent.resolver.ObservedResolver;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.resolver.StartWait;
import io.github.dotagent.resolver.SystemResolver;
import io.github.dotagent.resolver.WatchedResolver;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.upstream.BootstrapResolver;
import io.github.dotagent.upstream.Outage;
import io.github.dotagent.upstream.ServerSetup;
import io.github.dotagent.upstream.UpstreamPool;
import io.github.dotagent.upstream.UpstreamStatus;
import io.github.dotagent.upstream.ZoneGroup;
import io.github.dotagent.upstream.ZoneSpec;
import io.github.dotagent.upstream.ZonedUpstreams;
import io.github.dotagent.wire.ClassWarmup;
import io.github.dotagent.wire.ForwardedQuery;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Puts the steps of a lookup together: resolver, cache, upstream, DNS over TLS. The only class that
 * sees every package; knows nothing of agents.
 */
public final class DotCore {
  /**
   * A program that has not looked anything up by then has let TLS and the first connection have the
   * processor; one that has needs no rehearsal.
   */
  private static final long REHEARSAL_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final DotConfig config;
  private final RememberingLog log;
  private final AgentTimers timers;
  private final TlsConnector connector;
  private final StartWait start;
  private final DeferredLookup dot = new DeferredLookup();
  private final PolicyResolver policy;
  private final WatchedResolver resolver;
  private final ObservedResolver observing; // null, as the next
  private final ObservedNames observed; // null: the program gets the answers over TLS
  private final HostResolver served;
  private final Watch watch = new Watch();
  private final RecentErrors errors = new RecentErrors();
  private final Bypasses bypasses = new Bypasses();
  private final CleartextNames cleartext = new CleartextNames();
  private final Deferred<ZonedUpstreams> forwarded = new Deferred<>();
  private final Forwarder forwarder;
  private volatile CachedLookup cache; // null until it is made
  private volatile ZonedUpstreams upstreams; // null until it is made
  private volatile SecuredUpstreams secured; // null until it is made, and without dnssec

  private DotCore(DotConfig config, SystemResolver system, Log log) {
    this.config = config;
    this.timers = new AgentTimers(log);
    this.log = new RememberingLog(log, errors, timers);
    this.connector = new TlsConnector(config.tls(), this.log);
    long timeout = config.timeout().toNanos();
    this.start = new StartWait(config.timeoutStart().toNanos());
    CountedSystem counted = new CountedSystem(system, cleartext, this.log);
    EnforcedNames enforced = new EnforcedNames(counted);
    SystemResolver asked = config.observes() ? enforced.system() : counted;
    this.policy =
        new PolicyResolver(dot, asked, config.names(), timers, timers, timeout, this.log, start);
    this.resolver = new WatchedResolver(policy, watch, errors, timers);
    if (config.observes()) {
      enforced.decidedBy(policy);
      this.observed = new ObservedNames(enforced, timers, timers, this.log);
      this.observing = new ObservedResolver(system, counted, resolver, observed);
      this.served = observing;
    } else {
      this.observing = null;
      this.observed = null;
      this.served = resolver;
    }
    boolean block = config.bypass() == BypassMode.BLOCK;
    this.forwarder =
        new Forwarder(
            new ToUpstreams(), new AsLookedUp(), block, bypasses, timers, timers, this.log);
  }

  /**
   * The part that is made at once: from now on the names of this machine are answered, and every
   * other waits for {@link #start}.
   *
   * @param system for the names that stay on the machine
   */
  public static DotCore of(DotConfig config, SystemResolver system, Log log) {
    return new DotCore(config, system, log);
  }

  /**
   * Begins to connect to the first server, and makes the rest while that is under way: TLS is what
   * takes longest when a JVM is young. Does not wait for the connection. Called once; when it
   * fails, every lookup over TLS says why.
   *
   * @param quickAcks as for {@link DotTransports}; null where there is no such way
   * @param beforeSockets as for {@link DotTransports}
   */
  public void start(SocketSetting quickAcks, Runnable beforeSockets) {
    try {
      dot.has(overTls(quickAcks, beforeSockets));
      timers.after(REHEARSAL_AFTER_NANOS, new Rehearsing());
    } catch (RuntimeException | Error broken) {
      Throwable reason = new IllegalStateException("dot-agent could not start: " + broken, broken);
      dot.failed(reason);
      start.over();
      forwarded.failed(reason);
    }
  }

  private Lookup overTls(SocketSetting quickAcks, Runnable beforeSockets) {
    long timeout = config.timeout().toNanos();
    // the servers get a little less than the caller waits, who then hears each one's reason
    long toBeAnsweredWithin = timeout - timeout / 20;
    DotTransports transports =
        new DotTransports(
            connector,
            timers,
            timers,
            log,
            toBeAnsweredWithin,
            Math.max(toBeAnsweredWithin, config.timeoutStart().toNanos()),
            quickAcks,
            beforeSockets,
            watch);
    ServerSetup setup =
        new ServerSetup(transports, bootstrap(), timers, timers, log, config.asksPrivately());
    Outage outage = new Outage(withoutServers(), failedLookups(), namesInClear(), timers, log);
    UpstreamPool pool =
        new UpstreamPool(setup.of(config.upstreams()), timers, toBeAnsweredWithin, log, outage);
    final ZonedUpstreams all =
        new ZonedUpstreams(pool, zones(setup, toBeAnsweredWithin), zoneOf(), timers);
    Lookup checked = checked(all); // before the first query of a library
    pool.warmUp(
        new UpstreamPool.Warmed() {
          @Override
          public void over() {
            start.over();
            forwarded.has(all);
          }
        });
    // as a lookup waits for no longer than that
    timers.after(config.timeoutStart().toNanos(), new ForwardingBegins(all));
    upstreams = all;
    CachedLookup cached = new CachedLookup(checked, config.cache(), timeout, timers, log);
    cache = cached;
    ClassWarmup.run();
    return cached;
  }

  /** The servers, behind the check of signatures if there is one. */
  private Lookup checked(ZonedUpstreams all) {
    if (config.dnssec() == null) {
      return all;
    }
    SecuredUpstreams made =
        new SecuredUpstreams(all, config.dnssec(), timers, timers, config.timeout().toNanos());
    secured = made;
    return made.lookup();
  }

  /** Where the first connection takes so long. */
  private final class ForwardingBegins implements Runnable {
    private final ZonedUpstreams all;

    ForwardingBegins(ZonedUpstreams all) {
      this.all = all;
    }

    @Override
    public void run() {
      forwarded.has(all);
    }
  }

  /** Zones that have the same servers share them, and what is known of them. */
  private Map<String, UpstreamPool> zones(ServerSetup setup, long timeoutNanos) {
    Map<String, UpstreamPool> pools = new LinkedHashMap<>();
    for (ZoneGroup group : ZoneGroup.of(config.zones())) {
      String label = group.toString();
      Outage outage =
          new Outage(
              label, withoutServers(), failedLookups(group.names()), namesInClear(), timers, log);
      UpstreamPool pool =
          new UpstreamPool(setup.of(group.servers(), label), timers, timeoutNanos, log, outage);
      for (String zone : group.names()) {
        pools.put(zone, pool);
      }
    }
    return pools;
  }

  /** A name goes to the same servers in the middle of an answer as at its beginning. */
  private Function<String, String> zoneOf() {
    return new Function<String, String>() {
      @Override
      public String apply(String name) {
        return policy.zoneOf(name);
      }
    };
  }

  private LongSupplier failedLookups(final List<String> zones) {
    return new LongSupplier() {
      @Override
      public long getAsLong() {
        long failed = 0;
        for (String zone : zones) {
          failed += policy.failedIn(zone);
        }
        return failed;
      }
    };
  }

  /** What becomes of lookups while no server answers. */
  private String withoutServers() {
    if (config.observes()) {
      return "the system resolver answers the program in any case (mode=observe)";
    }
    String rest =
        config.names().clearTextFallback()
            ? "names leave in the clear (profile=opportunistic) unless one is untrusted"
            : "lookups fail";
    return config.cache().stale().isZero()
        ? rest
        : "old answers are served (cache.stale), other " + rest;
  }

  private LongSupplier namesInClear() {
    return new LongSupplier() {
      @Override
      public long getAsLong() {
        return policy.inClear();
      }
    };
  }

  private LongSupplier failedLookups() {
    return new LongSupplier() {
      @Override
      public long getAsLong() {
        long failed = 0;
        for (LookupFailure.Kind kind : LookupFailure.Kind.values()) {
          failed += resolver.failures(kind);
        }
        for (ZoneSpec zone : config.zones()) {
          failed -= policy.failedIn(zone.name());
        }
        return failed;
      }
    };
  }

  /** The names of the servers themselves: what over TLS cannot be asked. */
  private BootstrapResolver bootstrap() {
    return new BootstrapResolver() {
      @Override
      public InetAddress[] addressesOf(String name) throws UnknownHostException {
        return policy.ofThisMachine(name);
      }
    };
  }

  /** In a thread of its own, for the timer must not wait. */
  /** The servers, for forwarded queries, which may come before they are there. */
  private final class ToUpstreams implements ForwardPort {
    @Override
    public CompletableFuture<byte[]> forward(final ForwardedQuery query) {
      return forwarded.ask(
          new Function<ZonedUpstreams, CompletableFuture<byte[]>>() {
            @Override
            public CompletableFuture<byte[]> apply(ZonedUpstreams servers) {
              SecuredUpstreams checking = secured;
              return checking == null ? servers.forward(query) : checking.forward(query);
            }
          });
    }
  }

  /** A forwarded name goes where a looked-up one would. */
  private final class AsLookedUp implements NamePlaces {
    @Override
    public boolean isSystems(String name) {
      return policy.isSystems(name);
    }

    @Override
    public boolean isNoServers(String name) {
      return policy.isNoServers(name);
    }

    @Override
    public boolean mayLeaveInClear(String name) {
      return policy.mayLeaveInClear(name);
    }
  }

  private final class Rehearsing implements Runnable {
    @Override
    public void run() {
      if (!dot.wasAsked()) {
        timers.start(
            "rehearsal",
            new Runnable() {
              @Override
              public void run() {
                policy.lookAround();
                LookupWarmup.run(config, timers, dot);
              }
            });
      }
    }
  }

  /** Ends every connection and the forwarding, for good. */
  public void close() {
    log.end(); // what fails from now on fails because of this
    connector.close();
    forwarder.close();
    SecuredUpstreams made = secured;
    if (made != null) {
      made.close();
    }
  }

  /**
   * Ends everything, the threads too, which may take a moment. A lookup that still waits is over
   * within its time-out.
   */
  public void end() {
    close();
    timers.close();
  }

  /** Starts threads that inherit nothing of the program's. */
  public Threads threads() {
    return timers;
  }

  /** What the hooks call. */
  public HostResolver resolver() {
    return served;
  }

  /**
   * A lookup that the system resolver has answered before this was there. Where names are observed.
   *
   * @param found null: there are none, and the refusal says so
   */
  public void observedBefore(
      String host, AddressFamilyPolicy order, InetAddress[] found, UnknownHostException refusal) {
    observing.before(host, order, found, refusal);
  }

  /** What observing has shown up to now; nothing where names are not observed. */
  public ObserveReport observed() {
    return observed == null
        ? ObserveReport.NONE
        : observed.report(
            config.givenText(SettingKey.SYSTEM_SUFFIXES), config.givenText(SettingKey.ZONES));
  }

  /** Time, as the agent has it. */
  public Timers timers() {
    return timers;
  }

  /** Tells watchers of lookups and connections while they happen. */
  public Watch watch() {
    return watch;
  }

  /** For what libraries ask by themselves. */
  public Forwarder forwarder() {
    return forwarder;
  }

  /** The queries of libraries that were seen. */
  public Bypasses bypasses() {
    return bypasses;
  }

  /** How lookups have been going. */
  public CoreStatus status() {
    CachedLookup cached = cache;
    ZonedUpstreams pool = upstreams;
    return new CoreStatus(
        resolver,
        cached == null ? CacheStatus.NONE : cached.status(),
        pool == null ? Collections.<UpstreamStatus>emptyList() : pool.status(),
        connector.pinMismatches(),
        errors.newestFirst(),
        bypasses,
        policy.inClear(),
        cleartext);
  }

  /** Where a name goes and why, and what is kept of it; a line each. Asks no server. */
  public List<String> explain(String host) {
    CachedLookup cached = cache;
    List<String> lines = new ArrayList<>();
    if (config.observes()) {
      lines.add("mode=observe: the system resolver answers the program; with mode=enforce:");
    }
    for (NameExplanation.Step step : policy.explanation().of(host)) {
      lines.add(step.toString());
      if (step.isUpstream() && cached != null) {
        for (String kept : cached.kept(step.name())) {
          lines.add("  " + kept);
        }
      }
    }
    return lines;
  }

  /** Forgets every name: the next lookup of it asks a server. */
  public void flush() {
    CachedLookup made = cache;
    if (made != null) {
      made.flush();
    }
  }

  /**
   * Forgets one name.
   *
   * @param name in any case, with or without the dot at its end
   */
  public void flush(String name) {
    CachedLookup made = cache;
    if (made != null) {
      made.flush(name);
    }
  }
}
