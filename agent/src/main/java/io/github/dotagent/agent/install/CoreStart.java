package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.SettingsListener;
import io.github.dotagent.agent.bypass.BypassHook;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.NativeQuickAck;
import io.github.dotagent.agent.hook.OwnSockets;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.agent.monitoring.Watching;
import io.github.dotagent.agent.monitoring.jmx.WatchedAgent;
import io.github.dotagent.concurrent.AgentThread;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.InstallMode;
import io.github.dotagent.config.SettingsChange;
import io.github.dotagent.config.SystemSuffixes;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.QueuedLog;
import io.github.dotagent.resolver.HostResolver;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.Callable;

/**
 * Runs in the background while the program starts, in two parts. Every lookup waits for the first
 * part, a few milliseconds, so that the settings apply to every lookup. Only lookups that need the
 * second part, TLS and other slow work, wait for it.
 */
final class CoreStart implements Callable<HostResolver>, Runnable {
  private final SettingsAtStart settings;
  private final DotConfig config;
  private final LookupHook hook;
  private final EarlyLookups early; // null unless names are observed
  private final BypassHook bypass; // null: not wanted
  private final Instrumentation instrumentation;
  private final Retransformer retransformer;
  private final QueuedLog log;
  private final CloseAtExit end;
  private final OwnSockets sockets;
  private DotCore core; // of the thread that starts, as the next
  private JvmCacheResolver resolver;
  private JvmCachePolicy before; // null: this JDK does not show it
  private Watching watching; // null until it begins
  private HookWatchdog watchdog; // null until it begins
  private boolean prepared; // the steps of the second part that are done
  private boolean coreStarted;

  CoreStart(
      SettingsAtStart settings,
      LookupHook hook,
      EarlyLookups early,
      BypassHook bypass,
      Instrumentation instrumentation,
      Retransformer retransformer,
      QueuedLog log,
      CloseAtExit end) {
    this.settings = settings;
    this.config = settings.config();
    this.hook = hook;
    this.early = early;
    this.bypass = bypass;
    this.instrumentation = instrumentation;
    this.retransformer = retransformer;
    this.log = log;
    this.end = end;
    this.sockets = new OwnSockets(log);
  }

  /** The first part. */
  @Override
  public HostResolver call() {
    boolean stopped = false;
    try {
      if (bypass != null) {
        bypass.prepare();
      }
      core = DotCore.of(config, hook.systemResolver(), log);
      end.closes(core);
      JvmCachePolicy cachePolicy = shortenJvmCache(core.log());
      NameCaches.serve(core);
      resolver =
          config.observes()
              ? JvmCacheResolver.observing(core.resolver(), cachePolicy, core.log())
              : new JvmCacheResolver(core.resolver(), cachePolicy, core.log());
      return resolver;
    } catch (RuntimeException | Error broken) {
      stopped = AgentThread.isStop(broken); // the start is then run again
      if (!stopped) {
        log.write(
            Level.ERROR,
            "dot-agent could not start, and "
                + (config.observes() ? "observes nothing" : "every lookup fails")
                + " until the JVM is restarted: "
                + broken);
      }
      throw broken;
    } finally {
      if (!stopped) {
        beginForLibraries();
      }
    }
  }

  private void beginForLibraries() {
    if (bypass == null) {
      return;
    }
    if (resolver == null) {
      bypass.cannotBegin();
    } else {
      begin(bypass);
    }
  }

  /** Lookups do not depend on it. */
  private void begin(BypassHook wanted) {
    try {
      wanted.begin(core, core.log());
    } catch (RuntimeException | LinkageError | VirtualMachineError broken) {
      core.log()
          .write(
              Level.ERROR,
              "DNS queries that libraries send themselves may leave in the clear, unreported: "
                  + broken);
    }
  }

  /** The second part. If its thread was stopped and it runs again, it continues where it was. */
  @Override
  public void run() {
    if (!prepared) {
      prepare();
      prepared = true;
    }
    if (!coreStarted) {
      core.start(NativeQuickAck.ofThisJvm(), sockets);
      coreStarted = true;
    }
    if (watchdog == null) {
      watchdog = watched();
    }
    if (watching == null) {
      WatchedAgent agent = new InstalledAgent(hook, watchdog, core, resolver, log);
      watching = Watching.begin(agent, core, config, instrumentation, core.log());
    }
    core.follow(settings.sources(), settings.begunMillis(), new SettingsChanged());
    new JarRelease(core, core.log()).begin();
  }

  private void prepare() {
    try {
      SecurityLoggerGuard.keep(core.log());
      end.takePlace();
      log.queue(core.threads()); // from now on the end of the JVM waits for the queue
    } catch (RuntimeException | LinkageError unknownJdk) {
      // neither may end the start: without the steps below no lookup would be answered
      core.log()
          .write(
              Level.WARN,
              "this JDK has unknown internals; lookups work, but a part of the agent is off: "
                  + unknownJdk);
    }
    String replaced = SystemSuffixes.replacedDefault(config.names()).orElse(null);
    if (replaced != null) {
      core.log().write(Level.WARN, replaced);
    }
    if (core.log().shows(Level.INFO)) {
      core.log().write(Level.INFO, StartLine.of(config, hook, resolver.policy()));
    }
    if (config.observes()) {
      core.log().write(Level.WARN, StartLine.OBSERVING);
      early.tell(core);
    }
  }

  /** Parts outside of the core follow changed settings as well. */
  private final class SettingsChanged implements SettingsListener {
    @Override
    public void changed(SettingsChange change) {
      log.follow(change.before().log(), change.config().log());
      watching.serversMayHaveChanged();
    }
  }

  /**
   * The core; null when it could not be made. Call this and the next three when the start is over.
   */
  DotCore core() {
    return core;
  }

  /** The JVM's cache policy before the agent's; null if this JDK does not show it. */
  JvmCachePolicy policyBefore() {
    return before;
  }

  /** Null if the start ended before that. */
  Watching watching() {
    return watching;
  }

  /** Null if the start ended before that. */
  HookWatchdog watchdog() {
    return watchdog;
  }

  /** Of the agent's own sockets. */
  OwnSockets sockets() {
    return sockets;
  }

  /** Starts the watchdog, which proves the hook at intervals. */
  private HookWatchdog watched() {
    final HookWatchdog made =
        new HookWatchdog(
            HookWatchdog.of(hook, bypass, instrumentation, retransformer),
            config.observes() ? InstallMode.WARN : config.install(), // no lookup is ever refused
            core.threads(),
            core.timers(),
            core.log());
    hook.whenTouched(
        new Runnable() {
          @Override
          public void run() {
            made.touched();
          }
        });
    made.begin();
    return made;
  }

  private JvmCachePolicy shortenJvmCache(Log said) {
    try {
      hook.openJdkInternals(instrumentation);
      if (!hook.takesLookups()) {
        return null; // no TTL to keep
      }
      if (before == null) { // otherwise it would read the agent's own values
        before = JvmCachePolicy.inForce();
      }
      return config.observes() ? before : JvmCachePolicy.wanted().apply();
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      // answers are still correct, but live longer than their TTL
      said.write(Level.WARN, "cannot set the TTLs of the JVM's DNS cache: " + unknownJdk);
      return null;
    }
  }
}
