package io.github.dotagent.agent.cli.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Reading MBeans of an agent that is older than the command: it lacks most attributes. */
class StatusSnapshotTest {
  /** What an old agent shows. */
  public interface ResolverMXBean {
    String getVersion();

    long getHits();

    long getFailuresTimeout();
  }

  public interface UpstreamMXBean {
    String getAddress();

    double getRoundTripMillis();

    int getConnections();
  }

  /** It ends with 1 then; an agent of another version, which does not say, is not blamed. */
  @Test
  void aLostHookIsNotProtected() {
    Map<String, Object> resolver = Looks.resolver();
    assertTrue(Looks.of(1_000, resolver, List.of()).isProtected());
    resolver.put("HookInPlace", false);
    assertFalse(Looks.of(1_000, resolver, List.of()).isProtected());
    resolver.remove("HookInPlace");
    assertTrue(Looks.of(1_000, resolver, List.of()).isProtected());
  }

  @Test
  void theSnapshotHasTheValuesOfTheMBeans() throws Exception {
    MBeanServer server = server();
    server.registerMBean(new OldResolver(), new ObjectName("io.github.dotagent:type=Resolver"));
    register(server, "b.example");
    register(server, "a.example");
    StatusSnapshot look = StatusSnapshot.take(server, 4711, Looks.NOW);
    assertEquals("0.0.1", look.resolver().text("Version"));
    assertEquals(5, look.resolver().count("Hits"));
    assertEquals(null, look.resolver().count("Misses"));
    assertEquals(null, look.resolver().list("LastErrors"));
    assertEquals(7, look.failures());
    assertEquals("a.example", look.upstreams().get(0).text("Address"), "in order");
    assertEquals("b.example", look.upstreams().get(1).text("Address"));
    assertEquals(1, look.upstreams().get(0).count("Connections"));
    assertEquals(null, look.upstreams().get(0).measure("RoundTripMillis"), "NaN");
    assertEquals(System.getProperty("java.specification.version"), look.jvm().text("SpecVersion"));
    assertTrue(look.jvm().count("Uptime") > 0);
  }

  @Test
  void withoutTheAgentsMBeansTheSnapshotFails() throws Exception {
    MBeanServer server = server();
    assertThrows(
        InstanceNotFoundException.class, () -> StatusSnapshot.take(server, 4711, Looks.NOW));
  }

  /** With the JVM's own bean, as the platform's has it. */
  private static MBeanServer server() throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    server.registerMBean(
        ManagementFactory.getRuntimeMXBean(),
        new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME));
    return server;
  }

  private static void register(MBeanServer server, String address) throws Exception {
    server.registerMBean(
        new OldUpstream(address),
        new ObjectName("io.github.dotagent:type=Upstream,address=" + ObjectName.quote(address)));
  }

  public static final class OldResolver implements ResolverMXBean {
    @Override
    public String getVersion() {
      return "0.0.1";
    }

    @Override
    public long getHits() {
      return 5;
    }

    @Override
    public long getFailuresTimeout() {
      return 7;
    }
  }

  public record OldUpstream(String address) implements UpstreamMXBean {
    @Override
    public String getAddress() {
      return address;
    }

    @Override
    public double getRoundTripMillis() {
      return Double.NaN;
    }

    @Override
    public int getConnections() {
      return 1;
    }
  }
}
