package io.github.dotagent.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads a textual IP address; never looks a name up. */
public final class AddressLiteral {
  private static final int IPV4_OCTETS = 4; // RFC 791 §3.1

  private AddressLiteral() {}

  /**
   * The address in the text, without a host name; empty if it is not an address.
   *
   * <p>IPv4 is four decimal octets and nothing looser: {@code 1.2} is an address to the JDK, but
   * never intended in a setting.
   */
  public static Optional<InetAddress> parse(String text) {
    return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
  }

  /** Nearly every text is a name, and nearly no name ends in a digit. */
  private static Optional<InetAddress> ipv4(String text) {
    char last = text.isEmpty() ? '.' : text.charAt(text.length() - 1);
    if (last < '0' || last > '9') {
      return Optional.empty();
    }
    byte[] octets = new byte[IPV4_OCTETS];
    String[] parts = text.split("\\.", -1);
    if (parts.length != IPV4_OCTETS) {
      return Optional.empty();
    }
    for (int i = 0; i < IPV4_OCTETS; i++) {
      int value = octet(parts[i]);
      if (value < 0) {
        return Optional.empty();
      }
      octets[i] = (byte) value;
    }
    return of(octets);
  }

  /** -1 if it is no octet. A leading zero is refused: C reads it as octal, the JDK as decimal. */
  private static int octet(String digits) {
    boolean wellFormed =
        !digits.isEmpty()
            && digits.length() <= 3
            && (digits.length() == 1 || digits.charAt(0) != '0');
    int value = 0;
    for (int i = 0; wellFormed && i < digits.length(); i++) {
      char digit = digits.charAt(i);
      wellFormed = digit >= '0' && digit <= '9';
      value = value * 10 + (digit - '0');
    }
    return wellFormed && value <= 255 ? value : -1;
  }

  /**
   * In brackets the JDK takes the text for a literal or refuses it, and never asks a resolver
   * (InetAddress.getAllByName).
   */
  @SuppressForbidden("brackets make it a literal, which is parsed and never looked up")
  private static Optional<InetAddress> ipv6(String text) {
    if (text.indexOf('[') >= 0 || text.indexOf(']') >= 0) {
      return Optional.empty();
    }
    try {
      InetAddress parsed = InetAddress.getByName('[' + text + ']');
      // a zone (fe80::1%eth0) is part of the address object, so that one is kept as it is
      return text.indexOf('%') >= 0 ? Optional.of(parsed) : of(parsed.getAddress());
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Optional<InetAddress> of(byte[] octets) {
    try {
      return Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException wrongLength) {
      throw new AssertionError(wrongLength);
    }
  }
}
