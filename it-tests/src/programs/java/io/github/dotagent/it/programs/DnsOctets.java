package io.github.dotagent.it.programs;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Arrays;

/** Writes a query, and reads the first octets of a response (RFC 1035 §4.1). */
final class DnsOctets {
  static final int HEADER = 12;
  static final int RECURSION_DESIRED = 0x0100;
  static final int TYPE_A = 1;
  static final int TYPE_AAAA = 28; // RFC 3596 §2.1

  private DnsOctets() {}

  static byte[] query(String name, int type, int flags) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(octets);
      out.writeShort(4711);
      out.writeShort(flags);
      out.writeShort(1);
      out.writeShort(0);
      out.writeInt(0);
      for (String label : name.split("\\.")) {
        out.writeByte(label.length());
        out.writeBytes(label);
      }
      out.writeByte(0);
      out.writeShort(type);
      out.writeShort(1);
    } catch (IOException never) {
      throw new IllegalStateException(never);
    }
    return octets.toByteArray();
  }

  /** With EDNS, and in it a cookie of five octets: eight are the least (RFC 7873 §4). */
  static byte[] withBadCookie(byte[] query) {
    byte[] opt = {0, 0, 41, 4, (byte) 208, 0, 0, 0, 0, 0, 9, 0, 10, 0, 5, 1, 2, 3, 4, 5};
    byte[] longer = Arrays.copyOf(query, query.length + opt.length);
    System.arraycopy(opt, 0, longer, query.length, opt.length);
    longer[HEADER - 1] = 1;
    return longer;
  }

  /** The response code and the last octet of an address at its end, and who sent it. */
  static String answer(byte[] response, SocketAddress from) {
    int id = (response[0] & 0xff) << 8 | response[1] & 0xff;
    int answers = (response[6] & 0xff) << 8 | response[7] & 0xff;
    return (id == 4711 ? "" : "WRONG ID ")
        + "rcode "
        + (response[3] & 0xf)
        + ", "
        + answers
        + " answers from "
        + from;
  }
}
