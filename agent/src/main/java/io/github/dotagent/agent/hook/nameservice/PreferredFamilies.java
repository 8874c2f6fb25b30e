package io.github.dotagent.agent.hook.nameservice;

import io.github.dotagent.resolver.AddressFamilyPolicy;

/** The order of addresses on Java 8 to 17, where the JDK hands the resolver no LookupPolicy. */
final class PreferredFamilies {
  private PreferredFamilies() {}

  /**
   * As {@code InetAddress} reads the properties once, at its start.
   *
   * @param ipv6Known false: the host has no IPv6, or {@code java.net.preferIPv4Stack} is set
   * @param preferIpv6Addresses the value of {@code java.net.preferIPv6Addresses}, or null
   * @param java8 Java 8 knows {@code true} and nothing else
   */
  static AddressFamilyPolicy order(boolean ipv6Known, String preferIpv6Addresses, boolean java8) {
    if (!ipv6Known) {
      return AddressFamilyPolicy.IPV4_ONLY;
    }
    if ("true".equalsIgnoreCase(preferIpv6Addresses)) {
      return AddressFamilyPolicy.IPV6_FIRST;
    }
    if ("system".equalsIgnoreCase(preferIpv6Addresses) && !java8) {
      return AddressFamilyPolicy.SYSTEM;
    }
    return AddressFamilyPolicy.IPV4_FIRST;
  }
}
