package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.bypass.BypassHook;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.NativeQuickAck;
import io.github.dotagent.agent.hook.OwnSockets;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.agent.monitoring.WatchedAgent;
import io.github.dotagent.agent.monitoring.Watching;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.ReplacedSuffixes;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.logging.QueuedLog;
import io.github.dotagent.resolver.HostResolver;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.Callable;

/**
 * What is done in the background while the program starts, in two parts. Every lookup waits for the
 * first, so that none gets around what it sets; a few milliseconds. For the second, TLS and all
 * that takes time, those lookups wait that need it.
 */
final class CoreStart implements Callable<HostResolver>, Runnable {
  private final DotConfig config;
  private final LookupHook hook;
  private final BypassHook bypass; // null: not wanted
  private final Instrumentation instrumentation;
  private final Retransformer retransformer;
  private final QueuedLog log;
  private final CloseAtExit end;
  private DotCore core; // of the thread that starts, as the next
  private JvmCacheResolver resolver;

  CoreStart(
      DotConfig config,
      LookupHook hook,
      BypassHook bypass,
      Instrumentation instrumentation,
      Retransformer retransformer,
      QueuedLog log,
      CloseAtExit end) {
    this.config = config;
    this.hook = hook;
    this.bypass = bypass;
    this.instrumentation = instrumentation;
    this.retransformer = retransformer;
    this.log = log;
    this.end = end;
  }

  /** The first part. */
  @Override
  public HostResolver call() {
    try {
      if (bypass != null) {
        bypass.prepare();
      }
      JvmCachePolicy cachePolicy = shortenJvmCache();
      core = DotCore.of(config, hook.systemResolver(), log);
      end.closes(core);
      NameCaches.serve(core);
      resolver = new JvmCacheResolver(core.resolver(), cachePolicy, log);
      return resolver;
    } finally {
      beginForLibraries();
    }
  }

  private void beginForLibraries() {
    if (bypass == null) {
      return;
    }
    if (resolver == null) {
      bypass.cannotBegin();
    } else {
      bypass.begin(core, config, log);
    }
  }

  /** The second. */
  @Override
  public void run() {
    try {
      SecurityLoggerGuard.keep(log);
      end.takePlace();
      log.queue(core.threads()); // from now on the end of the JVM waits for the queue
    } catch (RuntimeException | LinkageError unknownJdk) {
      // neither is worth a lookup: without what follows nobody would answer one
      log.write(Level.WARN, "this JDK is not as we know it: " + unknownJdk);
    }
    String replaced = ReplacedSuffixes.remark(config.names()).orElse(null);
    if (replaced != null) {
      log.write(Level.WARN, replaced);
    }
    if (log.shows(Level.INFO)) {
      log.write(Level.INFO, StartLine.of(config, hook, resolver.policy()));
    }
    core.start(NativeQuickAck.ofThisJvm(), new OwnSockets(log));
    HookGuard guard = guard();
    WatchedAgent agent = new InstalledAgent(config, hook, guard, core, resolver, log);
    Watching.begin(agent, core, config, instrumentation, log);
    new JarRelease(core, log).begin();
  }

  /** From now on the hook is proved again and again. */
  private HookGuard guard() {
    final HookGuard guard =
        new HookGuard(
            HookGuard.of(hook, bypass, instrumentation, retransformer),
            config.install(),
            core.threads(),
            core.timers(),
            log);
    hook.whenTouched(
        new Runnable() {
          @Override
          public void run() {
            guard.touched();
          }
        });
    guard.begin();
    return guard;
  }

  private JvmCachePolicy shortenJvmCache() {
    try {
      hook.openJdkInternals(instrumentation);
      return JvmCachePolicy.wanted().apply();
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      // answers are right all the same, and live longer than their TTL says
      log.write(Level.WARN, "the JVM's own cache keeps its own times: " + unknownJdk);
      return null;
    }
  }
}
