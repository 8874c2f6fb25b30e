package io.github.dotagent.tls;

import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one connection to a server showed, whether it is trusted or not. Immutable except
 * for the {@link #session}, which the caller must close.
 */
public final class ExaminedConnection {
  private final TlsFailure failure; // null: the server is trusted
  private final TlsSession session; // null: the server is refused
  private final long connectNanos;
  private final long handshakeNanos;
  private final List<X509Certificate> presented;
  private final List<X509Certificate> validated;
  private final String chainProblem;
  private final String nameProblem;
  private final SpkiPin matchedPin;
  private final ClientCertificate client;

  ExaminedConnection(
      TlsFailure failure,
      TlsSession session,
      long connectNanos,
      long handshakeNanos,
      ExaminedTrust trust,
      SpkiPin matchedPin,
      ClientCertificate client) {
    this.failure = failure;
    this.session = session;
    this.connectNanos = connectNanos;
    this.handshakeNanos = handshakeNanos;
    this.presented = trust == null ? Collections.<X509Certificate>emptyList() : trust.presented();
    this.validated = trust == null ? Collections.<X509Certificate>emptyList() : trust.validated();
    this.chainProblem = trust == null ? null : trust.chainProblem();
    this.nameProblem = trust == null ? null : trust.nameProblem();
    this.matchedPin = matchedPin;
    this.client = client;
  }

  /** Why the server is refused; empty if it is not. */
  public Optional<TlsFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether the server asked for a client certificate, and which one it got. */
  public ClientCertificate client() {
    return client;
  }

  /** The connection, ready for queries; null when there is a failure. */
  public TlsSession session() {
    return session;
  }

  /** The time of the TCP connect; -1 when there is no connection. */
  public long connectNanos() {
    return connectNanos;
  }

  /** The time that the handshake took, successful or not; -1 when there was none. */
  public long handshakeNanos() {
    return handshakeNanos;
  }

  /** The certificates that the server sent, its own first; empty when it sent none. */
  public List<X509Certificate> presented() {
    return presented;
  }

  /**
   * The path from the server's certificate to the authority, or with {@code auth=pins} the
   * certificates that signatures tie to its key; empty when there is none.
   */
  public List<X509Certificate> validated() {
    return validated;
  }

  /**
   * The problem of the chain, whatever the name; empty if there is none, or the chain was not
   * checked.
   */
  public Optional<String> chainProblem() {
    return Optional.ofNullable(chainProblem);
  }

  /**
   * The problem of the name, whatever the issuer; empty if there is none, or the name was not
   * checked.
   */
  public Optional<String> nameProblem() {
    return Optional.ofNullable(nameProblem);
  }

  /** The one of the user's pins that the chain has; empty if there is none. */
  public Optional<SpkiPin> matchedPin() {
    return Optional.ofNullable(matchedPin);
  }
}
