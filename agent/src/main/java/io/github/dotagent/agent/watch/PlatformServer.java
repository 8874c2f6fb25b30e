package io.github.dotagent.agent.watch;

import io.github.dotagent.DotCore;
import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.agent.watch.jmx.AgentBeans;
import io.github.dotagent.support.Log;
import java.lang.instrument.Instrumentation;

/**
 * The JVM's MBean server. Whoever asks the JDK for it makes it, with the server's class and the log
 * manager that the program may want to choose first (Elastic #1202); so the field is read in which
 * the JDK keeps it.
 */
final class PlatformServer implements Joinable {
  private static final String FIELD = "platformMBeanServer"; // since Java 5

  private final WatchedAgent agent;
  private final DotCore core;
  private final Instrumentation instrumentation;
  private final Log log;
  private boolean opened; // of the timer's thread

  PlatformServer(WatchedAgent agent, DotCore core, Instrumentation instrumentation, Log log) {
    this.agent = agent;
    this.core = core;
    this.instrumentation = instrumentation;
    this.log = log;
  }

  @Override
  public String className() {
    return "java.lang.management.ManagementFactory";
  }

  @Override
  public boolean isAwake(Class<?> managementFactory) throws ReflectiveOperationException {
    if (!opened) {
      JdkInternals.openPackageOf(managementFactory, PlatformServer.class, instrumentation);
      opened = true;
    }
    return JdkInternals.staticOf(managementFactory, FIELD) != null;
  }

  @Override
  public void join() throws Exception {
    new AgentBeans(agent, core.threads(), core.timers(), log).register();
  }

  @Override
  public String toString() {
    return "JMX";
  }
}
