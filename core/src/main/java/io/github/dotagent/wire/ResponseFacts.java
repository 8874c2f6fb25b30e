package io.github.dotagent.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;

/** What a response tells of the server, whatever it tells of the name. Immutable. */
public final class ResponseFacts {
  private static final int PADDING_OPTION = 12; // RFC 7830 §3

  private final Message message;
  private final int octets;

  private ResponseFacts(Message message, int octets) {
    this.message = message;
    this.octets = octets;
  }

  /**
   * @throws ResponseException when the octets are no DNS message
   */
  public static ResponseFacts of(byte[] response) throws ResponseException {
    try {
      return new ResponseFacts(new Message(response), response.length);
    } catch (IOException | RuntimeException garbage) {
      // dnsjava reports most damage as WireParseException, some as IllegalArgumentException
      throw ResponseException.malformed("sent a message that is not DNS", garbage);
    }
  }

  /** Such as {@code NOERROR} or {@code REFUSED} (RFC 6895 §2.3). */
  public String rcode() {
    return Rcode.string(message.getRcode());
  }

  /** Whether the server answered the question, be it with "no such name". */
  public boolean isAnswer() {
    return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
  }

  /** The text of extended errors (RFC 8914); empty when there is none. */
  public String extendedError() {
    return ExtendedError.textOf(message);
  }

  /** Of the whole message. */
  public int octets() {
    return octets;
  }

  /** Whether it is padded at all (RFC 7830). */
  public boolean isPadded() {
    OPTRecord edns = message.getOPT();
    List<EDNSOption> padding = edns == null ? null : edns.getOptions(PADDING_OPTION);
    return padding != null && !padding.isEmpty();
  }

  /** How long the server keeps an idle connection (RFC 7828); empty when it does not say. */
  public Optional<Duration> keepAlive() {
    return KeepAlive.of(message);
  }
}
