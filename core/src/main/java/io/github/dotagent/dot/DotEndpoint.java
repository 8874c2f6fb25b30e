package io.github.dotagent.dot;

import java.net.InetSocketAddress;
import java.util.Objects;

/** Where a server is, and who it has to be. Immutable. */
public final class DotEndpoint {
  private final InetSocketAddress endpoint;
  private final String name;
  private final String text;

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

  @Override
  public String toString() {
    return text;
  }
}
