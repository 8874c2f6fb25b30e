package io.github.dotagent.agent.install;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.NativeQuickAck;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.Callable;

/**
 * What is done in the background while the program starts: everything that no lookup needs before
 * the first one. Until it is done every lookup waits for it, so none gets around what it sets.
 */
final class CoreStart implements Callable<HostResolver> {
  private final DotConfig config;
  private final LookupHook hook;
  private final Instrumentation instrumentation;
  private final Log log;

  CoreStart(DotConfig config, LookupHook hook, Instrumentation instrumentation, Log log) {
    this.config = config;
    this.hook = hook;
    this.instrumentation = instrumentation;
    this.log = log;
  }

  @Override
  public HostResolver call() {
    String cachePolicy = shortenJvmCache();
    DotCore core = DotCore.start(config, hook.systemResolver(), NativeQuickAck.ofThisJvm(), log);
    if (log.shows(Level.INFO)) {
      log.write(Level.INFO, StartLine.of(config, hook, cachePolicy));
    }
    NameCaches.serve(core);
    return new JvmCacheResolver(core.resolver(), cachePolicy, log);
  }

  private String shortenJvmCache() {
    try {
      hook.openJdkInternals(instrumentation);
      return JvmCachePolicy.apply().toString();
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      // answers are right all the same, and live longer than their TTL says
      log.write(Level.WARN, "the JVM's own cache keeps its own times: " + unknownJdk);
      return "JVM cache as the JDK has it";
    }
  }
}
