package io.github.dotagent.it.harness.server;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** The server's own ways to end a connection, and whether one was taken. Thread-safe. */
final class Ending {
  private final Socket tcp;
  private volatile boolean begun;

  Ending(Socket tcp) {
    this.tcp = tcp;
  }

  /** Failures after this is true come from the server's end. */
  boolean begun() {
    return begun;
  }

  /** In TLS's order, with close_notify (RFC 8446 §6.1). */
  void close(SSLSocket tls) throws IOException {
    begun = true;
    tls.close();
  }

  /** With RST: what close does on a socket that lingers for 0 s. */
  void reset() throws IOException {
    begun = true;
    tcp.setSoLinger(true, 0);
    tcp.close();
  }

  /** Without a word of TLS, as a server that died. */
  void abandon() throws IOException {
    begun = true;
    tcp.close();
  }
}
