package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The default policy table of RFC 6724 §2.1; IPv4 addresses stand in it as mapped ones. */
enum AddressPrefix {
  LOOPBACK(50, 0, 128, 0, 1), // ::1
  IPV4(35, 4, 96, 0, 0xffffL << 32), // ::ffff:0:0
  COMPATIBLE(1, 3, 96, 0, 0), // ::
  TEREDO(5, 5, 32, 0x2001L << 48, 0), // 2001::
  SIX_TO_FOUR(30, 2, 16, 0x2002L << 48, 0), // 2002::
  SIX_BONE(1, 12, 16, 0x3ffeL << 48, 0), // 3ffe::
  SITE_LOCAL(1, 11, 10, 0xfec0L << 48, 0), // fec0::
  UNIQUE_LOCAL(3, 13, 7, 0xfc00L << 48, 0), // fc00::
  OTHER_IPV6(40, 1, 0, 0, 0); // ::

  private static final int IPV4_OCTETS = 4; // RFC 791 §3.1

  private final int precedence;
  private final int label;
  private final long highMask;
  private final long lowMask;
  private final long high;
  private final long low;

  /**
   * @param bits how long the prefix is
   * @param high its first 64 bits
   * @param low the others
   */
  AddressPrefix(int precedence, int label, int bits, long high, long low) {
    this.precedence = precedence;
    this.label = label;
    this.highMask = mask(Math.min(bits, Long.SIZE));
    this.lowMask = mask(Math.max(bits - Long.SIZE, 0));
    this.high = high;
    this.low = low;
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (Long.SIZE - bits); // Java shifts by 64 as by 0
  }

  /** The longest that the address has: they are tried from the longest to the shortest. */
  static AddressPrefix of(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    if (octets.remaining() == IPV4_OCTETS) {
      return IPV4;
    }
    long first = octets.getLong();
    long second = octets.getLong();
    for (AddressPrefix prefix : values()) {
      if ((first & prefix.highMask) == prefix.high && (second & prefix.lowMask) == prefix.low) {
        return prefix;
      }
    }
    return OTHER_IPV6;
  }

  int precedence() {
    return precedence;
  }

  /** Addresses of one label are meant to speak with each other. */
  int label() {
    return label;
  }
}
