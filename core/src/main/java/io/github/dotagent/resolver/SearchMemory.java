package io.github.dotagent.resolver;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.net.HostName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Remembers the full name under which a host was found lately, and that name is tried first. In a
 * Kubernetes pod each public name is looked for in the cluster three times before it is asked as it
 * is. The JVM's own cache would prevent that for 30 s, but with the agent it lasts only 1 s. Safe
 * for use by any number of threads.
 */
final class SearchMemory {
  /** The JDK's default TTL for an address (networkaddress.cache.ttl). */
  static final long NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Hosts; few programs use more than these by short names. */
  private static final int MOST = 1_000;

  private final Timers timers;
  private final Object lock = new Object();
  private final Map<String, Found> byHost = new LinkedHashMap<>(); // guarded by lock, oldest first

  SearchMemory(Timers timers) {
    this.timers = timers;
  }

  /** Null if it is not known, or no longer one of these. */
  HostName find(HostName host, List<HostName> candidates) {
    Found found;
    synchronized (lock) {
      found = byHost.get(host.toString());
    }
    if (found == null || timers.nanoTime() - found.since >= NANOS) {
      return null;
    }
    for (HostName candidate : candidates) {
      if (candidate.toString().equals(found.name)) {
        return candidate;
      }
    }
    return null;
  }

  /** The whole list was tried, and it was found under this name. */
  void found(HostName host, HostName name) {
    Found found = new Found(name.toString(), timers.nanoTime());
    synchronized (lock) {
      byHost.remove(host.toString()); // so that it is the youngest
      if (byHost.size() >= MOST) {
        byHost.remove(byHost.keySet().iterator().next());
      }
      byHost.put(host.toString(), found);
    }
  }

  private static final class Found {
    final String name;
    final long since;

    Found(String name, long since) {
      this.name = name;
      this.since = since;
    }
  }
}
