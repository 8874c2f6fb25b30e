package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * Writes a query and reads its response once, without a server. This loads the classes while the
 * first connection is being made, so that the first lookup need not wait for them.
 */
public final class ClassWarmup {
  private static final int TTL = 1; // never cached
  private static final byte[] DOCUMENTATION = {(byte) 192, 0, 2, 1}; // RFC 5737: for documentation

  /** RFC 3849: for documentation. */
  private static final byte[] DOCUMENTATION_IPV6 = {
    0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
  };

  private ClassWarmup() {}

  /**
   * Sends nothing.
   *
   * @throws IllegalStateException when the written message cannot be read
   */
  public static void run() {
    Question question = Question.of("rehearsal.invalid", RecordType.A);
    try {
      Message response = new Message(QueryEncoder.encode(question));
      response.getHeader().setFlag(Flags.QR);
      Name name = Name.fromString(question.name() + '.');
      InetAddress address = InetAddress.getByAddress(DOCUMENTATION);
      InetAddress ipv6 = InetAddress.getByAddress(DOCUMENTATION_IPV6);
      response.addRecord(new ARecord(name, DClass.IN, TTL, address), Section.ANSWER);
      // the record types of other answers, in sections that the decoder ignores
      response.addRecord(new AAAARecord(name, DClass.IN, TTL, ipv6), Section.ADDITIONAL);
      response.addRecord(
          new SOARecord(name, DClass.IN, TTL, name, name, 0, TTL, TTL, TTL, TTL),
          Section.AUTHORITY);
      response.addRecord(new CNAMERecord(name, DClass.IN, TTL, name), Section.ADDITIONAL);
      ResponseDecoder.decode(question, response.toWire(), "warm-up");
    } catch (IOException | ResponseException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
