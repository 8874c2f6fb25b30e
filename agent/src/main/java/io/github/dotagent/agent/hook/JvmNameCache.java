package io.github.dotagent.agent.hook;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * The names that the JVM looked up before the hook was there, for an earlier agent or a program
 * that has run for days. Their answers did not come over TLS. With a cache policy of "for ever"
 * they would never be looked up again.
 */
public final class JvmNameCache {
  private JvmNameCache() {}

  /**
   * Forgets them all. A lookup that is under way at that moment does not come back into the cache:
   * InetAddress replaces an entry of its own and nothing else. {@link JdkInternals} must be open.
   *
   * @throws ReflectiveOperationException when this JDK keeps its names elsewhere
   */
  public static void flush() throws ReflectiveOperationException {
    Object expiries;
    try {
      expiries = JdkInternals.staticOfInetAddress("expirySet");
    } catch (NoSuchFieldException early8) {
      flushOnEarlyJava8();
      return;
    }
    // in this order: an entry that is in the cache and in no expiry set would stay for ever
    ((Collection<?>) expiries).clear();
    ((Map<?, ?>) JdkInternals.staticOfInetAddress("cache")).clear();
  }

  /**
   * Forgets one name in any spelling: the JDK keeps {@code WWW.example.com}, {@code
   * www.example.com} and {@code www.example.com.} apart. What it leaves in the expiry set goes at
   * its time. {@link JdkInternals} must be open.
   *
   * @throws ReflectiveOperationException when this JDK keeps its names elsewhere
   */
  public static void forget(String name) throws ReflectiveOperationException {
    Map<?, ?> entries;
    try {
      entries = (Map<?, ?>) JdkInternals.staticOfInetAddress("cache");
    } catch (NoSuchFieldException early8) {
      flushOnEarlyJava8();
      return;
    }
    remove(entries, name);
  }

  /**
   * Forgets one name as it is spelled, and leaves nothing of it. {@link JdkInternals} must be open.
   *
   * @throws ReflectiveOperationException when this JDK keeps its names elsewhere
   */
  static void drop(String name) throws ReflectiveOperationException {
    Object entry;
    try {
      entry = ((Map<?, ?>) JdkInternals.staticOfInetAddress("cache")).remove(name);
    } catch (NoSuchFieldException early8) {
      dropOnEarlyJava8(name);
      return;
    }
    if (entry instanceof Comparable) { // entries that expire
      ((Collection<?>) JdkInternals.staticOfInetAddress("expirySet")).remove(entry);
    }
  }

  private static void dropOnEarlyJava8(String name) throws ReflectiveOperationException {
    Object positive = JdkInternals.staticOfInetAddress("addressCache");
    Object negative = JdkInternals.staticOfInetAddress("negativeCache");
    Field entries = positive.getClass().getDeclaredField("cache");
    entries.setAccessible(true);
    synchronized (positive) {
      ((Map<?, ?>) entries.get(positive)).remove(name);
      ((Map<?, ?>) entries.get(negative)).remove(name);
    }
  }

  static void remove(Map<?, ?> entries, String name) {
    String bare = bare(name);
    for (Iterator<?> hosts = entries.keySet().iterator(); hosts.hasNext(); ) {
      if (bare((String) hosts.next()).equalsIgnoreCase(bare)) {
        hosts.remove();
      }
    }
  }

  private static String bare(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /**
   * The two caches of early releases of 8; InetAddress locks the first one for both. They are
   * emptied for one name, too, because they fill again within a second.
   */
  private static void flushOnEarlyJava8() throws ReflectiveOperationException {
    Object positive = JdkInternals.staticOfInetAddress("addressCache");
    Object negative = JdkInternals.staticOfInetAddress("negativeCache");
    Field entries = positive.getClass().getDeclaredField("cache");
    entries.setAccessible(true);
    synchronized (positive) {
      ((Map<?, ?>) entries.get(positive)).clear();
      ((Map<?, ?>) entries.get(negative)).clear();
    }
  }
}
