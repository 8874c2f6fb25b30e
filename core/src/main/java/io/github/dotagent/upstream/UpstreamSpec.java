package io.github.dotagent.upstream;

import io.github.dotagent.net.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * One DNS-over-TLS server as the user names it: {@code ADDRESS@PORT#NAME}, the form of unbound's
 * {@code forward-addr}, or {@code NAME@PORT}, whose addresses the system resolver knows.
 *
 * <p>The name is the authentication domain name of RFC 8310 §2, also sent as SNI; without it the
 * certificate must have the address itself. Immutable.
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

  private UpstreamSpec(String name, int port) {
    this.address = null;
    this.port = port;
    this.authenticationName = name;
  }

  /** A server whose addresses must be looked up. */
  public static UpstreamSpec byName(String name, int port) {
    return new UpstreamSpec(Objects.requireNonNull(name, "name"), port);
  }

  /** Whether its addresses must be looked up: then it has no address of its own. */
  public boolean isByName() {
    return address == null;
  }

  /** The server of this name at one of its addresses. */
  public UpstreamSpec at(InetAddress found) {
    return new UpstreamSpec(found, port, authenticationName);
  }

  /** Where to connect; already resolved. */
  public InetSocketAddress endpoint() {
    return new InetSocketAddress(address, port);
  }

  /** The server's address; null if it must be looked up. */
  public InetAddress address() {
    return address;
  }

  /** The authentication domain name; empty when the certificate must hold the address. */
  public Optional<String> authenticationName() {
    return Optional.ofNullable(authenticationName);
  }

  /**
   * The identity that it must prove, which other settings use too: its name, or otherwise its
   * address.
   */
  public String identity() {
    return authenticationName == null ? AddressText.of(address) : authenticationName;
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
    if (address == null) {
      return authenticationName + '@' + port;
    }
    String form = AddressText.of(address) + '@' + port;
    return authenticationName == null ? form : form + '#' + authenticationName;
  }
}
