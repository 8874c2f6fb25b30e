package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;

/**
 * Writes a query and reads its response once, with nobody at the other end. The classes that takes
 * are then loaded while the first connection is being made, and the first lookup need not wait for
 * them.
 */
public final class Rehearsal {
  private static final int TTL = 1; // never kept by anybody
  private static final byte[] DOCUMENTATION = {(byte) 192, 0, 2, 1}; // RFC 5737: nobody's address

  private Rehearsal() {}

  /**
   * Sends nothing.
   *
   * @throws IllegalStateException when what was written cannot be read
   */
  public static void run() {
    Question question = Question.of("rehearsal.invalid", RecordType.A);
    try {
      Message response = new Message(QueryEncoder.encode(question));
      response.getHeader().setFlag(Flags.QR);
      Name name = Name.fromString(question.name() + '.');
      InetAddress address = InetAddress.getByAddress(DOCUMENTATION);
      response.addRecord(new ARecord(name, DClass.IN, TTL, address), Section.ANSWER);
      ResponseDecoder.decode(question, response.toWire(), "nobody");
    } catch (IOException | ResponseException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
