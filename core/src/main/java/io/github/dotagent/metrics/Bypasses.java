package io.github.dotagent.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** DNS past {@code InetAddress} that was seen, by server. Safe for use by any number of threads. */
public final class Bypasses {
  /** A program asks one to three servers; one that walks the DNS from its root asks thousands. */
  static final int MOST_SERVERS = 64;

  private static final String OTHERS = "others";

  private final Object lock = new Object();
  private final Map<String, Bypass> byServer = new LinkedHashMap<>(); // guarded by lock

  /**
   * The counts of a server; beyond the bound, one common count for all other servers.
   *
   * @param server {@code ADDRESS@PORT}
   */
  public Bypass of(String server) {
    synchronized (lock) {
      Bypass known = byServer.get(server);
      if (known != null) {
        return known;
      }
      String key = byServer.size() < MOST_SERVERS ? server : OTHERS;
      Bypass bypass = byServer.get(key);
      if (bypass == null) {
        bypass = new Bypass(key);
        byServer.put(key, bypass);
      }
      return bypass;
    }
  }

  /** The queries that went to the servers that the libraries chose, as they were sent. */
  public long inClear() {
    synchronized (lock) {
      long sum = 0;
      for (Bypass bypass : byServer.values()) {
        sum += bypass.inClear();
      }
      return sum;
    }
  }

  /** One line for each server, in the order in which they were first asked. */
  public List<String> texts() {
    synchronized (lock) {
      List<String> texts = new ArrayList<>(byServer.size());
      for (Bypass bypass : byServer.values()) {
        texts.add(bypass.toString());
      }
      return texts;
    }
  }
}
