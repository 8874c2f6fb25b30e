package io.github.dotagent.dot;

import io.github.dotagent.net.AddressText;
import io.github.dotagent.tls.ShownIdentity;
import io.github.dotagent.tls.SpkiPin;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A server's address, the name that it must prove, and the results of its handshakes. Safe for any
 * thread.
 */
public final class DotEndpoint {
  private final InetSocketAddress endpoint;
  private final String name;
  private final String text;
  private final ConnectPatience patience = new ConnectPatience();
  private volatile boolean takesAlpn = true;
  private volatile ShownIdentity identity; // null until a handshake succeeded
  private volatile List<SpkiPin> mismatched = Collections.emptyList();

  /**
   * @param name the authentication domain name, or null for the address
   * @param text the server as in the settings, for the log
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

  /** The identity that it must prove: its authentication domain name, or else its address. */
  public String peer() {
    return name == null ? AddressText.of(endpoint.getAddress()) : name;
  }

  ConnectPatience patience() {
    return patience;
  }

  /** Whether the handshake offers ALPN "dot": until the server has refused it. */
  boolean takesAlpn() {
    return takesAlpn;
  }

  void refusedAlpn() {
    takesAlpn = false;
  }

  void showed(ShownIdentity shown) {
    identity = shown;
    mismatched = Collections.emptyList();
  }

  /** It was refused, because it has none of the user's pins. */
  void mismatched(List<SpkiPin> presented) {
    mismatched = presented;
  }

  /** The identity from the last successful handshake; null when there was none. */
  public ShownIdentity identity() {
    return identity;
  }

  /** The pins that it presented last, its own key's first; empty when it never did. */
  public List<SpkiPin> presentedPins() {
    List<SpkiPin> refused = mismatched;
    ShownIdentity shown = identity;
    return !refused.isEmpty() || shown == null ? refused : shown.presentedPins();
  }

  /** The one of the user's pins that it presented last; null if it was none. */
  public SpkiPin matchedPin() {
    ShownIdentity shown = identity;
    return shown == null || !mismatched.isEmpty() ? null : shown.matchedPin();
  }

  @Override
  public String toString() {
    return text;
  }
}
