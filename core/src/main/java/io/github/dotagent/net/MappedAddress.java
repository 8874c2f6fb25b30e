package io.github.dotagent.net;

import java.util.Arrays;

/** The form of an IPv4 address among IPv6 addresses: ::ffff:a.b.c.d (RFC 4291 §2.5.5.2). */
public final class MappedAddress {
  private static final int IPV4_OCTETS = 4; // RFC 791 §3.1
  private static final int IPV6_OCTETS = 16; // RFC 4291 §2
  private static final int MARK = 10; // octets of zeros; then two of ones, and the IPv4 address
  private static final int IPV4 = MARK + 2;

  private MappedAddress() {}

  /**
   * @param ipv4 its four octets
   */
  public static byte[] of(byte[] ipv4) {
    byte[] mapped = new byte[IPV6_OCTETS];
    mapped[MARK] = -1;
    mapped[MARK + 1] = -1;
    System.arraycopy(ipv4, 0, mapped, IPV4, IPV4_OCTETS);
    return mapped;
  }

  /** The IPv4 address of a mapped one; all others stay as they are. */
  public static byte[] unmapped(byte[] address) {
    boolean mapped =
        address.length == IPV6_OCTETS && address[MARK] == -1 && address[MARK + 1] == -1;
    for (int i = 0; mapped && i < MARK; i++) {
      mapped = address[i] == 0;
    }
    return mapped ? Arrays.copyOfRange(address, IPV4, IPV6_OCTETS) : address;
  }
}
