package io.github.dotagent.resolver;

import java.net.IDN;
import java.net.UnknownHostException;
import java.util.Locale;

/** A host name that is fit to be asked for: ASCII, lower case, no dot at its end. Immutable. */
final class HostName {
  private static final int LONGEST_NAME = 253; // RFC 1035 §2.3.4: 255 octets with their lengths
  private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4

  private final String text;

  private HostName(String text) {
    this.text = text;
  }

  /**
   * @throws UnknownHostException when no server could be asked for it: nothing is sent
   */
  static HostName of(String host) throws UnknownHostException {
    String ascii = host;
    if (!isAscii(host)) {
      try {
        ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
      } catch (RuntimeException notConvertible) {
        // IllegalArgumentException, and of newer JDKs a plain one for a very long name
        throw refusal(host, "it has no ASCII form (RFC 5891)");
      }
    }
    String bare = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    check(host, bare);
    return new HostName(bare.toLowerCase(Locale.ROOT));
  }

  private static void check(String host, String name) throws UnknownHostException {
    if (name.length() > LONGEST_NAME) {
      throw refusal(host, "it is longer than " + LONGEST_NAME + " characters");
    }
    int labelStart = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '.') {
        checkLabel(host, i - labelStart);
        labelStart = i + 1;
      } else if (!isHostCharacter(name.charAt(i))) {
        throw refusal(host, "it has a character that no host name has");
      }
    }
  }

  private static void checkLabel(String host, int length) throws UnknownHostException {
    if (length == 0) {
      throw refusal(host, "it has an empty label");
    }
    if (length > LONGEST_LABEL) {
      throw refusal(host, "it has a label longer than " + LONGEST_LABEL + " characters");
    }
  }

  /** Letters, digits, hyphen (RFC 1123 §2.1), and the underscore that service names have. */
  private static boolean isHostCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  private static UnknownHostException refusal(String host, String why) {
    return new UnknownHostException(Printable.of(host) + ": not a host name, " + why);
  }

  boolean hasOneLabel() {
    return text.indexOf('.') < 0;
  }

  /** Whether it is the domain or lies beneath it. */
  boolean isIn(String domain) {
    return text.endsWith(domain)
        && (text.length() == domain.length()
            || text.charAt(text.length() - domain.length() - 1) == '.');
  }

  @Override
  public String toString() {
    return text;
  }
}
