package io.github.dotagent.it.programs;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The agent's MBeans, as this JVM sees them. */
final class AgentMBean {
  static final String RESOLVER = "io.github.dotagent:type=Resolver";

  private AgentMBean() {}

  /** {@code ok} with the lines that the operation returns, or {@code wrong} and why. */
  static String invoke(String operation) throws JMException {
    try {
      Object lines =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(new ObjectName(RESOLVER), operation, new Object[0], new String[0]);
      StringBuilder all = new StringBuilder("ok");
      for (String line : lines instanceof String[] ? (String[]) lines : new String[0]) {
        all.append(' ').append(line).append(';');
      }
      return all.toString();
    } catch (JMException refused) {
      return "wrong " + refused;
    } catch (RuntimeException refused) {
      return "wrong " + refused.getCause();
    }
  }

  /** Null until the agent has MBeans. */
  static Object attribute(String name) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName resolver = new ObjectName(RESOLVER);
    return server.isRegistered(resolver) ? server.getAttribute(resolver, name) : null;
  }
}
