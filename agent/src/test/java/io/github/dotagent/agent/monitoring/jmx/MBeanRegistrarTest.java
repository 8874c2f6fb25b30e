package io.github.dotagent.agent.monitoring.jmx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.CoreStatus;
import io.github.dotagent.CoreStatuses;
import io.github.dotagent.agent.testing.HeldTimers;
import io.github.dotagent.agent.testing.ListedLog;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.observe.ObserveReport;
import io.github.dotagent.upstream.Statuses;
import io.github.dotagent.upstream.UpstreamStatus;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.StandardMBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In this JVM's own server: servers that come and go. The clock is in the test's hand. */
class MBeanRegistrarTest {
  private static final String IPV6 = "2001:db8::1@853#dns.example";

  private static final ObjectName FIRST = first();

  private static ObjectName first() {
    try {
      return new ObjectName("io.github.dotagent:type=Upstream,address=\"192.0.2.1@853\"");
    } catch (JMException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final HeldTimers timers = HeldTimers.withoutClock();
  private final List<Runnable> due = timers.due;
  private final ListedLog log = new ListedLog();
  private final List<String> said = log.lines;
  private Level level = Level.WARN;
  private String[] addresses = {"192.0.2.1@853", IPV6};
  private String[] ofZone = {};

  private final WatchedAgent agent =
      new WatchedAgent() {
        @Override
        public List<String> reload() {
          return List.of();
        }

        @Override
        public String version() {
          return "1.2.3";
        }

        @Override
        public String hook() {
          return "a hook";
        }

        @Override
        public boolean isHookInPlace() {
          return true;
        }

        @Override
        public long hookLosses() {
          return 0;
        }

        @Override
        public String mode() {
          return "enforce";
        }

        @Override
        public ObserveReport observed() {
          return ObserveReport.NONE;
        }

        @Override
        public String profile() {
          return "strict";
        }

        @Override
        public String pins() {
          return "none";
        }

        @Override
        public int pinsOf(String peer) {
          return peer.equals("0.0.0.0") ? 2 : 0;
        }

        @Override
        public String jvmCachePolicy() {
          return "JVM cache 1 s, negative 1 s";
        }

        @Override
        public List<String> settings() {
          return List.of("timeout=5s (default)");
        }

        @Override
        public List<String> explain(String name) {
          return List.of(name + ": the upstreams, over TLS");
        }

        @Override
        public Level logLevel() {
          return level;
        }

        @Override
        public void setLogLevel(Level wanted) {
          level = wanted;
        }

        @Override
        public CoreStatus status() {
          List<UpstreamStatus> all = new ArrayList<>(Statuses.of(addresses));
          all.addAll(Statuses.inZone("corp.example", ofZone));
          return CoreStatuses.with(all);
        }

        @Override
        public void flush() {
          said.add("flush");
        }

        @Override
        public void flush(String name) {
          said.add("flush " + name);
        }
      };

  private final MBeanRegistrar beans =
      new MBeanRegistrar(agent, (role, work) -> work.run(), timers, log);

  @AfterEach
  void leaveNone() throws JMException {
    for (ObjectName name : server.queryNames(new ObjectName("io.github.dotagent:*"), null)) {
      server.unregisterMBean(name);
    }
  }

  private Set<String> names() throws JMException {
    Set<String> names = new TreeSet<>();
    for (ObjectName name : server.queryNames(new ObjectName("io.github.dotagent:*"), null)) {
      names.add(name.toString().substring("io.github.dotagent:type=".length()));
    }
    return names;
  }

  @Test
  void oneForTheResolverAndOneForEachServer() throws JMException {
    beans.register(false);
    assertEquals(
        Set.of(
            "Resolver", "Upstream,address=\"192.0.2.1@853\"", "Upstream,address=\"" + IPV6 + "\""),
        names());
    ObjectName ipv6 =
        new ObjectName("io.github.dotagent:type=Upstream,address=" + ObjectName.quote(IPV6));
    assertEquals(IPV6, server.getAttribute(ipv6, "Address"));
    assertEquals("untried", server.getAttribute(ipv6, "State"));
    assertTrue(((Double) server.getAttribute(ipv6, "RoundTripMillis")).isNaN());
    assertEquals(List.of(), due, "they stay as they are");
  }

  /** One server may be asked for the names of a zone, and for all others as well. */
  @Test
  void aServerOfAZoneHasOneOfItsOwn() throws JMException {
    ofZone = new String[] {"192.0.2.1@853"};
    beans.register(false);
    String name = "Upstream,address=\"192.0.2.1@853\",zone=\"corp.example\"";
    assertEquals(
        Set.of(
            "Resolver",
            "Upstream,address=\"192.0.2.1@853\"",
            name,
            "Upstream,address=\"" + IPV6 + "\""),
        names());
    ObjectName ofZone = new ObjectName("io.github.dotagent:type=" + name);
    assertEquals("corp.example", server.getAttribute(ofZone, "Zone"));
    assertEquals("192.0.2.1@853", server.getAttribute(ofZone, "Address"));
    assertEquals(2, server.getAttribute(ofZone, "PinsSet"));
  }

  @Test
  void beansOfAServerByNameFollowItsAddresses() throws JMException {
    beans.register(true);
    due.remove(0).run();
    assertEquals(3, names().size());
    addresses = new String[] {IPV6, "192.0.2.2@853"};
    due.remove(0).run();
    assertEquals(
        Set.of(
            "Resolver", "Upstream,address=\"192.0.2.2@853\"", "Upstream,address=\"" + IPV6 + "\""),
        names());
    addresses = new String[] {};
    due.remove(0).run();
    assertEquals(Set.of("Resolver"), names());
    assertEquals(1, due.size(), "it looks on");
    assertEquals(List.of(), said);
  }

  /** A program stops its thread (Thread.stop) when one is registered that is not noted yet. */
  @Test
  void aChangeThatIsStoppedIsMadeByTheNextOne() throws Exception {
    List<Thread> threads = new ArrayList<>();
    MBeanRegistrar stopped =
        new MBeanRegistrar(
            agent,
            (role, work) -> {
              Thread thread = new Thread(work, role);
              thread.setUncaughtExceptionHandler((ended, death) -> {});
              threads.add(thread);
              thread.start();
            },
            timers,
            log);
    stopped.register(true);
    addresses = new String[] {IPV6, "192.0.2.2@853"};
    NotificationListener stops =
        (notification, handback) -> {
          if (Thread.currentThread() == threads.get(0)) {
            throw new ThreadDeath();
          }
        };
    server.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, stops, null, null);
    try {
      due.remove(0).run();
      threads.get(0).join();
      due.remove(0).run();
      threads.get(1).join();
    } finally {
      server.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, stops);
    }
    assertEquals(
        Set.of(
            "Resolver", "Upstream,address=\"192.0.2.2@853\"", "Upstream,address=\"" + IPV6 + "\""),
        names());
    assertEquals(List.of(), said);
  }

  @Test
  void oneThatTheProgramHasRemovedStopsNothing() throws JMException {
    beans.register(true);
    server.unregisterMBean(FIRST);
    addresses = new String[] {"192.0.2.2@853"};
    due.remove(0).run();
    assertEquals(Set.of("Resolver", "Upstream,address=\"192.0.2.2@853\""), names());
    assertEquals(List.of(), said);
    assertEquals(1, due.size(), "it looks on");
  }

  /** Another bean under the agent's name, which refuses once to be removed. */
  private static final class Stubborn extends StandardMBean {
    private boolean refused;

    Stubborn() throws JMException {
      super((Runnable) () -> {}, Runnable.class);
    }

    @Override
    public void preDeregister() throws JMException {
      if (!refused) {
        refused = true;
        throw new JMException("stays");
      }
    }
  }

  @Test
  void aRefusedChangeIsLoggedOnce() throws JMException {
    beans.register(true);
    server.unregisterMBean(FIRST);
    server.registerMBean(new Stubborn(), FIRST);
    addresses = new String[] {};
    due.remove(0).run();
    assertEquals(1, said.size(), said.toString());
    assertTrue(
        said.get(0).startsWith("WARN cannot register the MBean of an upstream: "), said.get(0));
    assertEquals(List.of(), due);
  }

  @Test
  void theLogLevelMayBeSet() throws JMException {
    beans.register(false);
    ObjectName resolver = new ObjectName("io.github.dotagent:type=Resolver");
    assertEquals("warn", server.getAttribute(resolver, "LogLevel"));
    server.setAttribute(resolver, new Attribute("LogLevel", "debug"));
    assertEquals("debug", server.getAttribute(resolver, "LogLevel"));
    assertEquals(Level.DEBUG, level);
    RuntimeMBeanException refused =
        assertThrows(
            RuntimeMBeanException.class,
            () -> server.setAttribute(resolver, new Attribute("LogLevel", "loud")));
    assertEquals(
        "loud is none of off, error, warn, info and debug",
        refused.getTargetException().getMessage());
    assertEquals(Level.DEBUG, level);
  }

  @Test
  void whereANameGoes() throws JMException {
    beans.register(false);
    ObjectName resolver = new ObjectName("io.github.dotagent:type=Resolver");
    assertArrayEquals(
        new String[] {"a.example: the upstreams, over TLS"},
        (String[])
            server.invoke(
                resolver,
                "explain",
                new Object[] {"a.example"},
                new String[] {String.class.getName()}));
    assertArrayEquals(
        new String[] {"timeout=5s (default)"},
        (String[]) server.getAttribute(resolver, "Settings"));
  }

  @Test
  void bothFlushes() throws JMException {
    beans.register(false);
    ObjectName resolver = new ObjectName("io.github.dotagent:type=Resolver");
    server.invoke(resolver, "flush", new Object[0], new String[0]);
    server.invoke(
        resolver, "flush", new Object[] {"a.example"}, new String[] {String.class.getName()});
    assertEquals(List.of("flush", "flush a.example"), said);
    assertEquals("1.2.3", server.getAttribute(resolver, "Version"));
    assertEquals("a hook", server.getAttribute(resolver, "Hook"));
  }
}
