package io.github.dotagent.tls;

import io.github.dotagent.net.TerminalText;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** A server could not be reached, or did not prove its identity. Its message is for people. */
public final class TlsFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** The step that failed. */
  public enum Kind {
    /** No TCP connection. */
    UNREACHABLE,
    /** No route from this machine to the address; nothing was sent. */
    NO_ROUTE,
    /** The server was silent when it should have answered. */
    TIMEOUT,
    /** The TCP connection was closed or reset before there was TLS: perhaps a restart. */
    LOST,
    /** There is TCP, but no common TLS: the next connection fails in the same way. */
    HANDSHAKE,
    /** The server speaks TLS, but refuses the ALPN name {@code dot} (RFC 7301). */
    ALPN,
    /** There is TLS, but the server did not prove its identity. */
    UNTRUSTED
  }

  private static final String CERTIFICATE_REQUIRED = "certificate_required"; // RFC 8446 §6.2

  /** The other alerts about the client's certificate. */
  private static final String[] CLIENT_ALERTS = {
    "bad_certificate",
    "unsupported_certificate",
    "certificate_revoked",
    "certificate_expired",
    "certificate_unknown",
    "unknown_ca",
    "access_denied"
  };

  private final Kind kind;
  private final transient List<SpkiPin> mismatched;

  TlsFailure(Kind kind, String message, Throwable cause) {
    super(TerminalText.of(message), cause); // JSSE quotes what the server sent
    this.kind = kind;
    this.mismatched = Collections.emptyList();
  }

  TlsFailure(UntrustedServerException refused, Throwable cause) {
    super(refused.getMessage(), cause);
    this.kind = Kind.UNTRUSTED;
    this.mismatched = refused.mismatched();
  }

  /** The same for a server that asked for a client certificate, if none is set for it. */
  TlsFailure forWantOfKey(String peer) {
    return kind == Kind.UNTRUSTED || kind == Kind.TIMEOUT || kind == Kind.ALPN
        ? this
        : new TlsFailure(
            kind,
            getMessage()
                + " (it asks for a client certificate, and none is set for it:"
                + " dotagent.clientCertificates="
                + peer
                + "=FILE)",
            this);
  }

  /**
   * The server's reason about the client certificate when it ends a connection, which in TLS 1.3 is
   * after the handshake (RFC 8446 §4.4.2.4).
   *
   * @return null: the connection ended for another reason
   */
  public static String refusalOfClient(IOException end) {
    String message = String.valueOf(end.getMessage());
    if (message.contains(CERTIFICATE_REQUIRED)) {
      return "it wants a client certificate, and none was shown (" + CERTIFICATE_REQUIRED + ")";
    }
    for (String alert : CLIENT_ALERTS) {
      if (message.contains(alert)) {
        return "it refuses the client certificate (" + alert + ")";
      }
    }
    return null;
  }

  public Kind kind() {
    return kind;
  }

  /** The pins that were presented, if none of the user's was among them; otherwise empty. */
  public List<SpkiPin> mismatched() {
    return mismatched;
  }
}
