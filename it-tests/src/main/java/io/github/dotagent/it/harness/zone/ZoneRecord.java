package io.github.dotagent.it.harness.zone;

import io.github.dotagent.it.harness.wire.DnsNames;
import io.github.dotagent.it.harness.wire.RecordTypes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One resource record (RFC 1035 §3.2.1), class IN. The data array is the record's own, and never
 * changed.
 *
 * @param ttl seconds, written as it is: a test may send one with the top bit set (RFC 2181 §8)
 * @param data the RDATA in wire form, names in it uncompressed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ZoneRecord(String owner, int type, int ttl, byte[] data) {

  /** A or AAAA, by the literal's family. */
  public static ZoneRecord address(String owner, int ttl, String literal) {
    byte[] octets = literalAddress(literal).getAddress();
    int type = octets.length == 4 ? RecordTypes.A : RecordTypes.AAAA;
    return new ZoneRecord(owner, type, ttl, octets);
  }

  public static ZoneRecord cname(String owner, int ttl, String target) {
    return new ZoneRecord(owner, RecordTypes.CNAME, ttl, DnsNames.encode(target));
  }

  /** The PTR record of an address literal. */
  public static ZoneRecord ptr(String literal, int ttl, String target) {
    String owner = DnsNames.reverse(literalAddress(literal));
    return new ZoneRecord(owner, RecordTypes.PTR, ttl, DnsNames.encode(target));
  }

  /** One character string of at most 255 octets (RFC 1035 §3.3.14). */
  public static ZoneRecord txt(String owner, int ttl, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer data = ByteBuffer.allocate(1 + octets.length).put((byte) octets.length).put(octets);
    return new ZoneRecord(owner, RecordTypes.TXT, ttl, data.array());
  }

  /** RFC 1035 §3.3.9. */
  public static ZoneRecord mx(String owner, int ttl, int preference, String server) {
    byte[] name = DnsNames.encode(server);
    ByteBuffer data = ByteBuffer.allocate(Short.BYTES + name.length);
    data.putShort((short) preference).put(name);
    return new ZoneRecord(owner, RecordTypes.MX, ttl, data.array());
  }

  /** RFC 2782, of priority and weight 0. */
  public static ZoneRecord srv(String owner, int ttl, String server, int port) {
    byte[] name = DnsNames.encode(server);
    ByteBuffer data = ByteBuffer.allocate(3 * Short.BYTES + name.length);
    data.putInt(0).putShort((short) port).put(name);
    return new ZoneRecord(owner, RecordTypes.SRV, ttl, data.array());
  }

  /**
   * SOA with the two figures that negative caching reads (RFC 2308 §5).
   *
   * @param minimum the MINIMUM field, seconds
   */
  public static ZoneRecord soa(String origin, int ttl, int minimum) {
    byte[] server = DnsNames.encode("ns.invalid");
    byte[] mailbox = DnsNames.encode("hostmaster.invalid");
    ByteBuffer data = ByteBuffer.allocate(server.length + mailbox.length + 5 * Integer.BYTES);
    // Serial, refresh, retry, expire: read by secondaries only, of which there are none.
    data.put(server).put(mailbox).putInt(1).putInt(7200).putInt(900).putInt(86400).putInt(minimum);
    return new ZoneRecord(origin, RecordTypes.SOA, ttl, data.array());
  }

  private static InetAddress literalAddress(String literal) {
    boolean isLiteral = literal.indexOf(':') >= 0 || literal.matches("[0-9.]+");
    if (!isLiteral) {
      throw new IllegalArgumentException("not an address: " + literal);
    }
    try {
      return InetAddress.getByName(literal); // of a literal: no lookup
    } catch (UnknownHostException notALiteral) {
      throw new IllegalArgumentException("not an address: " + literal, notALiteral);
    }
  }
}
