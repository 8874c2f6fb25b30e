package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** One wording for what the JDKs word differently. */
class ConnectReasonTest {
  @Test
  void ofConnects() {
    connect(new SocketTimeoutException("Connect timed out"), "TIMEOUT connect timed out");
    connect(new SocketTimeoutException("connect timed out"), "TIMEOUT connect timed out");
    connect(new ConnectException("Connection refused"), "UNREACHABLE connection refused");
    connect(
        new ConnectException("Connection refused (Connection refused)"),
        "UNREACHABLE connection refused");
    connect(new ConnectException("Network is unreachable"), "NO_ROUTE network unreachable");
    connect(
        new SocketException("Network is unreachable (connect failed)"),
        "NO_ROUTE network unreachable");
    connect(new NoRouteToHostException("No route to host"), "NO_ROUTE no route to host");
    connect(
        new SocketException("Protocol family unavailable"),
        "NO_ROUTE this machine has no such address family");
    connect(
        new SocketException("Permission denied (connect failed)"),
        "UNREACHABLE permission denied (a firewall rejects it)");
    connect(
        new ConnectException("Operation not permitted"),
        "UNREACHABLE operation not permitted (a firewall rejects it)");
    connect(new IOException("something else"), "UNREACHABLE something else");
  }

  @Test
  void ofHandshakes() {
    handshake(
        new SSLException("Unsupported or unrecognized SSL message"),
        "HANDSHAKE no TLS session: Unsupported or unrecognized SSL message");
    handshake(new SocketTimeoutException("Read timed out"), "TIMEOUT no TLS session in time");
    handshake(
        new SSLException("Read timed out", new SocketTimeoutException("Read timed out")),
        "TIMEOUT no TLS session in time"); // Java 8
    handshake(
        new SSLException("SSL peer shut down incorrectly", new EOFException()),
        "LOST no TLS session: the server closed the connection");
    handshake(
        new SSLException("Connection reset", new SocketException("Connection reset")),
        "LOST no TLS session: Connection reset");
    handshake(
        new SSLHandshakeException("Received fatal alert: no_application_protocol"),
        "ALPN no TLS session: Received fatal alert: no_application_protocol");
    handshake(
        new SSLException(new UntrustedServerException("pin mismatch", null)),
        "UNTRUSTED pin mismatch");
  }

  /** What is left of a class whose initialiser failed says nothing of the reason by itself. */
  @Test
  void ofATlsThatDoesNotStart() {
    Error failed =
        new ExceptionInInitializerError(
            new IllegalArgumentException("jdk.tls.namedGroups(nonsense) contains nothing"));
    is(
        "HANDSHAKE this JDK's TLS does not start: jdk.tls.namedGroups(nonsense) contains nothing",
        ConnectReason.ofBrokenTls((LinkageError) failed, TlsPropertiesTest.NONE));
  }

  private static void connect(IOException failure, String expected) {
    is(expected, ConnectReason.ofConnect(failure));
  }

  private static void handshake(IOException failure, String expected) {
    is(expected, ConnectReason.ofHandshake(failure, TlsPropertiesTest.NONE));
  }

  private static void is(String expected, TlsFailure failure) {
    assertEquals(expected, failure.kind() + " " + failure.getMessage());
  }
}
