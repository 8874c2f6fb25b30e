package io.github.dotagent.agent.monitoring.jmx;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.upstream.UpstreamStatus;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

/**
 * The agent's MBeans in the JVM's server. Servers that the user gave by name come and go, and their
 * MBeans with them.
 */
public final class MBeanRegistrar {
  private static final String DOMAIN = "io.github.dotagent";
  private static final String RESOLVER = DOMAIN + ":type=Resolver";

  /**
   * The interval between two looks. Servers change only when a name has another address: rarely,
   * and a delay does no harm.
   */
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final WatchedAgent agent;
  private final ThreadStarter threads;
  private final Timers timers;
  private final Log log;
  private final Map<String, ObjectName> upstreams = new HashMap<>(); // guarded by itself
  private MBeanServer server;
  private volatile Thread changing; // null: none has begun, or the last one has ended
  private volatile boolean refused; // permanent: the beans stay as they are

  public MBeanRegistrar(WatchedAgent agent, ThreadStarter threads, Timers timers, Log log) {
    this.agent = agent;
    this.threads = threads;
    this.timers = timers;
    this.log = log;
  }

  /**
   * Registers them. The JVM's server must exist already, otherwise this creates it.
   *
   * @param serversChange whether there are servers that the user gave by name, or settings that are
   *     followed
   * @throws JMException when the JVM's server refuses
   */
  public void register(boolean serversChange) throws JMException {
    server = ManagementFactory.getPlatformMBeanServer();
    follow(agent.status().upstreams());
    // registered last: a client that waits for it finds the others
    server.registerMBean(
        DescribedBean.of(new ResolverBean(agent), ResolverMXBean.class), new ObjectName(RESOLVER));
    if (serversChange) {
      timers.after(PERIOD_NANOS, new Look());
    }
  }

  /**
   * Removes them. Call it when the agent's threads have ended.
   *
   * @throws JMException when the JVM's server refuses
   */
  public void unregister() throws JMException {
    List<ObjectName> names;
    synchronized (upstreams) {
      names = new ArrayList<>(upstreams.values());
    }
    names.add(0, new ObjectName(RESOLVER));
    for (ObjectName name : names) {
      remove(name);
    }
    synchronized (upstreams) {
      upstreams.clear();
    }
  }

  private void follow(List<UpstreamStatus> now) throws JMException {
    synchronized (upstreams) {
      followAlone(now);
    }
  }

  private void followAlone(List<UpstreamStatus> now) throws JMException {
    Set<String> present = new HashSet<>();
    for (UpstreamStatus upstream : now) {
      String key = key(upstream);
      present.add(key);
      if (!upstreams.containsKey(key)) {
        ObjectName name = new ObjectName(DOMAIN + ":type=Upstream," + key);
        if (server.isRegistered(name)) { // by a thread that was stopped before it noted that
          removeHalf(name);
        }
        server.registerMBean(
            DescribedBean.of(new UpstreamBean(agent, upstream), UpstreamMXBean.class), name);
        upstreams.put(key, name);
      }
    }
    for (Iterator<String> known = upstreams.keySet().iterator(); known.hasNext(); ) {
      String key = known.next();
      if (!present.contains(key)) {
        remove(upstreams.get(key));
        known.remove();
      }
    }
  }

  private void remove(ObjectName name) throws JMException {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException programHasDoneSo) {
      // or it was never registered
    }
  }

  private void removeHalf(ObjectName name) throws JMException {
    try {
      server.unregisterMBean(name);
    } catch (RuntimeMBeanException notWhole) {
      // it is removed: StandardMBean.postDeregister fails if postRegister was never called
    }
  }

  /** One server may be asked for the names of a zone, and for all others as well. */
  private static String key(UpstreamStatus upstream) {
    String address = "address=" + ObjectName.quote(upstream.address());
    return upstream.zone().isEmpty()
        ? address
        : address + ",zone=" + ObjectName.quote(upstream.zone());
  }

  /** Other settings are in force, and may name other servers. Waits for nothing. */
  public void serversMayHaveChanged() {
    timers.after(
        0,
        new Runnable() {
          @Override
          public void run() {
            lookOnce();
          }
        });
  }

  private void lookOnce() {
    Thread changes = changing;
    if (!refused && (changes == null || !changes.isAlive())) {
      look();
    } // else it is found by the next look
  }

  private void look() {
    List<UpstreamStatus> now = agent.status().upstreams();
    boolean same;
    synchronized (upstreams) {
      same = now.size() == upstreams.size();
      for (UpstreamStatus upstream : now) {
        same &= upstreams.containsKey(key(upstream));
      }
    }
    if (!same) {
      threads.start("watch", new Change(now));
    }
  }

  /** On the timer's thread, which must not wait for listeners of the program. */
  private final class Look implements Runnable {
    @Override
    public void run() {
      try {
        lookOnce();
      } finally { // also after Thread.stop: a timer starts the next thread
        if (!refused) {
          timers.after(PERIOD_NANOS, this);
        }
      }
    }
  }

  private final class Change implements Runnable {
    private final List<UpstreamStatus> now;

    Change(List<UpstreamStatus> now) {
      this.now = now;
    }

    @Override
    public void run() {
      changing = Thread.currentThread();
      try {
        follow(now);
      } catch (JMException | RuntimeException reason) {
        refused = true;
        log.write(Level.WARN, "cannot register the MBean of an upstream: " + reason);
      } finally {
        changing = null;
      }
    }
  }
}
