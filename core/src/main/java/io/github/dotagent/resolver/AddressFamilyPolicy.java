package io.github.dotagent.resolver;

/**
 * The address families that a caller wants, and their order: from the JDK's {@code LookupPolicy}
 * and its {@code java.net.preferIPv4Stack} and {@code java.net.preferIPv6Addresses}.
 */
public enum AddressFamilyPolicy {
  IPV4_ONLY(true, false),
  IPV6_ONLY(false, true),
  IPV4_FIRST(true, true),
  IPV6_FIRST(true, true),
  /**
   * {@code preferIPv6Addresses=system}: as {@code getaddrinfo} would, which puts IPv6 first (RFC
   * 6724 §2.1, the precedence of ::/0 over ::ffff:0:0/96).
   */
  SYSTEM(true, true);

  private final boolean ipv4;
  private final boolean ipv6;

  AddressFamilyPolicy(boolean ipv4, boolean ipv6) {
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  /** Whether IPv4 addresses are wanted at all. */
  public boolean wantsIpv4() {
    return ipv4;
  }

  /** Whether IPv6 addresses are wanted at all. */
  public boolean wantsIpv6() {
    return ipv6;
  }

  /** Whether IPv4 addresses stand before IPv6 ones. */
  public boolean ipv4ComesFirst() {
    return this == IPV4_ONLY || this == IPV4_FIRST;
  }
}
