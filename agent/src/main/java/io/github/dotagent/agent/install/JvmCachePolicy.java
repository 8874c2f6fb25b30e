package io.github.dotagent.agent.install;

import java.security.Security;

/**
 * The JVM's own cache stays in front of the agent's, with one second: a hot name then costs what it
 * costs without the agent, and no TTL is overstayed by more than that. Must be applied before the
 * first lookup, for {@code sun.net.InetAddressCachePolicy} reads the properties once.
 */
final class JvmCachePolicy {
  private static final String POSITIVE = "networkaddress.cache.ttl";
  private static final String POSITIVE_FALLBACK = "sun.net.inetaddr.ttl";
  private static final String NEGATIVE = "networkaddress.cache.negative.ttl";
  private static final String NEGATIVE_FALLBACK = "sun.net.inetaddr.negative.ttl";

  /** What every JDK's java.security file says of the negative one; anything else is a user's. */
  private static final String NEGATIVE_AS_SHIPPED = "10";

  private static final String ONE_SECOND = "1";

  private final String positive;
  private final String negative;

  private JvmCachePolicy(String positive, String negative) {
    this.positive = positive;
    this.negative = negative;
  }

  /** Sets what the user has not set himself. */
  static JvmCachePolicy apply() {
    return new JvmCachePolicy(
        one(POSITIVE, null, POSITIVE_FALLBACK),
        one(NEGATIVE, NEGATIVE_AS_SHIPPED, NEGATIVE_FALLBACK));
  }

  private static String one(String property, String asShipped, String fallback) {
    String set = Security.getProperty(property);
    boolean usersOwn = set != null && !set.trim().isEmpty() && !set.trim().equals(asShipped);
    if (usersOwn) {
      return set.trim();
    }
    String users = System.getProperty(fallback);
    // where the security property is set, the JDK does not look at the system property any more
    String value = users == null ? ONE_SECOND : users;
    Security.setProperty(property, value);
    return value;
  }

  /** For the start line, such as {@code JVM cache 1 s, negative 1 s}. */
  @Override
  public String toString() {
    return "JVM cache " + positive + " s, negative " + negative + " s";
  }
}
