package io.github.dotagent.agent.monitoring;

import io.github.dotagent.DotCore;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.logging.Log;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lets the agent be watched with JMX and JFR, each once the program uses it. */
public final class Watching {
  private Watching() {}

  /** Returns at once; nothing of either is loaded before the program has. */
  public static void begin(
      WatchedAgent agent,
      DotCore core,
      DotConfig config,
      final Instrumentation instrumentation,
      Log log) {
    List<LazyIntegration> joinables = new ArrayList<>();
    joinables.add(new FlightRecording(core.watch()));
    if (config.jmx()) {
      joinables.add(new PlatformServer(agent, core, config, instrumentation, log));
    }
    Supplier<Class<?>[]> loadedClasses =
        new Supplier<Class<?>[]>() {
          @Override
          public Class<?>[] get() {
            return instrumentation.getInitiatedClasses(null);
          }
        };
    new IntegrationPoller(joinables, loadedClasses, core.threads(), core.timers(), log).begin();
  }
}
