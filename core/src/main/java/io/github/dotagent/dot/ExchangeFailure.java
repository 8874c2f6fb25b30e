package io.github.dotagent.dot;

import io.github.dotagent.tls.TlsFailure;
import java.io.IOException;

/**
 * A query got no response from this server. Its message is for people, in a few words.
 *
 * <p>A value rather than an exception: hundreds are made when a connection is lost or a server is
 * silent, and the agent alone sees most of them. So it has no stack trace and takes no suppressed
 * ones; its cause, one for a connection, has the trace.
 */
public final class ExchangeFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kind of the failure. */
  public enum Kind {
    /** No connection, or it was lost. */
    UNREACHABLE,
    /** The server has no TLS version or cipher in common with the agent. */
    NO_TLS,
    /** This machine has no way to the server's address: nothing was sent at all. */
    NO_ROUTE,
    /** The server has not proved its identity. */
    UNTRUSTED,
    /** The server did not speak DNS over TLS. */
    MALFORMED,
    /** No connection in time. */
    TIMEOUT,
    /**
     * The server is connected and has proved its identity, and has not answered this query in time.
     */
    NO_ANSWER,
    /**
     * The query had to wait in this JVM until its time was over: this does not count against the
     * server.
     */
    NOT_SENT,
    /**
     * This JVM failed: it has no memory or no thread left, or a thread of the agent was stopped.
     * This does not count against the server.
     */
    LOCAL
  }

  /**
   * Made in advance, because without memory no other could be made. It has no stack trace and takes
   * no suppressed exceptions, so it may be shared.
   */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  private static final ExchangeFailure BROKEN_OFF =
      new ExchangeFailure(
          Kind.LOCAL, "could not be asked: this JVM has no memory or no thread left", null);

  private final Kind kind;

  private ExchangeFailure(Kind kind, String message, Throwable cause) {
    super(message, cause, false, false);
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

  static ExchangeFailure noAnswer() {
    return new ExchangeFailure(Kind.NO_ANSWER, "no answer in time", null);
  }

  static ExchangeFailure lost(IOException reason) {
    String refusal = TlsFailure.refusalOfClient(reason);
    return unreachable("connection lost" + (refusal == null ? "" : ": " + refusal), reason);
  }

  static ExchangeFailure wentSilent() {
    return unreachable("the connection went silent", null);
  }

  /**
   * An unforeseen exception or Error, as a failure of the exchange. Throws nothing: there may be no
   * memory left to make one of.
   */
  static ExchangeFailure unforeseen(Throwable thrown) {
    if (thrown instanceof ExchangeFailure) {
      return (ExchangeFailure) thrown;
    }
    try {
      // the server's octets may cause an exception, but an Error comes from this JVM
      return thrown instanceof Error
          ? new ExchangeFailure(
              Kind.LOCAL, "could not be asked: this JVM failed with " + thrown, thrown)
          : unreachable("failed with " + thrown, thrown);
    } catch (Throwable noMemory) {
      return BROKEN_OFF;
    }
  }

  /** A thread that the exchange needs could not begin, or is gone. Needs no memory. */
  public static ExchangeFailure brokenOff() {
    return BROKEN_OFF;
  }

  static ExchangeFailure notSent() {
    return new ExchangeFailure(Kind.NOT_SENT, "not sent in time", null);
  }

  static ExchangeFailure of(TlsFailure refused) {
    return new ExchangeFailure(kindOf(refused.kind()), refused.getMessage(), refused);
  }

  private static Kind kindOf(TlsFailure.Kind refused) {
    switch (refused) {
      case UNTRUSTED:
        return Kind.UNTRUSTED;
      case NO_ROUTE:
        return Kind.NO_ROUTE;
      case TIMEOUT:
        return Kind.TIMEOUT;
      case HANDSHAKE:
      case ALPN:
        return Kind.NO_TLS;
      default:
        return Kind.UNREACHABLE;
    }
  }

  public Kind kind() {
    return kind;
  }
}
