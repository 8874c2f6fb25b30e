package io.github.dotagent.upstream;

import java.io.IOException;
import java.net.InetAddress;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;

/** Responses of a server. */
final class Responses {
  private static final int TTL = 300;

  private Responses() {}

  /** The name has this one IPv4 address. */
  static byte[] address(byte[] query, String address) {
    try {
      Message response = response(query);
      Name name = response.getQuestion().getName();
      response.addRecord(
          new ARecord(name, DClass.IN, TTL, InetAddress.getByName(address)), Section.ANSWER);
      return response.toWire();
    } catch (IOException notALiteral) {
      throw new AssertionError(notALiteral);
    }
  }

  /** The name is an alias, and its target an alias back to it. */
  static byte[] loop(byte[] query) {
    try {
      Message response = response(query);
      Name name = response.getQuestion().getName();
      Name other = Name.fromConstantString("other.example.");
      response.addRecord(new CNAMERecord(name, DClass.IN, TTL, other), Section.ANSWER);
      response.addRecord(new CNAMERecord(other, DClass.IN, TTL, name), Section.ANSWER);
      return response.toWire();
    } catch (IOException damaged) {
      throw new AssertionError(damaged);
    }
  }

  /** Nothing but an outcome. */
  static byte[] rcode(byte[] query, int rcode) {
    try {
      Message response = response(query);
      response.getHeader().setRcode(rcode);
      return response.toWire();
    } catch (IOException damaged) {
      throw new AssertionError(damaged);
    }
  }

  private static Message response(byte[] query) throws IOException {
    Message response = new Message(query);
    response.getHeader().setFlag(Flags.QR);
    return response;
  }
}
