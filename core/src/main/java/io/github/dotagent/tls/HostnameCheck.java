package io.github.dotagent.tls;

import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.TerminalText;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks whether a certificate has the name of the intended server: RFC 9525 and RFC 8310 §8.1. The
 * JDK falls back to the common name. On some releases it also accepts {@code o*e.example} or {@code
 * one.*.example} for {@code one.two.example} and the like (sun.security.util.HostnameChecker).
 * Stateless.
 */
final class HostnameCheck {
  /** GeneralName of RFC 5280 §4.2.1.6: dNSName and iPAddress. */
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7; // the kind of GeneralName, RFC 5280 §4.2.1.6

  private static final String WILDCARD = "*.";

  /** The most characters of a name in a message: no name in the DNS is longer (RFC 1035 §2.3.4). */
  private static final int LONGEST = 255;

  private HostnameCheck() {}

  /**
   * @param peer a host name or an address
   * @throws UntrustedServerException if the certificate does not have this name
   */
  static void check(X509Certificate leaf, String peer) throws UntrustedServerException {
    String problem = problem(leaf, peer);
    if (problem != null) {
      throw new UntrustedServerException("name mismatch (" + problem + ")", null);
    }
  }

  private static String problem(X509Certificate leaf, String peer) {
    Optional<InetAddress> address = AddressLiteral.parse(peer);
    boolean hasOne = false;
    String wildcard = null;
    for (List<?> name : names(leaf)) {
      if (!name.get(0).equals(address.isPresent() ? IP_ADDRESS : DNS_NAME)) {
        continue;
      }
      hasOne = true;
      String text = String.valueOf(name.get(1));
      if (address.isPresent() ? address.equals(AddressLiteral.parse(text)) : matches(text, peer)) {
        return null;
      }
      wildcard = text.indexOf('*') >= 0 && !isWildcard(text) ? text : wildcard;
    }
    if (!hasOne) {
      return "the certificate has no name in subjectAltName";
    }
    if (wildcard != null) {
      return "a wildcard must be the whole first label, before two or more, and not "
          + TerminalText.of(wildcard, LONGEST);
    }
    return address.isPresent() // the JDK's words
        ? "No subject alternative names matching IP address " + peer + " found"
        : "No subject alternative DNS name matching " + peer + " found.";
  }

  private static Collection<List<?>> names(X509Certificate leaf) {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      return names == null ? Collections.<List<?>>emptyList() : names;
    } catch (CertificateParsingException malformed) {
      return Collections.emptyList();
    }
  }

  /** RFC 9525 §6.3: label by label, ASCII letters of either case the same. */
  private static boolean matches(String presented, String wanted) {
    String pattern = withoutDot(presented).toLowerCase(Locale.ROOT);
    String name = withoutDot(wanted).toLowerCase(Locale.ROOT);
    if (pattern.indexOf('*') < 0) {
      return !name.isEmpty() && pattern.equals(name);
    }
    int firstDot = name.indexOf('.');
    return isWildcard(pattern)
        && firstDot > 0
        && pattern.substring(1).equals(name.substring(firstDot));
  }

  /**
   * Two labels or more must follow: the names below one label ({@code *.com}) have many owners. The
   * JDK's own check has a list of longer public suffixes ({@code *.co.uk}).
   */
  private static boolean isWildcard(String pattern) {
    String rest = withoutDot(pattern);
    return rest.startsWith(WILDCARD)
        && rest.indexOf('*', 1) < 0
        && rest.indexOf('.', WILDCARD.length()) > 0;
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
