package io.github.dotagent.agent.install;

import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sets the JVM's cache policy again when the first lookup comes. Without an agent the JDK reads the
 * policy at that moment, so a program may set {@code networkaddress.cache.ttl} at the beginning of
 * its main. The probe in premain came earlier than that.
 */
final class JvmCacheResolver implements HostResolver {
  private final HostResolver resolver;
  private final JvmCachePolicy
      jdkPolicy; // with mode=observe; null: the agent has a policy of its own
  private final Log log;
  private volatile JvmCachePolicy policy; // null: the agent's could not be set
  private final AtomicBoolean checked = new AtomicBoolean();

  /**
   * @param policy the one that was put in force when the agent started; null: it could not be
   */
  JvmCacheResolver(HostResolver resolver, JvmCachePolicy policy, Log log) {
    this(resolver, policy, null, log);
  }

  private JvmCacheResolver(
      HostResolver resolver, JvmCachePolicy policy, JvmCachePolicy jdkPolicy, Log log) {
    this.resolver = resolver;
    this.jdkPolicy = jdkPolicy;
    this.policy = policy;
    this.log = log;
  }

  /**
   * With {@code mode=observe}: the JVM's cache is as without the agent.
   *
   * @param before the JDK's own policy; null: it is not known
   */
  static JvmCacheResolver observing(HostResolver resolver, JvmCachePolicy before, Log log) {
    return new JvmCacheResolver(resolver, before, before, log);
  }

  /** The policy in force, as text. */
  String policy() {
    JvmCachePolicy inForce = policy;
    return inForce == null ? "JVM cache as the JDK has it" : inForce.toString();
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    // the JDK reads the policy after the answer, so it already holds for the first one
    if (!checked.get() && checked.compareAndSet(false, true)) {
      checkPolicy();
    }
    return resolver.addresses(host, order);
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    return resolver.nameOf(address); // the JDK keeps no names of addresses
  }

  private void checkPolicy() {
    JvmCachePolicy before = policy;
    try {
      JvmCachePolicy wanted =
          jdkPolicy == null ? JvmCachePolicy.wanted() : JvmCachePolicy.withoutAgent(jdkPolicy);
      if (before == null || wanted.isAs(before)) {
        return; // nearly always; reflection takes time in a young JVM
      }
      JvmCachePolicy now = wanted.apply();
      policy = now;
      if (!now.isAs(before)) {
        log.write(Level.INFO, "the program has set " + now);
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError unknownJdk) {
      // it could be set at the start, but not now: leave it
    }
  }
}
