package io.github.dotagent.wire;

import java.time.Duration;
import java.util.Optional;
import org.xbill.DNS.Rcode;

/** The facts about the server in a response, independent of the name. Immutable. */
public final class ResponseFacts {
  private static final int PADDING_OPTION = 12; // RFC 7830 §3

  private static final int AD = 0x0020; // RFC 4035 §3.2.3

  private final ReceivedMessage message;
  private final int octets;

  private ResponseFacts(ReceivedMessage message, int octets) {
    this.message = message;
    this.octets = octets;
  }

  /**
   * @throws ResponseException when the octets are no DNS message
   */
  public static ResponseFacts of(byte[] response) throws ResponseException {
    return new ResponseFacts(ReceivedMessage.of(response), response.length);
  }

  /** Such as {@code NOERROR} or {@code REFUSED} (RFC 6895 §2.3). */
  public String rcode() {
    return Rcode.string(message.rcode());
  }

  /** Whether the server answered the question; NXDOMAIN is an answer. */
  public boolean isAnswer() {
    return message.rcode() == Rcode.NOERROR || message.rcode() == Rcode.NXDOMAIN;
  }

  /** Whether the server could not make sense of the query. */
  public boolean isFormatError() {
    return message.rcode() == Rcode.FORMERR;
  }

  /** Whether the response may be an answer to the query's EDNS alone, by the rule of a lookup. */
  public boolean mayBeForEdns() {
    return !isAnswer()
        && ResponseException.serverFailure(message.rcode(), message.hasEdns(), "")
            .mayBeForEdns(false);
  }

  /** Whether the name does not exist (RFC 2308 §2.1). */
  public boolean isNoSuchName() {
    return message.rcode() == Rcode.NXDOMAIN;
  }

  /** Whether the server says that it has checked the signatures (AD, RFC 4035 §3.2.3). */
  public boolean isSaidToBeSecure() {
    return (message.flags() & AD) != 0;
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
    return message.option(PADDING_OPTION) >= 0;
  }

  /** How long the server keeps an idle connection (RFC 7828); empty when it does not say. */
  public Optional<Duration> keepAlive() {
    return Optional.ofNullable(KeepAlive.of(message));
  }
}
