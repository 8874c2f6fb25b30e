package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts addresses as {@code getaddrinfo} does (RFC 6724 §6), for a program that asks for the
 * system's order with {@code java.net.preferIPv6Addresses=system}. It applies the rules that a JVM
 * can follow: 1 (there is a route to it), 2 (scope), 5 (label), 6 (precedence) and 8 (smaller
 * scope). By rule 10, all else stays in the given order.
 */
final class DestinationOrder {
  /** Finds the local address that this machine would use to reach another address. */
  interface SourceAddresses {
    /** Null: there is no route to that address. Sends nothing. */
    InetAddress sourceFor(InetAddress destination);
  }

  // how far an address reaches: RFC 4291 §2.7, which RFC 6724 §3.1 compares
  private static final int LINK = 2;
  private static final int SITE = 5;
  private static final int GLOBAL = 14;

  private final SourceAddresses sources;

  DestinationOrder(SourceAddresses sources) {
    this.sources = sources;
  }

  /**
   * @param addresses 4 or 16 octets each
   */
  List<byte[]> sorted(List<byte[]> addresses) throws UnknownHostException {
    List<Destination> destinations = new ArrayList<>(addresses.size());
    for (byte[] octets : addresses) {
      InetAddress address = InetAddress.getByAddress(octets);
      destinations.add(new Destination(octets, address, sources.sourceFor(address)));
    }
    Collections.sort(destinations, RULES); // a stable sort: rule 10
    List<byte[]> sorted = new ArrayList<>(destinations.size());
    for (Destination destination : destinations) {
      sorted.add(destination.octets);
    }
    return sorted;
  }

  /** The scope of an address of one host. 127/8 and 169.254/16 are of the link (RFC 6724 §3.2). */
  private static int scopeOf(InetAddress address) {
    if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
      return LINK;
    }
    // fec0::/10 alone: RFC 6724 §3.2 has IPv4's private addresses reach as far as others
    boolean site = address.getAddress().length == 16 && address.isSiteLocalAddress();
    return site ? SITE : GLOBAL;
  }

  private static final class Destination {
    final byte[] octets;
    final boolean reachable;
    final boolean scopesMatch;
    final boolean labelsMatch;
    final int precedence;
    final int scope;

    Destination(byte[] octets, InetAddress address, InetAddress source) {
      this.octets = octets;
      this.reachable = source != null;
      this.scope = scopeOf(address);
      this.scopesMatch = reachable && scopeOf(source) == scope;
      Prefix prefix = Prefix.of(address);
      this.labelsMatch = reachable && Prefix.of(source).label() == prefix.label();
      this.precedence = prefix.precedence();
    }
  }

  private static final Comparator<Destination> RULES =
      new Comparator<Destination>() {
        @Override
        public int compare(Destination one, Destination other) {
          if (one.reachable != other.reachable) {
            return one.reachable ? -1 : 1;
          }
          if (one.scopesMatch != other.scopesMatch) {
            return one.scopesMatch ? -1 : 1;
          }
          if (one.labelsMatch != other.labelsMatch) {
            return one.labelsMatch ? -1 : 1;
          }
          return one.precedence != other.precedence
              ? Integer.compare(other.precedence, one.precedence)
              : Integer.compare(one.scope, other.scope);
        }
      };

  /** The default policy table of RFC 6724 §2.1; IPv4 addresses stand in it as mapped ones. */
  private enum Prefix {
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
    Prefix(int precedence, int label, int bits, long high, long low) {
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

    /** The longest prefix of the address; prefixes are tried from the longest to the shortest. */
    static Prefix of(InetAddress address) {
      ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
      if (octets.remaining() == IPV4_OCTETS) {
        return IPV4;
      }
      long first = octets.getLong();
      long second = octets.getLong();
      for (Prefix prefix : values()) {
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
}
