package io.github.dotagent.resolver;

import java.util.Arrays;

/** The domain name under which the name of an address is kept (RFC 1035 §3.5, RFC 3596 §2.5). */
final class ReverseName {
  private static final String HEX = "0123456789abcdef";

  private ReverseName() {}

  /**
   * @param address 4 or 16 octets
   */
  static String of(byte[] address) {
    return ofUnmapped(unmapped(address));
  }

  /** ::ffff:10.0.0.1 is 10.0.0.1 (RFC 4291 §2.5.5.2), and equally private. */
  static byte[] unmapped(byte[] address) {
    boolean mapped = address.length == 16 && address[10] == -1 && address[11] == -1;
    for (int i = 0; mapped && i < 10; i++) {
      mapped = address[i] == 0;
    }
    return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  /** The same the other way round: {@code ::ffff:a.b.c.d} of an IPv4 address. */
  static byte[] mapped(byte[] ipv4) {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(ipv4, 0, mapped, 12, 4);
    return mapped;
  }

  private static String ofUnmapped(byte[] address) {
    StringBuilder name = new StringBuilder();
    for (int i = address.length - 1; i >= 0; i--) {
      if (address.length == 4) {
        name.append(address[i] & 0xff).append('.');
      } else {
        name.append(HEX.charAt(address[i] & 0xf)).append('.');
        name.append(HEX.charAt(address[i] >> 4 & 0xf)).append('.');
      }
    }
    return name.append(address.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
  }
}
