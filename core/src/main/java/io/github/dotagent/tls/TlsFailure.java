package io.github.dotagent.tls;

import io.github.dotagent.net.TerminalText;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** A server could not be reached, or did not prove who it is. Its message is for people. */
public final class TlsFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** How far it got. */
  public enum Kind {
    /** No TCP connection. */
    UNREACHABLE,
    /** No way from this machine to the address; nothing was sent. */
    NO_ROUTE,
    /** Silence where the server should have said something. */
    TIMEOUT,
    /** TCP, and the connection was closed or reset before there was TLS: perhaps a restart. */
    LOST,
    /** TCP, and no TLS that both sides speak: the next connection brings the same. */
    HANDSHAKE,
    /** The server would speak TLS, but refuses the ALPN name {@code dot} (RFC 7301). */
    ALPN,
    /** TLS, with a server that is not the one it should be. */
    UNTRUSTED
  }

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

  public Kind kind() {
    return kind;
  }

  /** The pins that were presented, where none of the user's was among them; else empty. */
  public List<SpkiPin> mismatched() {
    return mismatched;
  }
}
