package io.github.dotagent.tls;

/** Lets the tests of other packages refuse a connection as {@link TlsConnector} does. */
public final class TlsFailures {
  private TlsFailures() {}

  public static TlsFailure of(TlsFailure.Kind kind, String message) {
    return new TlsFailure(kind, message, null);
  }
}
