package io.github.dotagent.agent.monitoring;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.agent.monitoring.jmx.MBeanRegistrar;
import io.github.dotagent.agent.monitoring.jmx.WatchedAgent;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.logging.Log;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import java.lang.instrument.Instrumentation;
import java.util.List;

/**
 * The JVM's MBean server. The first call for it creates it, and so chooses its class and the log
 * manager. The program may want to choose these (Elastic #1202), so the agent reads the JDK's field
 * instead.
 */
final class JmxIntegration implements LazyIntegration {
  private static final String FIELD = "platformMBeanServer"; // since Java 5

  private final WatchedAgent agent;
  private final DotCore core;
  private final Instrumentation instrumentation;
  private final Log log;
  private boolean opened; // of the timer's thread
  private volatile MBeanRegistrar registrar; // null until it is joined

  JmxIntegration(WatchedAgent agent, DotCore core, Instrumentation instrumentation, Log log) {
    this.agent = agent;
    this.core = core;
    this.instrumentation = instrumentation;
    this.log = log;
  }

  /** Whether a name may have other addresses, or the settings may name other servers. */
  private boolean serversChange() {
    DotConfig config = core.config();
    boolean change = !agent.status().settings().files().isEmpty() || hasNames(config.upstreams());
    for (ZoneSpec zone : config.zones()) {
      change |= hasNames(zone.servers());
    }
    return change;
  }

  private static boolean hasNames(List<UpstreamSpec> upstreams) {
    for (UpstreamSpec upstream : upstreams) {
      if (upstream.isByName()) {
        return true;
      }
    }
    return false;
  }

  /** Other settings are in force, and may name other servers. */
  void serversMayHaveChanged() {
    MBeanRegistrar joined = registrar;
    if (joined != null) {
      joined.serversMayHaveChanged();
    }
  }

  @Override
  public String className() {
    return "java.lang.management.ManagementFactory";
  }

  @Override
  public boolean isAwake(Class<?> managementFactory) throws ReflectiveOperationException {
    if (!opened) {
      JdkInternals.openPackageOf(managementFactory, JmxIntegration.class, instrumentation);
      opened = true;
    }
    return JdkInternals.staticOf(managementFactory, FIELD) != null;
  }

  @Override
  public void join() throws Exception {
    MBeanRegistrar made = new MBeanRegistrar(agent, core.threads(), core.timers(), log);
    registrar = made;
    made.register(serversChange());
  }

  @Override
  public void leave() throws Exception {
    registrar.unregister();
  }

  @Override
  public String toString() {
    return "JMX";
  }
}
