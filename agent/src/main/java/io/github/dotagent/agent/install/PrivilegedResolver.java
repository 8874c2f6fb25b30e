package io.github.dotagent.agent.install;

import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;

/**
 * Resolves with the agent's own permissions. Under a SecurityManager the JDK has already checked
 * whether the caller may resolve the name. The caller needs no permission for the hosts file or the
 * log of the agent.
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
      throw (UnknownHostException) wrapped.getException(); // the only checked exception of a lookup
    }
  }
}
