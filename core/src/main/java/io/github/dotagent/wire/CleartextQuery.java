package io.github.dotagent.wire;

import java.util.Arrays;

/**
 * A message that a library sends to its own server, and that the agent sends there unchanged.
 * Immutable.
 *
 * <p>Its response is recognised by the id and the question, as the library itself would do it (RFC
 * 5452 §9.1; glibc's {@code res_queriesmatch}, the JDK's {@code DnsClient}): any other message is
 * dropped, and cannot replace the response. For a message that is not a DNS query this is not
 * possible.
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

  /** Whether a message of the server is a response to it. */
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

  /** Without regard to the case of names (RFC 4343 §3), because some servers change it. */
  private boolean asksTheSame(ReceivedMessage message) {
    return message.questions() == sent.questions()
        && Arrays.equals(message.plainQuestions(), sent.plainQuestions());
  }
}
