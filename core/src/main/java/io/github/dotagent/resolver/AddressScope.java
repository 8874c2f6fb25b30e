package io.github.dotagent.resolver;

import java.net.InetAddress;

/** How far an address reaches: the numbers of RFC 4291 §2.7, which RFC 6724 §3.1 compares. */
final class AddressScope {
  // RFC 4291 §2.7, which RFC 6724 §3.1 compares
  private static final int LINK = 2;
  private static final int SITE = 5;
  private static final int GLOBAL = 14;

  private AddressScope() {}

  /** Of an address of one host. 127/8 and 169.254/16 are of the link (RFC 6724 §3.2). */
  static int of(InetAddress address) {
    if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
      return LINK;
    }
    // fec0::/10 alone: RFC 6724 §3.2 has IPv4's private addresses reach as far as others
    boolean site = address.getAddress().length == 16 && address.isSiteLocalAddress();
    return site ? SITE : GLOBAL;
  }
}
