package io.github.dotagent.dot;

import java.net.InetSocketAddress;
import java.util.Objects;

/** Where a server is, who it has to be, and what was learnt of its TLS. Safe for any thread. */
public final class DotEndpoint {
  private final InetSocketAddress endpoint;
  private final String name;
  private final String text;
  private volatile boolean takesAlpn = true;

  /**
   * @param name the authentication domain name, or null for the address
   * @param text how people know it, for the log
   */
  public DotEndpoint(InetSocketAddress endpoint, String name, String text) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    this.name = name;
    this.text = Objects.requireNonNull(text, "text");
  }

  InetSocketAddress endpoint() {
    return endpoint;
  }

  /** The authentication domain name, or null. */
  String name() {
    return name;
  }

  /** Whether it is told in the handshake that this is DNS: as long as it has not refused that. */
  boolean takesAlpn() {
    return takesAlpn;
  }

  void refusedAlpn() {
    takesAlpn = false;
  }

  @Override
  public String toString() {
    return text;
  }
}
