package io.github.dotagent;

import io.github.dotagent.answer.DeferredLookup;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.cache.CacheStatus;
import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.concurrent.Deferred;
import io.github.dotagent.concurrent.Threads;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.config.BypassMode;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.FollowedSettings;
import io.github.dotagent.config.SettingKey;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.config.SettingsChange;
import io.github.dotagent.config.SettingsStatus;
import io.github.dotagent.dot.DotTransports;
import io.github.dotagent.dot.ExchangeFailure;
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
import io.github.dotagent.tls.TlsFailure;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

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

  /** A hosts file of 20 MB takes a small machine that long; later it counts as a mistake. */
  private static final long FILES_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final RememberingLog log;
  private final AgentTimers timers;
  private final StartWait start;
  private DeferredLookup dot = new DeferredLookup(); // of the thread that starts; then null
  private final WatchedResolver resolver;
  private final ObservedResolver observing; // null, as the next
  private final EnforcedNames enforced; // null without mode=observe
  private final ObservedNames observed; // null: the program gets the answers over TLS
  private final HostResolver served;
  private final Watch watch = new Watch();
  private final RecentErrors errors = new RecentErrors();
  private final Bypasses bypasses = new Bypasses();
  private final CleartextNames cleartext = new CleartextNames();
  private final Deferred<Boolean> forwarded = new Deferred<>();
  private final Forwarder forwarder;
  private final long begunMillis;
  private volatile Generation generation; // lookups read it once each
  private volatile SettingsThread settings; // null until they are followed

  private DotCore(DotConfig config, SystemResolver system, Log log) {
    this.timers = new AgentTimers(log);
    this.begunMillis = timers.epochMillis();
    this.log = new RememberingLog(log, errors, timers);
    long timeout = config.timeout().toNanos();
    this.start = new StartWait(config.timeoutStart().toNanos());
    CountedSystem counted = new CountedSystem(system, cleartext, timers, this.log);
    EnforcedNames enforcing = new EnforcedNames(counted);
    SystemResolver asked = config.observes() ? enforcing.system() : counted;
    PolicyResolver policy =
        new PolicyResolver(dot, asked, config.names(), timers, timers, timeout, this.log, start);
    this.generation = new Generation(config, new TlsConnector(config.tls(), this.log), policy);
    this.resolver = new WatchedResolver(new Present(), watch, errors, timers);
    if (config.observes()) {
      enforcing.decidedBy(policy);
      this.enforced = enforcing;
      this.observed = new ObservedNames(enforcing, timers, timers, this.log);
      this.observing = new ObservedResolver(system, counted, resolver, observed);
      this.served = observing;
    } else {
      this.enforced = null;
      this.observing = null;
      this.observed = null;
      this.served = resolver;
    }
    this.forwarder =
        new Forwarder(new ToUpstreams(), new AsLookedUp(), bypasses, timers, timers, this.log);
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
   * takes longest when a JVM is young. Does not wait for the connection. Called once, and once more
   * when its thread was stopped in the middle; when it fails, every lookup over TLS says why.
   *
   * @param quickAcks as for {@link DotTransports}; null where there is no such way
   * @param beforeSockets as for {@link DotTransports}
   */
  public void start(SocketSetting quickAcks, Runnable beforeSockets) {
    DeferredLookup first = dot;
    try {
      first.has(overTls(quickAcks, beforeSockets));
      timers.after(REHEARSAL_AFTER_NANOS, new Rehearsing(first));
    } catch (RuntimeException | Error broken) {
      if (AgentThread.isStop(broken)) {
        throw broken; // it is called again
      }
      Throwable reason = new IllegalStateException("dot-agent could not start: " + broken, broken);
      first.failed(reason);
      start.over();
      forwarded.failed(reason);
    }
    dot = null; // it would keep the servers of the start, when others have taken their place
  }

  /** The resolver of the settings that hold: a lookup asks once, and ends by them. */
  private final class Present implements Supplier<PolicyResolver> {
    @Override
    public PolicyResolver get() {
      return generation.policy();
    }
  }

  private Lookup overTls(SocketSetting quickAcks, Runnable beforeSockets) {
    Generation now = generation;
    DotConfig config = now.config();
    DotTransports transports =
        new DotTransports(
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
    pool.warmUp(
        new UpstreamPool.Warmed() {
          @Override
          public void over() {
            start.over();
            forwarded.has(true);
          }
        });
    // as a lookup waits for no longer than that
    timers.after(config.timeoutStart().toNanos(), new ForwardingBegins());
    CachedLookup cached =
        new CachedLookup(
            secured == null ? all : secured.lookup(),
            config.cache(),
            config.timeout().toNanos(),
            timers,
            log);
    generation = now.with(transports, servers, all, secured, cached);
    ClassWarmup.run();
    initialiseFailures();
    return cached;
  }

  /**
   * A class whose initialiser finds no memory is lost to the JVM (JVMS §5.5): those of failures are
   * needed when there is none left, so they are initialised before.
   */
  private static void initialiseFailures() {
    LookupFailure.of(
        Collections.singletonList(
            new LookupFailure.Attempt(
                "", LookupFailure.Kind.UNREACHABLE, "", ExchangeFailure.brokenOff())));
  }

  /** The servers get a little less than the caller waits, who then hears each one's reason. */
  private static long toBeAnsweredWithin(DotConfig config) {
    long timeout = config.timeout().toNanos();
    return timeout - timeout / 20;
  }

  private static long toConnectWithin(DotConfig config) {
    return Math.max(toBeAnsweredWithin(config), config.timeoutStart().toNanos());
  }

  /** Those for the names that no zone has. */
  private UpstreamPool pool(DotConfig config, ServerSetup servers) {
    Outage outage =
        new Outage(withoutServers(config), failedLookups(config), namesInClear(), timers, log);
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
   * From now on the files of the settings are looked at once a second, in a thread of their own:
   * their disk may be away, and neither a lookup nor the timer is to wait for it. To be called once
   * the start is over; without such files it does nothing.
   *
   * @param sources where the settings of this core are from
   * @param begunMillis a moment before they were read, milliseconds since 1970
   * @param told called, on that thread, when others hold
   */
  public void follow(SettingSources sources, long begunMillis, SettingsListener told) {
    SettingsThread made =
        new SettingsThread(
            new FollowedSettings(
                sources, generation.config(), begunMillis, new ToGeneration(told), timers, log),
            timers);
    settings = made;
    made.begin();
  }

  /** Is told of other settings. */
  public interface SettingsListener {
    /**
     * They hold from now on.
     *
     * @param change what is another
     */
    void changed(SettingsChange change);
  }

  /**
   * Looks at the files of the settings at once, and waits until that is done.
   *
   * @throws IllegalStateException when the settings are not followed so far, or what the files say
   *     does not hold; the message says why
   */
  public List<String> reload() {
    SettingsThread follows = settings;
    if (follows == null) {
      throw new IllegalStateException("the agent is still starting; try again");
    }
    FollowedSettings.Outcome outcome = follows.lookNow();
    if (!outcome.isWell()) {
      throw new IllegalStateException(String.join("\n", outcome.lines()));
    }
    return outcome.lines();
  }

  /** The settings that hold. */
  public DotConfig config() {
    return generation.config();
  }

  /** Makes a generation of other settings, and has it hold. On the settings' thread. */
  private final class ToGeneration implements FollowedSettings.Taker {
    private final SettingsListener told;

    ToGeneration(SettingsListener told) {
      this.told = told;
    }

    @Override
    public FollowedSettings.Ready prepare(final SettingsChange change, boolean filesMayDiffer)
        throws FollowedSettings.NotTakenException {
      final Generation now = generation;
      if (now.cache() == null) {
        throw new FollowedSettings.NotTakenException("the agent could not start", null);
      }
      TlsConnector connector = now.connector();
      final List<String> texts = new ArrayList<>();
      Generation made;
      try {
        if (change.concernsTls() || filesMayDiffer) {
          TlsConnector read = connector.next(change.config().tls());
          if (change.concernsTls() || !read.hasSameFiles(connector)) {
            connector = read;
          }
          if (!change.concernsTls() && connector == read) {
            texts.add("the trust store or a client certificate has another content");
          }
        }
        made =
            change.isEmpty() && texts.isEmpty() && !change.concernsDnssec()
                ? null
                : next(now, change.config(), connector);
      } catch (TlsFailure | UnknownHostException unusable) {
        throw new FollowedSettings.NotTakenException(unusable.getMessage(), unusable);
      }
      final Generation next = made;
      return new FollowedSettings.Ready() {
        @Override
        public List<String> texts() {
          return texts;
        }

        @Override
        public void take() {
          swap(now, next, change);
          told.changed(change);
        }
      };
    }
  }

  /**
   * @throws UnknownHostException when a file with names cannot be read
   */
  private Generation next(Generation now, DotConfig config, TlsConnector connector)
      throws UnknownHostException {
    long timeout = config.timeout().toNanos();
    DeferredLookup toCome = new DeferredLookup();
    PolicyResolver policy = now.policy().next(toCome, config.names(), timeout);
    policy.awaitFiles(FILES_NANOS);
    DotTransports transports =
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
   * Lookups that begin from now on are of the next generation; those under way end by the last one.
   * The cache stays, but for names that are to be asked for elsewhere.
   */
  private void swap(final Generation last, final Generation next, SettingsChange change) {
    next.servers().takeOver(); // first: no key that is wanted no more gets another query
    MovedNames moved = new MovedNames(last, next, change.concernsDnssec());
    last.cache().retire(next.config().cache(), moved, moved.areSome());
    generation = next;
    if (enforced != null) {
      enforced.decidedBy(next.policy());
    }
    next.servers().retireOthers(); // threads that check signatures end when they have none to check
    start.over(); // the first server may have been the one that was waited for
  }

  /** Where the first connection takes so long. */
  private final class ForwardingBegins implements Runnable {
    @Override
    public void run() {
      forwarded.has(true);
    }
  }

  /** Zones that have the same servers share them, and what is known of them. */
  private Map<String, UpstreamPool> zones(DotConfig config, ServerSetup setup) {
    long timeoutNanos = toBeAnsweredWithin(config);
    Map<String, UpstreamPool> pools = new LinkedHashMap<>();
    for (ZoneGroup group : ZoneGroup.of(config.zones())) {
      String label = group.toString();
      Outage outage =
          new Outage(
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

  /** A name goes to the same servers in the middle of an answer as at its beginning. */
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

  private LongSupplier failedLookups(final List<String> zones) {
    return new LongSupplier() {
      @Override
      public long getAsLong() {
        long failed = 0;
        for (String zone : zones) {
          failed += generation.policy().failedIn(zone);
        }
        return failed;
      }
    };
  }

  /** What becomes of lookups while no server answers. */
  private static String withoutServers(DotConfig config) {
    if (config.observes()) {
      return "the system resolver answers the program in any case (mode=observe)";
    }
    String rest =
        config.names().clearTextFallback()
            ? "names leave in the clear (profile=opportunistic), unless a server is untrusted"
            : "lookups fail, and nothing leaves in the clear for it";
    return config.cache().stale().isZero()
        ? rest
        : "names in the cache are still answered (cache.stale), other " + rest;
  }

  private LongSupplier namesInClear() {
    return new LongSupplier() {
      @Override
      public long getAsLong() {
        return generation.policy().inClear();
      }
    };
  }

  private LongSupplier failedLookups(final DotConfig config) {
    return new LongSupplier() {
      @Override
      public long getAsLong() {
        long failed = 0;
        for (LookupFailure.Kind kind : LookupFailure.Kind.values()) {
          failed += resolver.failures(kind);
        }
        for (ZoneSpec zone : config.zones()) {
          failed -= generation.policy().failedIn(zone.name());
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
        return generation.policy().ofThisMachine(name);
      }
    };
  }

  /** The servers, for forwarded queries, which may come before they are there. */
  private final class ToUpstreams implements ForwardPort {
    @Override
    public CompletableFuture<byte[]> forward(final ForwardedQuery query) {
      return forwarded.ask(
          new Function<Boolean, CompletableFuture<byte[]>>() {
            @Override
            public CompletableFuture<byte[]> apply(Boolean there) {
              Generation now = generation;
              return now.secured() == null
                  ? now.upstreams().forward(query)
                  : now.secured().forward(query);
            }
          });
    }
  }

  /** A forwarded name goes where a looked-up one would. */
  private final class AsLookedUp implements NamePlaces {
    @Override
    public boolean isSystems(String name) {
      return generation.policy().isSystems(name);
    }

    @Override
    public boolean isNoServers(String name) {
      return generation.policy().isNoServers(name);
    }

    @Override
    public boolean mayLeaveInClear(String name) {
      return generation.policy().mayLeaveInClear(name);
    }

    @Override
    public boolean refusesCleartext() {
      return generation.config().bypass() == BypassMode.BLOCK;
    }
  }

  /** A lookup of the program waits for the start first, and asks only then. */
  private final class Rehearsing implements Runnable, BooleanSupplier {
    private final DeferredLookup first;

    Rehearsing(DeferredLookup first) {
      this.first = first;
    }

    @Override
    public boolean getAsBoolean() {
      return start.wasAwaited() || first.wasAsked();
    }

    @Override
    public void run() {
      if (!getAsBoolean()) {
        timers.start(
            "rehearsal",
            new Runnable() {
              @Override
              public void run() {
                generation.policy().lookAround();
                LookupWarmup.run(generation.config(), timers, Rehearsing.this);
              }
            });
      }
    }
  }

  /** Ends every connection and the forwarding, for good. */
  public void close() {
    log.end(); // what fails from now on fails because of this
    SettingsThread follows = settings;
    if (follows != null) {
      follows.end();
    }
    generation.connector().close(); // the sockets of all of them
    forwarder.close();
    SecuredUpstreams made = generation.secured();
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
            config().givenText(SettingKey.SYSTEM_SUFFIXES), config().givenText(SettingKey.ZONES));
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
    Generation now = generation;
    CachedLookup cached = now.cache();
    ZonedUpstreams pool = now.upstreams();
    SettingsThread follows = settings;
    return new CoreStatus(
        resolver,
        cached == null ? CacheStatus.NONE : cached.status(),
        pool == null ? Collections.<UpstreamStatus>emptyList() : pool.status(),
        now.connector().pinMismatches(),
        errors.newestFirst(),
        bypasses,
        now.policy().inClear(),
        cleartext,
        follows == null ? SettingsStatus.atStart(begunMillis) : follows.status());
  }

  /** Where a name goes and why, and what is kept of it; a line each. Asks no server. */
  public List<String> explain(String host) {
    Generation now = generation;
    CachedLookup cached = now.cache();
    List<String> lines = new ArrayList<>();
    if (now.config().observes()) {
      lines.add("mode=observe: the system resolver answers the program; with mode=enforce:");
    }
    for (NameExplanation.Step step : now.policy().explanation().of(host)) {
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
    CachedLookup made = generation.cache();
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
    CachedLookup made = generation.cache();
    if (made != null) {
      made.flush(name);
    }
  }
}
