package io.github.dotagent.dot;

import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;

/** A TCP connection with an authenticated TLS session on it. */
final class TlsLink implements Link {
  private final TlsConnector connector;
  private final DotEndpoint server;
  private final int timeoutMillis;
  private final Log log;

  /** NO_PROXY: java.net.Socket would otherwise follow the program's socksProxyHost. */
  private final Socket socket = new Socket(Proxy.NO_PROXY);

  private final QuickAck quickAck = new QuickAck(socket);
  private volatile TlsSession session;

  TlsLink(TlsConnector connector, DotEndpoint server, int timeoutMillis, Log log) {
    this.connector = connector;
    this.server = server;
    this.timeoutMillis = timeoutMillis;
    this.log = log;
  }

  @Override
  public void open() throws TlsFailure {
    try {
      session = connector.connect(socket, server.endpoint(), server.name(), timeoutMillis);
      log.write(Level.DEBUG, "connected to " + server + ": " + session);
    } catch (TlsFailure refused) {
      log.write(Level.DEBUG, "no connection to " + server + ": " + refused.getMessage());
      throw refused;
    }
  }

  @Override
  public boolean isReached() {
    return socket.isConnected();
  }

  @Override
  public InputStream in() throws IOException {
    return session.in();
  }

  @Override
  public void caughtUp() {
    quickAck.again();
  }

  @Override
  public OutputStream out() throws IOException {
    return session.out();
  }

  /**
   * Closes the TCP socket, not the TLS layer: that would wait for a writer that is stuck on a
   * server that no longer reads.
   */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // nothing is left to be closed
    }
  }
}
