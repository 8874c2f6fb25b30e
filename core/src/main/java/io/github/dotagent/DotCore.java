package io.github.dotagent;

import io.github.dotagent.answer.DelayedLookup;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.cache.CacheStatus;
import io.github.dotagent.cache.CachedLookup;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.concurrent.Deferred;
import io.github.dotagent.concurrent.FailureListener;
import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.config.BypassMode;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingKey;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.dot.DotTransportFactory;
import io.github.dotagent.dot.ExchangeFailure;
import io.github.dotagent.forward.ForwardPort;
import io.github.dotagent.forward.Forwarder;
import io.github.dotagent.forward.NamePlaces;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.metrics.CleartextNames;
import io.github.dotagent.metrics.RecentErrors;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.net.SocketSetting;
import io.github.dotagent.observe.ObserveReport;
import io.github.dotagent.observe.ObservedNames;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.CountedSystem;
import io.github.dotagent.resolver.EnforceModeNames;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.NameExplanation;
import io.github.dotagent.resolver.ObservedResolver;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.resolver.StartWait;
import io.github.dotagent.resolver.SystemResolver;
import io.github.dotagent.resolver.WatchedResolver;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.upstream.UpstreamPool;
import io.github.dotagent.upstream.UpstreamStatus;
import io.github.dotagent.upstream.ZonedUpstreams;
import io.github.dotagent.wire.ClassWarmup;
import io.github.dotagent.wire.ForwardedQuery;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Puts the steps of a lookup together: resolver, cache, upstream, DNS over TLS. The only class that
 * sees every package; knows nothing of agents.
 */
public final class DotCore {
  /**
   * The warm-up waits this long: TLS and the first connection need the processor first, and a
   * program that makes a lookup earlier needs no warm-up.
   */
  private static final long WARM_UP_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final RememberingLog log;
  private final AgentTimers timers;
  private final StartWait start;
  private DelayedLookup dot = new DelayedLookup(); // used by the starting thread; then null
  private final WatchedResolver resolver;
  private final ObservedResolver observing; // null, as the next
  private final EnforceModeNames enforced; // null without mode=observe
  private final ObservedNames observed; // null: the program gets the answers over TLS
  private final HostResolver served;
  private final Watch watch = new Watch();
  private final RecentErrors errors = new RecentErrors();
  private final Bypasses bypasses = new Bypasses();
  private final CleartextNames cleartext = new CleartextNames();
  private final Deferred<Boolean> forwarded = new Deferred<>();
  private final Forwarder forwarder;
  private final Generations generations;
  private final SettingsFollower settings;

  private DotCore(DotConfig config, SystemResolver system, Log log) {
    this.timers = new AgentTimers(new Remembered());
    this.log = new RememberingLog(log, errors, timers);
    long timeout = config.timeout().toNanos();
    this.start = new StartWait(config.timeoutStart().toNanos());
    CountedSystem counted = new CountedSystem(system, cleartext, timers, this.log);
    EnforceModeNames enforcing = new EnforceModeNames(counted);
    SystemResolver asked = config.observes() ? enforcing.system() : counted;
    PolicyResolver policy =
        new PolicyResolver(dot, asked, config.names(), timers, timers, timeout, this.log, start);
    this.generations =
        new Generations(
            new Generation(config, new TlsConnector(config.tls(), this.log), policy),
            timers,
            this.log);
    this.settings = new SettingsFollower(generations, timers, this.log, new Taken());
    this.resolver = new WatchedResolver(generations, watch, errors, timers);
    generations.countedBy(resolver);
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
   * Makes the part that is needed first. From now on the core answers names of this machine; every
   * other lookup waits for {@link #start}.
   *
   * @param system for the names that stay on the machine
   */
  public static DotCore of(DotConfig config, SystemResolver system, Log log) {
    return new DotCore(config, system, log);
  }

  /**
   * The given log. The status also shows lines at {@code warn} and {@code error}, until the core
   * ends.
   */
  public Log log() {
    return log;
  }

  /**
   * Begins to connect to the first server, and makes the rest meanwhile, because TLS takes longest
   * in a young JVM. Does not wait for the connection. Call it once; call it again only if its
   * thread was stopped before the end. If it fails, every lookup over TLS fails with the reason.
   *
   * @param quickAcks as for {@link DotTransportFactory}; null where there is no such way
   * @param beforeSockets as for {@link DotTransportFactory}
   */
  public void start(SocketSetting quickAcks, Runnable beforeSockets) {
    DelayedLookup first = dot;
    try {
      first.has(overTls(quickAcks, beforeSockets));
      timers.after(WARM_UP_AFTER_NANOS, new WarmingUp(first));
    } catch (RuntimeException | Error broken) {
      if (AgentThread.isStop(broken)) {
        throw broken; // the caller tries again
      }
      Throwable reason = new IllegalStateException("dot-agent could not start: " + broken, broken);
      first.failed(reason);
      start.over();
      forwarded.failed(reason);
      log.write(
          Level.ERROR,
          "dot-agent could not start, and no name is asked over TLS until the JVM is restarted: "
              + broken);
    }
    dot = null; // otherwise it would keep the first servers after they are replaced
  }

  private Lookup overTls(SocketSetting quickAcks, Runnable beforeSockets) {
    Lookup lookup =
        generations.begin(
            quickAcks,
            beforeSockets,
            watch,
            new UpstreamPool.Warmed() {
              @Override
              public void over() {
                start.over();
                forwarded.has(true);
              }
            });
    // a lookup waits no longer than that
    timers.after(generations.current().config().timeoutStart().toNanos(), new ForwardingBegins());
    ClassWarmup.run();
    initialiseFailures();
    return lookup;
  }

  /**
   * If the initialiser of a class finds no memory, the JVM can never use that class (JVMS §5.5).
   * The classes of failures are needed when there is no memory left, so they are initialised
   * before.
   */
  private static void initialiseFailures() {
    LookupFailure.of(
        Collections.singletonList(
            new LookupFailure.Attempt(
                "", LookupFailure.Kind.UNREACHABLE, "", ExchangeFailure.brokenOff())));
  }

  /**
   * Checks the files of the settings once a second from now on, on a thread of its own: their disk
   * may hang, and neither a lookup nor the timer may wait for it. Call it when the start is over.
   * Without such files it does nothing.
   *
   * @param sources where the settings of this core are from
   * @param begunMillis a moment before they were read, milliseconds since 1970
   * @param told called, on that thread, when other settings are in force
   */
  public void follow(SettingSources sources, long begunMillis, SettingsListener told) {
    settings.follow(sources, begunMillis, told);
  }

  /**
   * Checks the files of the settings now, and waits for the result.
   *
   * @return what has changed, a line each
   * @throws IllegalStateException when the settings are not followed yet, or cannot be put in
   *     force; the message says why
   */
  public List<String> reload() {
    return settings.reload();
  }

  /** The timers are made before the log, which takes the time from them. */
  private final class Remembered implements FailureListener {
    @Override
    public void failed(String failure) {
      log.failed(failure);
    }
  }

  /** The settings in force. */
  public DotConfig config() {
    return generations.current().config();
  }

  /** Other settings are in force, for the lookups that begin from now on. */
  private final class Taken implements Consumer<PolicyResolver> {
    @Override
    public void accept(PolicyResolver policy) {
      if (enforced != null) {
        enforced.decidedBy(policy);
      }
      forwarder.settingsChanged();
      start.over(); // the start may have waited for the first server
    }
  }

  /** Forwarding begins now at the latest, even if the first connection takes longer. */
  private final class ForwardingBegins implements Runnable {
    @Override
    public void run() {
      forwarded.has(true);
    }
  }

  /** The servers for forwarded queries. Such queries may come before the servers exist. */
  private final class ToUpstreams implements ForwardPort {
    @Override
    public CompletableFuture<byte[]> forward(final ForwardedQuery query) {
      return forwarded.ask(
          new Function<Boolean, CompletableFuture<byte[]>>() {
            @Override
            public CompletableFuture<byte[]> apply(Boolean there) {
              Generation now = generations.current();
              return now.secured() == null
                  ? now.upstreams().forward(query)
                  : now.secured().forward(query);
            }
          });
    }
  }

  /** A forwarded name goes to the same place as a name that the program looks up. */
  private final class AsLookedUp implements NamePlaces {
    @Override
    public boolean isSystems(String name) {
      return generations.get().isSystems(name);
    }

    @Override
    public boolean isLoopback(String name) {
      return generations.get().isLoopback(name);
    }

    @Override
    public boolean isNoServers(String name) {
      return generations.get().isNoServers(name);
    }

    @Override
    public boolean mayLeaveInClear(String name) {
      return generations.get().mayLeaveInClear(name);
    }

    @Override
    public boolean refusesCleartext() {
      return generations.current().config().bypass() == BypassMode.BLOCK;
    }
  }

  /** A lookup of the program waits for the start first, and asks only then. */
  private final class WarmingUp implements Runnable, BooleanSupplier {
    private final DelayedLookup first;

    WarmingUp(DelayedLookup first) {
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
            "warm-up",
            new Runnable() {
              @Override
              public void run() {
                generations.get().readAhead();
                LookupWarmup.run(generations.current().config(), timers, WarmingUp.this);
              }
            });
      }
    }
  }

  /** Ends every connection and the forwarding permanently. */
  public void close() {
    log.end(); // later failures are caused by this close
    settings.end();
    generations.current().connector().close(); // closes the sockets of all generations
    forwarder.close();
    SecuredUpstreams made = generations.current().secured();
    if (made != null) {
      made.close();
    }
  }

  /**
   * Ends everything. The threads may take a moment to end. A lookup that still waits ends within
   * its timeout.
   */
  public void end() {
    close();
    timers.close();
  }

  /** Starts threads that inherit nothing from the program. */
  public ThreadStarter threads() {
    return timers;
  }

  /** The resolver that the hooks call. */
  public HostResolver resolver() {
    return served;
  }

  /**
   * Records a lookup that the system resolver answered before this core existed. Only with {@code
   * mode=observe}.
   *
   * @param found null: there are none, and the refusal says so
   */
  public void observedBefore(
      String host, AddressFamilyPolicy order, InetAddress[] found, UnknownHostException refusal) {
    observing.before(host, order, found, refusal);
  }

  /** The results of observing up to now; empty if names are not observed. */
  public ObserveReport observed() {
    return observed == null
        ? ObserveReport.NONE
        : observed.report(
            config().givenText(SettingKey.SYSTEM_SUFFIXES), config().givenText(SettingKey.ZONES));
  }

  /** The clock and the timers of the agent. */
  public Timers timers() {
    return timers;
  }

  /** Tells watchers of lookups and connections while they happen. */
  public Watch watch() {
    return watch;
  }

  /** For DNS queries that libraries send themselves. */
  public Forwarder forwarder() {
    return forwarder;
  }

  /** The queries of libraries that were seen. */
  public Bypasses bypasses() {
    return bypasses;
  }

  /** The figures since the start. */
  public CoreStatus status() {
    Generation now = generations.current();
    CachedLookup cached = now.cache();
    ZonedUpstreams pool = now.upstreams();
    return new CoreStatus(
        resolver,
        cached == null ? CacheStatus.NONE : cached.status(),
        pool == null ? Collections.<UpstreamStatus>emptyList() : pool.status(),
        now.connector().pinMismatches(),
        errors.newestFirst(),
        bypasses,
        now.policy().inClear(),
        cleartext,
        settings.status());
  }

  /** Where a name goes and why, and its cached answers; a line each. Asks no server. */
  public List<String> explain(String host) {
    Generation now = generations.current();
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
    CachedLookup made = generations.current().cache();
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
    CachedLookup made = generations.current().cache();
    if (made != null) {
      made.flush(name);
    }
  }
}
