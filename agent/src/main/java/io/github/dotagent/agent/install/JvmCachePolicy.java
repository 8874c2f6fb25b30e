package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.JdkInternals;
import java.security.Security;

/**
 * The JVM's own cache stays in front of the agent's, with one second: a hot name then costs the
 * same as without the agent, and an answer lives at most that second longer than its TTL. The
 * user's own settings stay as they are. Immutable.
 *
 * <p>Set in the fields of {@code sun.net.InetAddressCachePolicy}, which have had their names since
 * Java 8: {@code Security.setProperty} would do it too, but writes to the JDK's event log, which
 * wakes the System.Logger before the program has set up its own.
 */
final class JvmCachePolicy {
  // names of the JDK: its class, its security and system properties, its fields
  private static final String CLASS = "sun.net.InetAddressCachePolicy";
  private static final String POSITIVE_PROPERTY = "networkaddress.cache.ttl";
  private static final String POSITIVE_FALLBACK = "sun.net.inetaddr.ttl";
  private static final String POSITIVE_FIELD = "cachePolicy";
  private static final String NEGATIVE_PROPERTY = "networkaddress.cache.negative.ttl";
  private static final String NEGATIVE_FALLBACK = "sun.net.inetaddr.negative.ttl";
  private static final String NEGATIVE_FIELD = "negativeCachePolicy";
  private static final String STALE_PROPERTY = "networkaddress.cache.stale.ttl";
  private static final String STALE_FALLBACK = "sun.net.inetaddr.stale.ttl";
  private static final String STALE_FIELD = "staleCachePolicy"; // Java 21 and newer

  /** The negative value in every JDK's java.security file; any other value is the user's. */
  private static final String NEGATIVE_AS_SHIPPED = "10";

  /**
   * A hot name costs the same as without the agent, and an answer lives at most this much longer
   * than its TTL.
   */
  private static final int SECONDS = 1;

  /** The JVM's stale answers would outlive an NXDOMAIN; the agent's do not. */
  private static final int NO_STALE = 0;

  private final int positive;
  private final int negative;
  private final int stale;

  JvmCachePolicy(int positive, int negative, int stale) {
    this.positive = positive;
    this.negative = negative;
    this.stale = stale;
  }

  /**
   * The policy in force; the JDK's own before anything is {@link #apply applied}. {@link
   * JdkInternals} must be open.
   *
   * @throws ReflectiveOperationException when this JDK has no such fields
   */
  static JvmCachePolicy inForce() throws ReflectiveOperationException {
    Class<?> policy = Class.forName(CLASS, true, null);
    int positive = (Integer) JdkInternals.staticOf(policy, POSITIVE_FIELD);
    int negative = (Integer) JdkInternals.staticOf(policy, NEGATIVE_FIELD);
    try {
      return new JvmCachePolicy(
          positive, negative, (Integer) JdkInternals.staticOf(policy, STALE_FIELD));
    } catch (NoSuchFieldException before21) {
      return new JvmCachePolicy(positive, negative, NO_STALE);
    }
  }

  /**
   * The JVM's policy without the agent: the user's own settings by now, because the JDK reads them
   * with the first lookup, which may be later than the agent's probe; else as it was.
   *
   * @param before the one before the agent's
   */
  static JvmCachePolicy withoutAgent(JvmCachePolicy before) {
    int positive = usersOwn(POSITIVE_PROPERTY, null, POSITIVE_FALLBACK, before.positive);
    return new JvmCachePolicy(
        positive,
        usersOwn(NEGATIVE_PROPERTY, NEGATIVE_AS_SHIPPED, NEGATIVE_FALLBACK, before.negative),
        positive > 0 ? usersOwn(STALE_PROPERTY, null, STALE_FALLBACK, before.stale) : before.stale);
  }

  /** The user's own settings, by now, and the agent's for the rest. Sets nothing. */
  static JvmCachePolicy wanted() {
    int positive = usersOwn(POSITIVE_PROPERTY, null, POSITIVE_FALLBACK, SECONDS);
    int negative = usersOwn(NEGATIVE_PROPERTY, NEGATIVE_AS_SHIPPED, NEGATIVE_FALLBACK, SECONDS);
    // the JDK, too, looks at it only where there is an end after which to be stale
    int stale = positive > 0 ? usersOwn(STALE_PROPERTY, null, STALE_FALLBACK, NO_STALE) : NO_STALE;
    return new JvmCachePolicy(positive, negative, stale);
  }

  /**
   * Puts it in force and returns the policy in force: before Java 21 nothing is stale. {@link
   * JdkInternals} must be open.
   *
   * @throws ReflectiveOperationException when this JDK has no such fields
   */
  JvmCachePolicy apply() throws ReflectiveOperationException {
    Class<?> policy = Class.forName(CLASS, true, null);
    JdkInternals.setStatic(policy, POSITIVE_FIELD, positive);
    JdkInternals.setStatic(policy, NEGATIVE_FIELD, negative);
    try {
      JdkInternals.setStatic(policy, STALE_FIELD, stale);
      return this;
    } catch (NoSuchFieldException before21) {
      return new JvmCachePolicy(positive, negative, NO_STALE);
    }
  }

  /** Whether it is the same. */
  boolean isAs(JvmCachePolicy other) {
    return positive == other.positive && negative == other.negative && stale == other.stale;
  }

  /** Seconds as the user set them, otherwise the agent's value. */
  static int usersOwn(String property, String asShipped, String fallback, int ours) {
    String set = Security.getProperty(property);
    Integer seconds = set == null || set.equals(asShipped) ? null : number(set);
    if (seconds == null) {
      seconds = Integer.getInteger(fallback);
    }
    return seconds == null ? ours : Math.max(seconds, -1); // -1: for ever
  }

  /** Null if it is not a number: the JDK ignores such a value as well. */
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
    return "JVM cache "
        + textOf(positive)
        + ", negative "
        + textOf(negative)
        + (stale > 0 ? ", stale " + textOf(stale) : "");
  }

  private static String textOf(int seconds) {
    return seconds < 0 ? "for ever" : seconds + " s";
  }
}
