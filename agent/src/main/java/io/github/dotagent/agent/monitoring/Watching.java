package io.github.dotagent.agent.monitoring;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.monitoring.jmx.WatchedAgent;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.logging.Log;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lets the agent be watched with JMX and JFR, each once the program uses it. */
public final class Watching {
  private final IntegrationPoller poller;
  private final JmxIntegration server; // null: jmx=false

  private Watching(IntegrationPoller poller, JmxIntegration server) {
    this.poller = poller;
    this.server = server;
  }

  /** Returns at once; nothing of either is loaded before the program has. */
  public static Watching begin(
      WatchedAgent agent,
      DotCore core,
      DotConfig config,
      final Instrumentation instrumentation,
      Log log) {
    List<LazyIntegration> joinables = new ArrayList<>();
    joinables.add(new JfrIntegration(core.watch()));
    JmxIntegration server = null;
    if (config.jmx()) {
      server = new JmxIntegration(agent, core, instrumentation, log);
      joinables.add(server);
    }
    Supplier<Class<?>[]> loadedClasses =
        new Supplier<Class<?>[]>() {
          @Override
          public Class<?>[] get() {
            return instrumentation.getInitiatedClasses(null);
          }
        };
    IntegrationPoller poller =
        new IntegrationPoller(joinables, loadedClasses, core.threads(), core.timers(), log);
    poller.begin();
    return new Watching(poller, server);
  }

  /** Other settings are in force, and may name other servers. */
  public void serversMayHaveChanged() {
    if (server != null) {
      server.serversMayHaveChanged();
    }
  }

  /**
   * Takes the MBeans and events out again. Call it when the agent's threads have ended.
   *
   * @return what stays, with the reasons; empty if nothing does
   */
  public String end() {
    return poller.leave();
  }
}
