package io.github.dotagent.wire;

import java.util.Arrays;
import java.util.Locale;

/** One record of a message (RFC 1035 §3.2.1), checked as far as it is understood. Immutable. */
final class ResourceRecord {
  // RFC 1035 §3.2.2, RFC 3596 §2.1, RFC 6891 §6.1.1
  static final int A = 1;
  static final int CNAME = 5;
  static final int SOA = 6;
  static final int PTR = 12;
  static final int AAAA = 28;
  static final int OPT = 41;

  static final int IN = 1; // RFC 1035 §3.2.4

  /** RFC 2181 §8: a TTL with the top bit set is to be read as zero. */
  private static final long MAX_TTL = Integer.MAX_VALUE;

  private static final int IPV4_OCTETS = 4; // RFC 1035 §3.4.1
  private static final int IPV6_OCTETS = 16; // RFC 3596 §2.2
  private static final int BEFORE_MINIMUM = 16; // SERIAL, REFRESH, RETRY, EXPIRE: RFC 1035 §3.3.13

  private final String owner;
  private final int type;
  private final int dnsClass;
  private final long rawTtl;
  private final byte[] data;
  private final String target; // of an alias or a pointer, else null
  private final long minimum; // of a SOA

  private ResourceRecord(
      String owner, int type, int dnsClass, long rawTtl, byte[] data, String target, long minimum) {
    this.owner = owner;
    this.type = type;
    this.dnsClass = dnsClass;
    this.rawTtl = rawTtl;
    this.data = data;
    this.target = target;
    this.minimum = minimum;
  }

  static ResourceRecord read(Octets in) throws ResponseException {
    String owner = DomainName.read(in);
    int type = in.u16();
    int dnsClass = in.u16();
    long ttl = in.u32();
    int length = in.u16();
    int start = in.position();
    in.skip(length);
    byte[] data = Arrays.copyOfRange(in.message(), start, start + length);
    Octets inside = new Octets(in.message(), start);
    String target = null;
    long minimum = 0;
    if (type == CNAME || type == PTR) {
      target = DomainName.read(inside);
    } else if (type == SOA) {
      DomainName.read(inside);
      DomainName.read(inside);
      inside.skip(BEFORE_MINIMUM);
      minimum = inside.u32();
    } else {
      inside.skip(type == A ? IPV4_OCTETS : type == AAAA ? IPV6_OCTETS : length);
    }
    if (inside.position() != start + length) {
      throw Octets.malformed();
    }
    return new ResourceRecord(owner, type, dnsClass, ttl, data, target, minimum);
  }

  /** A name as a {@link io.github.dotagent.answer.Question} spells it. */
  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whose record it is, in lower case. */
  String owner() {
    return lower(owner);
  }

  int type() {
    return type;
  }

  /** Whether it is of this type and of the Internet. */
  boolean is(int wanted) {
    return type == wanted && dnsClass == IN;
  }

  /** Seconds, 0 to 2^31 - 1. */
  long ttl() {
    return rawTtl > MAX_TTL ? 0 : rawTtl;
  }

  /** The 32 bits in the place of the TTL. */
  long rawTtl() {
    return rawTtl;
  }

  /** What an alias or a pointer leads to, as it was written. */
  String target() {
    return target;
  }

  /** The MINIMUM of a SOA. */
  long minimum() {
    return minimum;
  }

  byte[] data() {
    return data.clone();
  }
}
