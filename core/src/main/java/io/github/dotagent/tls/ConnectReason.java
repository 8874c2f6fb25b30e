package io.github.dotagent.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** Why a connection could not be made, in the same words on every JDK. */
final class ConnectReason {
  // the same words on every JDK and system; UpstreamLog explains them
  private static final String CONNECT_TIMED_OUT = "connect timed out";
  private static final String NO_SESSION_IN_TIME = "no TLS session in time";
  private static final String NO_NETWORK = "network unreachable";
  private static final String NO_ROUTE = "no route to host";
  private static final String NO_FAMILY = "this machine has no such address family";

  /**
   * EACCES: the kernel's error for an ICMPv6 "administratively prohibited" (RFC 4443 §3.1, code 1).
   */
  private static final String DENIED = "permission denied";

  /** EPERM: a rule of this machine forbids it, such as systemd's IPAddressDeny. */
  private static final String NOT_PERMITTED = "operation not permitted";

  private static final String FIREWALL = " (a firewall rejects it)";

  private ConnectReason() {}

  /** For a TCP connect that failed. */
  static TlsFailure ofConnect(IOException failure) {
    if (failure instanceof SocketTimeoutException) {
      return new TlsFailure(TlsFailure.Kind.TIMEOUT, CONNECT_TIMED_OUT, failure);
    }
    boolean kernels =
        failure instanceof NoRouteToHostException || failure instanceof SocketException;
    String reason = kernels ? connectReason(failure) : String.valueOf(failure.getMessage());
    boolean noRoute =
        reason.equals(NO_NETWORK) || reason.equals(NO_ROUTE) || reason.equals(NO_FAMILY);
    TlsFailure.Kind kind = noRoute ? TlsFailure.Kind.NO_ROUTE : TlsFailure.Kind.UNREACHABLE;
    return new TlsFailure(kind, reason, failure);
  }

  /**
   * For a TLS handshake that failed.
   *
   * @param properties the properties that the program may have set
   */
  static TlsFailure ofHandshake(IOException failure, TlsProperties properties) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UntrustedServerException) {
        return new TlsFailure((UntrustedServerException) cause, failure);
      }
    }
    if (isSilence(failure)) {
      return new TlsFailure(TlsFailure.Kind.TIMEOUT, NO_SESSION_IN_TIME, failure);
    }
    boolean refusedAlpn = String.valueOf(failure.getMessage()).contains(Handshake.ALPN_ALERT);
    TlsFailure.Kind kind = isLoss(failure) ? TlsFailure.Kind.LOST : TlsFailure.Kind.HANDSHAKE;
    return new TlsFailure(
        refusedAlpn ? TlsFailure.Kind.ALPN : kind,
        "no TLS session: " + handshakeReason(failure) + TlsProperties.told(properties.inTheWay()),
        failure);
  }

  /**
   * For a connection attempt that was given up.
   *
   * @param connected whether there was a TCP connection
   * @param failure the failure that the close caused; null: the connection had just been made
   */
  static TlsFailure ofDeadline(boolean connected, TlsFailure failure) {
    return new TlsFailure(
        TlsFailure.Kind.TIMEOUT, connected ? NO_SESSION_IN_TIME : CONNECT_TIMED_OUT, failure);
  }

  /**
   * For a JDK whose TLS does not start: JSSE reads some of the program's properties, such as {@code
   * jdk.tls.namedGroups}, in the initialiser of a class, and if that fails the class can never be
   * used.
   */
  static TlsFailure ofBrokenTls(LinkageError broken, TlsProperties properties) {
    Throwable root = broken;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new TlsFailure(
        TlsFailure.Kind.HANDSHAKE,
        "this JDK's TLS does not start: "
            + root.getMessage()
            + TlsProperties.told(properties.inTheWay()),
        broken);
  }

  /** Java 8 wraps the exception, and some releases keep only its text. */
  private static boolean isSilence(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException || "Read timed out".equals(cause.getMessage())) {
        return true;
      }
    }
    return false;
  }

  /** Closed or reset; JSSE words both differently in each release. */
  private static boolean isLoss(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || cause instanceof SocketException) {
        return true;
      }
    }
    return false;
  }

  private static String handshakeReason(IOException failure) {
    if (failure instanceof ConnectException) {
      return connectReason(failure);
    }
    if (failure instanceof EOFException || failure.getCause() instanceof EOFException) {
      return "the server closed the connection";
    }
    if (failure.getCause() instanceof SocketException) {
      return String.valueOf(failure.getCause().getMessage()); // Java 8: "Couldn't kickstart ..."
    }
    return String.valueOf(failure.getMessage());
  }

  /**
   * The kernel's words for the error; each JDK wraps them differently (on Java 8 every error is
   * "refused").
   */
  private static String connectReason(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    String words = message.toLowerCase(Locale.ROOT);
    if (words.contains("unreachable")) {
      return NO_NETWORK;
    }
    if (words.contains("no route")) {
      return NO_ROUTE;
    }
    if (words.contains("family")) {
      return NO_FAMILY; // EAFNOSUPPORT: the kernel was started without IPv6
    }
    if (words.contains(DENIED)) {
      return DENIED + FIREWALL;
    }
    if (words.contains(NOT_PERMITTED)) {
      return NOT_PERMITTED + FIREWALL;
    }
    if (words.contains("timed out")) {
      return "connect timed out";
    }
    return words.contains("refused") ? "connection refused" : message;
  }
}
