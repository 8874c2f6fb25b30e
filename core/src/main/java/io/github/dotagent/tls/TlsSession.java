package io.github.dotagent.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** An authenticated connection, ready for queries. */
public final class TlsSession {
  private final SSLSocket socket;
  private final ShownIdentity identity;
  private final List<X509Certificate> path;

  /**
   * @param path the accepted certificates, the server's own first
   */
  TlsSession(SSLSocket socket, ShownIdentity identity, List<X509Certificate> path) {
    this.socket = socket;
    this.identity = identity;
    this.path = path;
  }

  /** The accepted certificates, the server's own first. */
  List<X509Certificate> path() {
    return path;
  }

  /** The identity that the server showed. */
  public ShownIdentity identity() {
    return identity;
  }

  /** The server's octets. */
  public InputStream in() throws IOException {
    return socket.getInputStream();
  }

  /** Takes octets for the server; each write becomes TLS records of its own. */
  public OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** The socket, for closing. */
  public Socket socket() {
    return socket;
  }

  /**
   * Sends a TLS close, and closes. Only then may the session be resumed: JSSE forgets sessions
   * whose connection ended without it.
   */
  public void closeInOrder() {
    try {
      socket.close();
    } catch (IOException brokenAlready) {
      // the server sees the end anyway
    }
  }

  /** The identity, in one line for people. */
  @Override
  public String toString() {
    return identity.toString();
  }
}
