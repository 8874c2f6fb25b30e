package io.github.dotagent.agent.cli.pins;

import io.github.dotagent.tls.ExaminedConnection;
import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.upstream.UpstreamSpec;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/** The keys that one server presents, and whether it is trusted. Immutable. */
final class ServerPins {
  private final UpstreamSpec server;
  private final List<ChainCertificate> certificates;
  private final TlsFailure refusal; // null: it is believed
  private final SpkiPin matched; // null: none
  private final boolean mismatch;
  private final boolean byPinsAlone;
  private final boolean bound;

  /** For a server whose pins hold for all servers without their own. */
  ServerPins(UpstreamSpec server, ExaminedConnection seen, TlsPolicy policy) {
    this(server, seen, policy, false);
  }

  /**
   * @param seen the connection to the server, made with {@link #policyWithoutPins}
   * @param policy the user's own
   * @param bound whether its pins hold only for the servers of its name
   */
  ServerPins(UpstreamSpec server, ExaminedConnection seen, TlsPolicy policy, boolean bound) {
    this.bound = bound;
    this.server = server;
    this.refusal = seen.failure().orElse(null);
    List<X509Certificate> chain = seen.validated().isEmpty() ? seen.presented() : seen.validated();
    this.certificates = ChainCertificate.of(chain);
    this.byPinsAlone = isByPinsAlone(policy);
    // only these certificates count: others that a server sends prove nothing
    this.matched = matched(policy.pinsOf(server.identity()), seen.validated());
    this.mismatch =
        !policy.pinsOf(server.identity()).isEmpty()
            && matched == null
            && !seen.validated().isEmpty();
  }

  /**
   * With authority and name, a server is trusted here although its key is not pinned, because the
   * user wants to see the new key. With pins alone there is no other proof.
   */
  static TlsPolicy policyWithoutPins(TlsPolicy policy) {
    return isByPinsAlone(policy) ? policy : policy.withoutPins();
  }

  private static boolean isByPinsAlone(TlsPolicy policy) {
    return policy.authentication() == TlsPolicy.Authentication.PINS;
  }

  private static SpkiPin matched(Set<SpkiPin> pins, List<X509Certificate> chain) {
    for (SpkiPin pin : SpkiPin.of(chain)) {
      if (pins.contains(pin)) {
        return pin;
      }
    }
    return null;
  }

  /** The text before its pins in the setting. */
  String pinPrefix() {
    return bound ? server.identity() + '=' : "";
  }

  UpstreamSpec server() {
    return server;
  }

  /** Leaf first; empty if there was no certificate. */
  List<ChainCertificate> certificates() {
    return certificates;
  }

  boolean isBelieved() {
    return refusal == null;
  }

  /** The reason why the server is not trusted; null if it is. */
  String reason() {
    return refusal == null ? null : refusal.getMessage();
  }

  /** Whether this machine has no route to its address, which is not the server's fault. */
  boolean isOutOfReach() {
    return refusal != null && refusal.kind() == TlsFailure.Kind.NO_ROUTE;
  }

  /** The user's pin that the validated chain has; null: none. */
  SpkiPin matched() {
    return matched;
  }

  /** Whether the user has set pins, and the validated chain has none of them. */
  boolean isMismatch() {
    return mismatch;
  }

  /** Whether only a pin is checked: {@code auth=pins}. */
  boolean isByPinsAlone() {
    return byPinsAlone;
  }
}
