package io.github.dotagent.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * One DNS-over-TLS server as the user names it: {@code ADDRESS@PORT#NAME}, the form of unbound's
 * {@code forward-addr}.
 *
 * <p>The address is an address, never a host name: nothing has to be looked up before it can be
 * reached. The name is the authentication domain name of RFC 8310 §2, also sent as SNI; without it
 * the certificate must hold the address itself. Immutable.
 */
public final class UpstreamSpec {
  /** RFC 7858 §3.1: the port that IANA gave to DNS over TLS. */
  public static final int DEFAULT_PORT = 853;

  /** A port has 16 bits (RFC 9293 §3.1). */
  public static final int LARGEST_PORT = 65535;

  private final InetAddress address;
  private final int port;
  private final String authenticationName;

  /**
   * @param address the server's address, one that carries no host name
   * @param port 1 to 65535
   * @param authenticationName the name the certificate must hold, or null for the address
   * @throws IllegalArgumentException for a port out of range
   */
  public UpstreamSpec(InetAddress address, int port, String authenticationName) {
    this.address = Objects.requireNonNull(address, "address");
    if (port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("no port: " + port);
    }
    this.port = port;
    this.authenticationName = authenticationName;
  }

  /** Where to connect; already resolved. */
  public InetSocketAddress endpoint() {
    return new InetSocketAddress(address, port);
  }

  /** The server's address. */
  public InetAddress address() {
    return address;
  }

  /** The authentication domain name; empty when the certificate must hold the address. */
  public Optional<String> authenticationName() {
    return Optional.ofNullable(authenticationName);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UpstreamSpec && toString().equals(other.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The form that the user writes, such as {@code 1.1.1.1@853#one.one.one.one}. */
  @Override
  public String toString() {
    String form = textOf(address) + '@' + port;
    return authenticationName == null ? form : form + '#' + authenticationName;
  }

  private static String textOf(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? compressed(text) : text;
  }

  /** The JDK prints all eight groups; people and unbound write the longest run of zeros as ::. */
  private static String compressed(String eightGroups) {
    String[] groups = eightGroups.split(":", -1);
    int bestStart = -1;
    int bestLength = 1; // RFC 5952 §4.2.2: a single zero group is not shortened
    for (int i = 0; i < groups.length; i++) {
      int run = 0;
      while (i + run < groups.length && groups[i + run].equals("0")) {
        run++;
      }
      if (run > bestLength) {
        bestStart = i;
        bestLength = run;
      }
    }
    if (bestStart < 0) {
      return eightGroups;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bestStart; i++) {
      text.append(groups[i]).append(':');
    }
    text.append(bestStart == 0 ? "::" : ":");
    for (int i = bestStart + bestLength; i < groups.length; i++) {
      text.append(groups[i]).append(i < groups.length - 1 ? ":" : "");
    }
    return text.toString();
  }
}
