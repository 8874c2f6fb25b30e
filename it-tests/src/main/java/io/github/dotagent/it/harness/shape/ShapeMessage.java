package io.github.dotagent.it.harness.shape;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.RecordTypes;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A response put together octet by octet (RFC 1035 §4.1). Nothing in it is checked, so that it can
 * be wrong in every way that a server's may be. Not thread-safe.
 */
final class ShapeMessage {
  static final int IN = 1;
  static final int CHAOS = 3;
  static final int TTL = 300;

  static final int QR = 0x8000;
  static final int AA = 0x0400;
  static final int TC = 0x0200;
  static final int RD = 0x0100;
  static final int RA = 0x0080;

  /** RFC 1035 §4.1.4: to the name behind the header, as nearly every server writes it. */
  private static final byte[] POINTER_TO_QUESTION = {(byte) 0xc0, 12};

  static final String IPV4 = "192.0.2.1";
  static final String IPV6 = "2001:db8::1";

  private final DnsQuery query;
  private final List<byte[]> questions = new ArrayList<>();
  private final List<byte[]> answers = new ArrayList<>();
  private final List<byte[]> authority = new ArrayList<>();
  private final List<byte[]> additional = new ArrayList<>();
  private final int[] miscounted = new int[4];
  private int flags = QR | RD | RA;
  private byte[] behind = {};
  private int cut;

  private ShapeMessage(DnsQuery query) {
    this.query = query;
  }

  /** The question and nothing else: NODATA without a SOA. */
  static ShapeMessage to(DnsQuery query) {
    return new ShapeMessage(query).question(query.name(), query.type(), IN);
  }

  /** With the address of the family that is asked for; to other types it says NODATA. */
  static ShapeMessage found(DnsQuery query) {
    return to(query).address(query.name());
  }

  /** NODATA with a SOA. */
  static ShapeMessage noData(DnsQuery query) {
    return to(query).authority(soa("shape.test", TTL));
  }

  /** The good address of the family that is asked for. */
  ShapeMessage address(String owner) {
    return address(owner, IPV4, IPV6);
  }

  /** One of the two, by the family that is asked for. */
  ShapeMessage address(String owner, String ipv4, String ipv6) {
    if (query.type() == RecordTypes.A) {
      return answer(owner, RecordTypes.A, octets(ipv4));
    }
    return query.type() == RecordTypes.AAAA ? answer(owner, RecordTypes.AAAA, octets(ipv6)) : this;
  }

  ShapeMessage alias(String owner, String target) {
    return answer(owner, RecordTypes.CNAME, DnsNames.encode(target));
  }

  ShapeMessage answer(String owner, int type, byte[] data) {
    byte[] name = owner.equals(query.name()) ? POINTER_TO_QUESTION : DnsNames.encode(owner);
    return answer(record(name, type, IN, TTL, data));
  }

  ShapeMessage answer(byte[] record) {
    answers.add(record);
    return this;
  }

  ShapeMessage authority(byte[] record) {
    authority.add(record);
    return this;
  }

  ShapeMessage additional(byte[] record) {
    additional.add(record);
    return this;
  }

  /** An OPT record (RFC 6891 §6.1.2). */
  ShapeMessage opt(byte[]... options) {
    return additional(record(".", RecordTypes.OPT, 1232, 0, join(options)));
  }

  ShapeMessage rcode(int rcode) {
    flags = flags & ~0xf | rcode;
    return this;
  }

  ShapeMessage with(int bits) {
    flags |= bits;
    return this;
  }

  ShapeMessage without(int bits) {
    flags &= ~bits;
    return this;
  }

  ShapeMessage question(String name, int type, int dnsClass) {
    questions.add(join(DnsNames.encode(name), u16(type), u16(dnsClass)));
    return this;
  }

  ShapeMessage noQuestion() {
    questions.clear();
    return this;
  }

  /**
   * The header claims so many more than there are.
   *
   * @param section 0 to 3, in the order of the message
   */
  ShapeMessage miscount(int section, int more) {
    miscounted[section] = more;
    return this;
  }

  ShapeMessage behind(byte[] octets) {
    behind = octets;
    return this;
  }

  /** So many octets at the end are missing. */
  ShapeMessage cut(int octets) {
    cut = octets;
    return this;
  }

  byte[] octets() {
    byte[] whole =
        join(
            join(u16(query.id()), u16(flags)),
            join(u16(questions.size() + miscounted[0]), u16(answers.size() + miscounted[1])),
            join(u16(authority.size() + miscounted[2]), u16(additional.size() + miscounted[3])),
            join(questions.toArray(byte[][]::new)),
            join(answers.toArray(byte[][]::new)),
            join(authority.toArray(byte[][]::new)),
            join(additional.toArray(byte[][]::new)),
            behind);
    return Arrays.copyOf(whole, whole.length - cut);
  }

  static byte[] record(String owner, int type, int dnsClass, long ttl, byte[] data) {
    return record(DnsNames.encode(owner), type, dnsClass, ttl, data);
  }

  static byte[] record(byte[] owner, int type, int dnsClass, long ttl, byte[] data) {
    return join(owner, u16(type), u16(dnsClass), u32(ttl), u16(data.length), data);
  }

  static byte[] soa(String zone, long ttl) {
    byte[] names = join(DnsNames.encode("ns." + zone), DnsNames.encode("root." + zone));
    byte[] figures = join(u32(1), u32(7200), u32(900), u32(86_400), u32(ttl));
    return record(zone, RecordTypes.SOA, IN, ttl, join(names, figures));
  }

  static byte[] option(int code, int length, byte... data) {
    return join(u16(code), u16(length), data);
  }

  static byte[] octets(String addressLiteral) {
    try {
      return InetAddress.getByName(addressLiteral).getAddress(); // of a literal: no lookup
    } catch (UnknownHostException notALiteral) {
      throw new IllegalArgumentException(addressLiteral, notALiteral);
    }
  }

  /** {@code ::ffff:IPV4}, of which InetAddress would make four octets. */
  static byte[] mapped(String ipv4) {
    return join(new byte[10], new byte[] {-1, -1}, octets(ipv4));
  }

  static byte[] u16(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  static byte[] u32(long value) {
    return join(u16((int) (value >> 16)), u16((int) value));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
