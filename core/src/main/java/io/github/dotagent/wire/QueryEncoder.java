package io.github.dotagent.wire;

import io.github.dotagent.answer.Question;
import java.nio.ByteBuffer;

/** Writes the query for a question, padded so that its length tells nothing of the name. */
public final class QueryEncoder {
  /** RFC 8467 §4.1: queries are padded to a multiple of 128 octets. */
  private static final int BLOCK = 128;

  /** The size that avoids fragments on any path; over TLS it only has to be sensible (RFC 6891). */
  private static final int UDP_SIZE = 1232;

  private static final int RECURSION_DESIRED = 0x0100; // RFC 1035 §4.1.1
  private static final int KEEP_ALIVE_OPTION = 11; // RFC 7828 §3.1
  private static final int PADDING_OPTION = 12; // RFC 7830 §3
  private static final int HEADER = 12; // RFC 1035 §4.1.1
  private static final int TYPE_AND_CLASS = 4; // RFC 1035 §4.1.2
  private static final int OPT_RECORD = 11; // RFC 6891 §6.1.2: root, type, class, TTL, length
  private static final int OPTION_HEADER = 4; // RFC 6891 §6.1.2: code, length

  private QueryEncoder() {}

  /**
   * The query as a DNS message with id 0; the connection that sends it puts its own id in the first
   * two octets.
   *
   * @throws IllegalArgumentException when the name is no domain name: a label over 63 octets, an
   *     empty one, more than 255 octets in all
   */
  public static byte[] encode(Question question) {
    byte[] name = DomainName.encode(question.name());
    int unpadded =
        HEADER + name.length + TYPE_AND_CLASS + OPT_RECORD + OPTION_HEADER + OPTION_HEADER;
    int padding = (BLOCK - unpadded % BLOCK) % BLOCK;
    ByteBuffer query = ByteBuffer.allocate(unpadded + padding);
    query.putShort((short) 0).putShort((short) RECURSION_DESIRED);
    query.putShort((short) 1).putShort((short) 0); // one question, no answer
    query.putShort((short) 0).putShort((short) 1); // and one additional record
    query.put(name).putShort((short) typeOf(question)).putShort((short) ResourceRecord.IN);
    query.put((byte) 0).putShort((short) ResourceRecord.OPT).putShort((short) UDP_SIZE);
    query.putInt(0).putShort((short) (OPTION_HEADER + OPTION_HEADER + padding));
    query.putShort((short) KEEP_ALIVE_OPTION).putShort((short) 0); // §3.2.1: empty from a client
    query.putShort((short) PADDING_OPTION).putShort((short) padding); // the rest is zeros
    return query.array();
  }

  static int typeOf(Question question) {
    switch (question.type()) {
      case A:
        return ResourceRecord.A;
      case AAAA:
        return ResourceRecord.AAAA;
      default:
        return ResourceRecord.PTR;
    }
  }
}
