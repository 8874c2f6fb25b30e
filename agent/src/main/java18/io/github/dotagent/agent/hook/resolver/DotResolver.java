package io.github.dotagent.agent.hook.resolver;

import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.stream.Stream;

/** The JDK's lookups, handed to the core. */
final class DotResolver implements InetAddressResolver {
  private final HostResolver resolver;

  DotResolver(HostResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    try {
      return Stream.of(resolver.addresses(host, orderOf(policy.characteristics())));
    } catch (Throwable thrown) {
      throw asUnknownHost(host, thrown);
    }
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    try {
      return resolver.nameOf(address);
    } catch (Throwable thrown) {
      throw asUnknownHost("reverse lookup", thrown);
    }
  }

  /** As {@code java.net.DotAgentBridge} does up to Java 17; both know JDK types only. */
  @SuppressWarnings("removal") // ThreadDeath: Thread.stop works up to Java 19
  private static UnknownHostException asUnknownHost(String host, Throwable thrown) {
    if (thrown instanceof UnknownHostException unknown) {
      return unknown;
    }
    if (thrown instanceof StackOverflowError
        || thrown instanceof OutOfMemoryError
        || thrown instanceof ThreadDeath) {
      throw (Error) thrown;
    }
    // not with +, whose first call in a JVM loads classes and spins one
    UnknownHostException unknown =
        new UnknownHostException(host.concat(": dot-agent failed: ").concat(thrown.toString()));
    unknown.initCause(thrown);
    return unknown;
  }

  /** {@code LookupPolicy}'s bits; it refuses senseless combinations itself. */
  static AddressFamilyPolicy orderOf(int characteristics) {
    boolean ipv4 = (characteristics & LookupPolicy.IPV4) != 0;
    boolean ipv6 = (characteristics & LookupPolicy.IPV6) != 0;
    if (!ipv6) {
      return AddressFamilyPolicy.IPV4_ONLY;
    }
    if (!ipv4) {
      return AddressFamilyPolicy.IPV6_ONLY;
    }
    if ((characteristics & LookupPolicy.IPV4_FIRST) != 0) {
      return AddressFamilyPolicy.IPV4_FIRST;
    }
    return (characteristics & LookupPolicy.IPV6_FIRST) != 0
        ? AddressFamilyPolicy.IPV6_FIRST
        : AddressFamilyPolicy.SYSTEM;
  }

  /** The bits that say the same to the JDK's own resolver. */
  static int bitsOf(AddressFamilyPolicy order) {
    switch (order) {
      case IPV4_ONLY:
        return LookupPolicy.IPV4;
      case IPV6_ONLY:
        return LookupPolicy.IPV6;
      case IPV4_FIRST:
        return LookupPolicy.IPV4 | LookupPolicy.IPV6 | LookupPolicy.IPV4_FIRST;
      case IPV6_FIRST:
        return LookupPolicy.IPV4 | LookupPolicy.IPV6 | LookupPolicy.IPV6_FIRST;
      default:
        return LookupPolicy.IPV4 | LookupPolicy.IPV6;
    }
  }
}
