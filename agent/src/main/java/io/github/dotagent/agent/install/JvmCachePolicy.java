package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.JdkInternals;
import java.security.Security;

/**
 * The JVM's own cache stays in front of the agent's, with one second: a hot name then costs what it
 * costs without the agent, and no TTL is overstayed by more than that.
 *
 * <p>Set in the fields of {@code sun.net.InetAddressCachePolicy}, which have had their names since
 * Java 8: {@code Security.setProperty} would do it too, but tells the JDK's event log of it, which
 * wakes the System.Logger before the program has set up its own.
 */
final class JvmCachePolicy {
  private static final String CLASS = "sun.net.InetAddressCachePolicy";
  private static final String POSITIVE_PROPERTY = "networkaddress.cache.ttl";
  private static final String POSITIVE_FALLBACK = "sun.net.inetaddr.ttl";
  private static final String POSITIVE_FIELD = "cachePolicy";
  private static final String NEGATIVE_PROPERTY = "networkaddress.cache.negative.ttl";
  private static final String NEGATIVE_FALLBACK = "sun.net.inetaddr.negative.ttl";
  private static final String NEGATIVE_FIELD = "negativeCachePolicy";

  /** What every JDK's java.security file says of the negative one; anything else is a user's. */
  private static final String NEGATIVE_AS_SHIPPED = "10";

  private static final int SECONDS = 1;

  private final int positive;
  private final int negative;

  private JvmCachePolicy(int positive, int negative) {
    this.positive = positive;
    this.negative = negative;
  }

  /**
   * Sets what the user has not set himself. {@link JdkInternals} must be open.
   *
   * @throws ReflectiveOperationException when this JDK has no such fields
   */
  static JvmCachePolicy apply() throws ReflectiveOperationException {
    Class<?> policy = Class.forName(CLASS, true, null);
    int positive = usersOwn(POSITIVE_PROPERTY, null, POSITIVE_FALLBACK);
    int negative = usersOwn(NEGATIVE_PROPERTY, NEGATIVE_AS_SHIPPED, NEGATIVE_FALLBACK);
    JdkInternals.setStatic(policy, POSITIVE_FIELD, positive);
    JdkInternals.setStatic(policy, NEGATIVE_FIELD, negative);
    return new JvmCachePolicy(positive, negative);
  }

  /** Seconds as the user set them, else one. */
  static int usersOwn(String property, String asShipped, String fallback) {
    String set = Security.getProperty(property);
    Integer seconds = set == null || set.equals(asShipped) ? null : number(set);
    if (seconds == null) {
      seconds = Integer.getInteger(fallback);
    }
    return seconds == null ? SECONDS : Math.max(seconds, -1); // -1: for ever
  }

  /** Null when it is none: the JDK passes over such a value as well. */
  private static Integer number(String text) {
    try {
      return Integer.valueOf(text.trim());
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /** For the start line, such as {@code JVM cache 1 s, negative 1 s}. */
  @Override
  public String toString() {
    return "JVM cache " + positive + " s, negative " + negative + " s";
  }
}
