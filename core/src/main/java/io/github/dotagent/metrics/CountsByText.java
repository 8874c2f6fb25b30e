package io.github.dotagent.metrics;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts by text. Safe for use by any number of threads. It uses no {@code ConcurrentHashMap}: a
 * thread of the program that is stopped within such a map (Thread.stop, up to Java 19) may leave it
 * locked.
 */
public final class CountsByText {
  private final int most;
  private final String others;
  private final Map<String, Long> counts = new HashMap<>(); // guarded by itself

  /**
   * @param most texts that are counted each
   * @param others under which all further ones are
   */
  CountsByText(int most, String others) {
    this.most = most;
    this.others = others;
  }

  /** For texts whose number the settings bound. */
  public CountsByText() {
    this(Integer.MAX_VALUE, "");
  }

  /** One more. */
  public void add(String text) {
    synchronized (counts) {
      String key = counts.size() < most || counts.containsKey(text) ? text : others;
      Long count = counts.get(key);
      counts.put(key, count == null ? 1 : count + 1);
    }
  }

  /** How many there were under that text. */
  public long of(String text) {
    synchronized (counts) {
      Long count = counts.get(text);
      return count == null ? 0 : count;
    }
  }

  /** All of them, as they are now. */
  Map<String, Long> all() {
    synchronized (counts) {
      return new HashMap<>(counts);
    }
  }
}
