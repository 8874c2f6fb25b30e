package io.github.dotagent.dot;

import io.github.dotagent.tls.TlsFailure;
import java.io.IOException;

/** A query got no response from this server. Its message is for people, in a few words. */
public final class ExchangeFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why not. */
  public enum Kind {
    /** No connection, or it was lost. */
    UNREACHABLE,
    /** The server is not the one it should be. */
    UNTRUSTED,
    /** What came was not DNS over TLS. */
    MALFORMED,
    /** Nothing came in time. */
    TIMEOUT
  }

  private final Kind kind;

  private ExchangeFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static ExchangeFailure unreachable(String message, Throwable cause) {
    return new ExchangeFailure(Kind.UNREACHABLE, message, cause);
  }

  static ExchangeFailure malformed(String message) {
    return new ExchangeFailure(Kind.MALFORMED, message, null);
  }

  static ExchangeFailure timeout(String message) {
    return new ExchangeFailure(Kind.TIMEOUT, message, null);
  }

  static ExchangeFailure of(TlsFailure refused) {
    boolean untrusted = refused.kind() == TlsFailure.Kind.UNTRUSTED;
    return new ExchangeFailure(
        untrusted ? Kind.UNTRUSTED : Kind.UNREACHABLE, refused.getMessage(), refused);
  }

  public Kind kind() {
    return kind;
  }
}
