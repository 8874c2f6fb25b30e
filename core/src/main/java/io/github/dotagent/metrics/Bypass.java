package io.github.dotagent.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A server that the program's libraries ask themselves, past {@code InetAddress}: counts the
 * queries by library and by treatment. Safe for use by any number of threads.
 */
public final class Bypass {
  /** The treatment of a query. */
  public enum Fate {
    /** The upstreams were asked instead of the server that the library chose. */
    OVER_TLS("over TLS"),
    /** The server was asked: the name belongs to the machine, its network or its cluster. */
    SYSTEM("names of the system"),
    /** The server was asked, and others on the network path could read the query. */
    IN_CLEAR("in the clear"),
    /** No server was asked: the agent knows the answer, as for {@code localhost}. */
    ANSWERED("answered by the agent"),
    /** No server was asked. */
    REFUSED("refused"),
    /** No server was asked: the agent failed, by a defect or by lack of memory. */
    LOST("lost by an error");

    private final String words;

    Fate(String words) {
      this.words = words;
    }

    /** In words, such as {@code over TLS}. */
    @Override
    public String toString() {
      return words;
    }
  }

  /** As many as a line can name; a program has one or two. */
  static final int MOST_LIBRARIES = 8;

  private final String server;
  private final AtomicLongArray counts = new AtomicLongArray(Fate.values().length);
  private final Object lock = new Object();
  private final List<String> libraries = new ArrayList<>(); // guarded by lock

  Bypass(String server) {
    this.server = server;
  }

  /**
   * Records that a library asks this server.
   *
   * @param library the class that asks
   * @return whether this library is new
   */
  public boolean addLibrary(String library) {
    synchronized (lock) {
      return libraries.size() < MOST_LIBRARIES
          && !libraries.contains(library)
          && libraries.add(library);
    }
  }

  /** Counts one more query. */
  public void count(Fate fate) {
    counts.incrementAndGet(fate.ordinal());
  }

  /** The queries that others on the network path could read. */
  long inClear() {
    return counts.get(Fate.SYSTEM.ordinal()) + counts.get(Fate.IN_CLEAR.ordinal());
  }

  /** {@code ADDRESS@PORT}. */
  public String server() {
    return server;
  }

  /** One line, such as {@code 10.0.0.2@53 asked by org.xbill.DNS.SimpleResolver: 3 over TLS}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(server);
    synchronized (lock) {
      for (int i = 0; i < libraries.size(); i++) {
        text.append(i == 0 ? " asked by " : ", ").append(libraries.get(i));
      }
    }
    String separator = ": ";
    for (Fate fate : Fate.values()) {
      long count = counts.get(fate.ordinal());
      if (count > 0) {
        text.append(separator).append(count).append(' ').append(fate);
        separator = ", ";
      }
    }
    return text.toString();
  }
}
