package io.github.dotagent.agent.install;

import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;

/**
 * Resolves with the agent's own permissions. Under a SecurityManager the JDK has asked whether the
 * caller may resolve the name before it comes here; that the agent reads the hosts file or writes
 * its log on the way is none of the caller's business.
 */
final class PrivilegedResolver implements HostResolver {
  private final HostResolver resolver;

  private PrivilegedResolver(HostResolver resolver) {
    this.resolver = resolver;
  }

  /** The resolver itself where there is no SecurityManager. */
  static HostResolver of(HostResolver resolver) {
    return System.getSecurityManager() == null ? resolver : new PrivilegedResolver(resolver);
  }

  @Override
  public InetAddress[] addresses(final String host, final AddressFamilyPolicy order)
      throws UnknownHostException {
    return privileged(
        new PrivilegedExceptionAction<InetAddress[]>() {
          @Override
          public InetAddress[] run() throws UnknownHostException {
            return resolver.addresses(host, order);
          }
        });
  }

  @Override
  public String nameOf(final byte[] address) throws UnknownHostException {
    return privileged(
        new PrivilegedExceptionAction<String>() {
          @Override
          public String run() throws UnknownHostException {
            return resolver.nameOf(address);
          }
        });
  }

  private static <T> T privileged(PrivilegedExceptionAction<T> action) throws UnknownHostException {
    try {
      return AccessController.doPrivileged(action);
    } catch (PrivilegedActionException wrapped) {
      throw (UnknownHostException) wrapped.getException(); // the one checked exception it can be
    }
  }
}
