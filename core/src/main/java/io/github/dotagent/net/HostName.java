package io.github.dotagent.net;

import java.net.UnknownHostException;
import java.util.Locale;

/** A host name that can be asked for: ASCII, lower case, no dot at its end. Immutable. */
public final class HostName {
  private static final int LONGEST_NAME = 253; // RFC 1035 §2.3.4: 255 octets with their lengths
  private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4

  /** The beginning of a long name is enough in a message. */
  private static final int LONGEST_SHOWN = 300;

  private final String text;
  private final boolean absolute;
  private final long end; // as DomainTable.endOf gives it

  private HostName(String text, boolean absolute) {
    this.text = text;
    this.end = DomainTable.endOf(text);
    this.absolute = absolute;
  }

  /**
   * @param host as a program or a person writes it, in any alphabet
   * @throws UnknownHostException when no server could be asked for it: nothing is sent
   */
  public static HostName of(String host) throws UnknownHostException {
    String bare = withoutDot(host);
    String misfit = misfit(bare);
    if (misfit == null) {
      return fit(host, bare); // the usual case: no check for other alphabets
    }
    if (InternationalName.isAscii(host)) {
      throw refusal(host, misfit);
    }
    String ascii;
    try {
      ascii = InternationalName.toAscii(host);
    } catch (InternationalName.NoAsciiFormException none) {
      throw refusal(host, none.getMessage());
    }
    bare = withoutDot(ascii);
    misfit = misfit(bare);
    if (misfit != null) {
      throw refusal(host, misfit);
    }
    return fit(ascii, bare);
  }

  private static HostName fit(String name, String bare) {
    return new HostName(lowerCase(bare), bare.length() < name.length());
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** The name in lower case. Nearly every name already is. */
  private static String lowerCase(String ascii) {
    char[] characters = ascii.toCharArray();
    for (char c : characters) {
      if (c >= 'A' && c <= 'Z') {
        return ascii.toLowerCase(Locale.ROOT);
      }
    }
    return ascii;
  }

  /**
   * A name in the query of a library: any name of the DNS, even if no host can have it.
   *
   * @param name lower case, without the dot at its end
   */
  public static HostName asked(String name) {
    return new HostName(name, true);
  }

  /**
   * Whether the name is the domain, or is in it (RFC 9499 §7, "subdomain").
   *
   * @param name lower case, without the dot at its end; so is the domain
   */
  public static boolean isWithin(String name, String domain) {
    // no joined text, because a start compares thousands of pairs
    int dot = name.length() - domain.length() - 1;
    return name.endsWith(domain) && (dot < 0 || name.charAt(dot) == '.');
  }

  /** Whether the name can be asked for. It is ASCII, without a dot at its end. */
  public static boolean isFit(String name) {
    return misfit(name) == null;
  }

  /** The reason why no server can be asked for the name; null if one can. */
  private static String misfit(String name) {
    if (name.length() > LONGEST_NAME) {
      return "it is longer than " + LONGEST_NAME + " characters";
    }
    // an array: charAt is four calls, and while a JVM is young it interprets each of them
    char[] characters = name.toCharArray();
    int length = characters.length;
    int labelStart = 0;
    for (int i = 0; i <= length; i++) {
      char c = i == length ? '.' : characters[i];
      if (c == '.') {
        if (i == labelStart) {
          return "it has an empty label";
        }
        if (i - labelStart > LONGEST_LABEL) {
          return "it has a label longer than " + LONGEST_LABEL + " characters";
        }
        labelStart = i + 1;
      } else if ((c < 'a' || c > 'z') && !isHostCharacter(c)) { // nearly all are small letters
        return "it has a character that is not allowed in a host name";
      }
    }
    return null;
  }

  /** Letters, digits, hyphen (RFC 1123 §2.1), and the underscore that service names have. */
  private static boolean isHostCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private static UnknownHostException refusal(String host, String why) {
    return new UnknownHostException(
        TerminalText.of(host, LONGEST_SHOWN) + ": not a host name, " + why);
  }

  public boolean hasOneLabel() {
    return text.indexOf('.') < 0;
  }

  /** Whether it was written with a dot at its end: then no search list applies. */
  public boolean isAbsolute() {
    return absolute;
  }

  /** How many dots it has, without one at its end. */
  public int dots() {
    int dots = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
      dots++;
    }
    return dots;
  }

  /** The absolute name of this one within a domain; null when that would be too long. */
  public HostName under(String domain) {
    int length = text.length() + 1 + domain.length();
    return length > LONGEST_NAME ? null : new HostName(text + '.' + domain, true);
  }

  /** The value of the longest of the domains that it is, or lies beneath; null: there is none. */
  public <V> V longestOf(DomainTable<V> domains) {
    return domains.longest(text, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
