package io.github.dotagent.wire;

import java.util.Arrays;

/**
 * What a library sends to a server of its own choice, and the agent sends there as it is.
 * Immutable.
 *
 * <p>Its response is known by the id and the question, as the library would know it if it had asked
 * by itself (RFC 5452 §9.1; glibc's {@code res_queriesmatch}, the JDK's {@code DnsClient}): another
 * message is passed over, and does not take the response's place. Of what is no DNS query, nothing
 * is known.
 */
public final class CleartextQuery {
  private static final int RESPONSE = 0x8000; // RFC 1035 §4.1.1, as what follows
  private static final int OPCODE = 0x7800;
  private static final int RCODE = 0x000f;

  private static final int IXFR = 251; // RFC 1995 §2
  private static final int AXFR = 252; // RFC 1035 §3.2.3

  private final ReceivedMessage sent; // null: it is not a DNS query

  private CleartextQuery(ReceivedMessage sent) {
    this.sent = sent;
  }

  /**
   * @param octets as they came
   */
  public static CleartextQuery of(byte[] octets) {
    try {
      ReceivedMessage message = ReceivedMessage.ofQuery(octets);
      return new CleartextQuery((message.flags() & RESPONSE) == 0 ? message : null);
    } catch (ResponseException noQuery) {
      return new CleartextQuery(null);
    }
  }

  /** Whether the response may be of many messages, over TCP. */
  public boolean isTransfer() {
    if (sent == null || sent.questions() != 1) {
      return false;
    }
    int type = sent.questionType();
    return type == AXFR || type == IXFR;
  }

  /** Whether a message of the server's is a response to it. */
  public boolean isAnsweredBy(byte[] octets) {
    if (sent == null) {
      return true;
    }
    ReceivedMessage message;
    try {
      message = ReceivedMessage.ofQuery(octets);
    } catch (ResponseException garbage) {
      return false;
    }
    return message.id() == sent.id()
        && (message.flags() & RESPONSE) != 0
        && (message.questions() == 0 ? mayLackQuestion(message) : asksTheSame(message));
  }

  /**
   * A server that cannot or may not answer sends the header alone, as to an UPDATE (RFC 2136 §3.8);
   * so may all messages of a zone transfer but the first (RFC 5936 §2.2.1).
   */
  private boolean mayLackQuestion(ReceivedMessage message) {
    return sent.questions() == 0
        || (message.flags() & RCODE) != 0
        || (sent.flags() & OPCODE) != 0
        || isTransfer();
  }

  /** The names in whatever case (RFC 4343 §3), because some servers do not keep it. */
  private boolean asksTheSame(ReceivedMessage message) {
    return message.questions() == sent.questions()
        && Arrays.equals(message.plainQuestions(), sent.plainQuestions());
  }
}
