package io.github.dotagent.resolver;

import io.github.dotagent.net.MappedAddress;

/** The domain name under which the name of an address is kept (RFC 1035 §3.5, RFC 3596 §2.5). */
final class ReverseName {
  private static final String HEX = "0123456789abcdef";

  private ReverseName() {}

  /**
   * A mapped address has the name of its IPv4 address, and is equally private.
   *
   * @param address 4 or 16 octets
   */
  static String of(byte[] address) {
    return ofUnmapped(MappedAddress.unmapped(address));
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
