package io.github.dotagent.wire;

import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.InternationalName;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A question of any type, as a user types it to see a server's response. Unlike a lookup's
 * question, it may have a name that no host has. Immutable.
 */
public final class QueryToInspect {
  private final Name name;
  private final int type;

  private QueryToInspect(Name name, int type) {
    this.name = name;
    this.type = type;
  }

  /**
   * The question for a name, absolute with or without a dot at its end; or for an address, to find
   * its name.
   *
   * @param name with the escapes of RFC 1035 §5.1 or in the letters of its language
   * @param type a mnemonic or {@code TYPEnnn} (RFC 3597 §5) in any case; null: A, or PTR for an
   *     address
   * @throws IllegalArgumentException when there can be no such question; the message says why
   */
  public static QueryToInspect of(String name, String type) {
    Optional<InetAddress> address = AddressLiteral.parse(name);
    if (address.isPresent()) {
      if (type != null && typeOf(type) != Type.PTR) {
        throw new IllegalArgumentException(
            name + " is an address: its name is asked for with type PTR, not " + type);
      }
      return new QueryToInspect(ReverseMap.fromAddress(address.get()), Type.PTR);
    }
    return new QueryToInspect(nameOf(name), type == null ? Type.A : typeOf(type));
  }

  private static Name nameOf(String text) {
    String ascii = text;
    if (!InternationalName.isAscii(text)) {
      try {
        ascii = InternationalName.toAscii(text);
      } catch (InternationalName.NoAsciiFormException none) {
        throw new IllegalArgumentException(
            text + " is not a domain name: " + none.getMessage(), none);
      }
    }
    if (ascii.isEmpty()) {
      throw new IllegalArgumentException("the name is empty; the root is written as a dot");
    }
    try {
      return Name.fromString(ascii.toLowerCase(Locale.ROOT), Name.root);
    } catch (TextParseException notAName) {
      throw new IllegalArgumentException(
          text + " is not a domain name: " + reasonOf(notAName), notAName);
    }
  }

  /** dnsjava puts the name before it. */
  private static String reasonOf(TextParseException notAName) {
    String message = String.valueOf(notAName.getMessage());
    return message.substring(message.lastIndexOf(": ") + 1).trim();
  }

  private static int typeOf(String text) {
    int type = Type.value(text.toUpperCase(Locale.ROOT));
    if (type < 0) {
      throw new IllegalArgumentException(
          text + " is not a record type; write one such as AAAA, MX, HTTPS, or TYPE65");
    }
    if (type == Type.AXFR || type == Type.IXFR) {
      throw new IllegalArgumentException(
          text + " is a zone transfer, which is more than one response");
    }
    if (type == Type.OPT || type == Type.TSIG || type == Type.TKEY) {
      throw new IllegalArgumentException(
          text + " is not a data type: it belongs to a message (RFC 6895 §3.1)");
    }
    return type;
  }

  /** The query as a DNS message with id 0; padded, and with EDNS, like the query of a lookup. */
  public byte[] octets() {
    return octets(false);
  }

  /**
   * @param privately whether to ask that no part of the client's address is passed on
   */
  public byte[] octets(boolean privately) {
    return QueryEncoder.encode(name.toWire(), type, false, false, privately);
  }

  /** The same without EDNS, for a server that does not know it (RFC 6891 §7). */
  public byte[] octetsWithoutEdns() {
    return QueryEncoder.encodeWithoutEdns(name.toWire(), type, false);
  }

  /**
   * Accepts a response to this question, by the rules of {@link ResponseDecoder}; a truncated one
   * as well, because it can be shown.
   *
   * @throws ResponseException when it is not one; the message is for people
   */
  public void checkIsAnsweredBy(byte[] response) throws ResponseException {
    check(ReceivedMessage.of(response));
  }

  /**
   * Whether it is one.
   *
   * @throws ResponseException when it is not a DNS message
   */
  public boolean isAnsweredBy(byte[] response) throws ResponseException {
    ReceivedMessage message = ReceivedMessage.of(response);
    try {
      check(message);
      return true;
    } catch (ResponseException anotherQuestion) {
      return false;
    }
  }

  private void check(ReceivedMessage message) throws ResponseException {
    ResponseDecoder.checkIsResponse(message);
    ResponseDecoder.checkMatches(name.toString(true).toLowerCase(Locale.ROOT), type, message);
  }

  /** The name, absolute and in ASCII. */
  public String name() {
    return name.toString();
  }

  /** The number of the type. */
  public int type() {
    return type;
  }

  /** Such as {@code www.example.com. AAAA}. */
  @Override
  public String toString() {
    return name + " " + Type.string(type);
  }
}
