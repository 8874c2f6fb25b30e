package io.github.dotagent.dot;

import io.github.dotagent.net.SocketSetting;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A TCP connection with an authenticated TLS session on it. */
final class TlsLink implements Link {
  private final TlsConnector connector;
  private final DotEndpoint server;
  private final int limitMillis;
  private final SocketSetting quickAcks;
  private final Runnable beforeSockets;
  private final LinkReport report;
  private final ConnectWait wait;
  private volatile BufferedSocket socket; // null until it is opened
  private volatile boolean closed;
  private volatile TlsSession session;
  private Runnable silent; // of the thread that opens it
  private QuickAck quickAck; // the reader's, from the moment the link is open
  private OutputStream out; // the writer's; null before the first message

  /**
   * @param quickAcks null where there is no way to set it
   * @param beforeSockets runs before a socket is made, on the same thread
   */
  TlsLink(
      TlsConnector connector,
      DotEndpoint server,
      int limitMillis,
      SocketSetting quickAcks,
      Runnable beforeSockets,
      LinkReport report,
      ConnectWait wait) {
    this.connector = connector;
    this.server = server;
    this.limitMillis = limitMillis;
    this.quickAcks = quickAcks;
    this.beforeSockets = beforeSockets;
    this.report = report;
    this.wait = wait;
  }

  @Override
  public void open(Runnable whenSilent) throws TlsFailure {
    silent = whenSilent;
    report.begins();
    beforeSockets.run();
    replaceSocket();
    try {
      session = server.takesAlpn() ? withAlpn() : connect(false);
      wait.over();
      quickAck = new QuickAck(quickAcks, socket);
      report.connected(session.identity());
    } catch (TlsFailure refused) {
      report.failed(refused);
      throw refused;
    }
  }

  private TlsSession withAlpn() throws TlsFailure {
    try {
      return connect(true);
    } catch (TlsFailure refused) {
      if (refused.kind() != TlsFailure.Kind.ALPN) {
        throw refused;
      }
      server.refusedAlpn();
      close(socket);
      replaceSocket();
      return connect(false);
    }
  }

  private void replaceSocket() {
    BufferedSocket fresh = new BufferedSocket(wait, SILENT_MILLIS, silent);
    socket = fresh;
    if (closed) { // while it was replaced
      close(fresh);
    }
  }

  private TlsSession connect(boolean alpn) throws TlsFailure {
    int connectMillis = server.patience().millis();
    BufferedSocket opened = socket;
    try {
      return connector.connect(
          opened, server.endpoint(), server.name(), connectMillis, limitMillis, alpn);
    } catch (TlsFailure refused) {
      if (refused.kind() == TlsFailure.Kind.TIMEOUT && !opened.isConnected()) {
        server.patience().late(connectMillis);
      }
      throw refused;
    } finally {
      if (opened.isConnected()) {
        server.patience().connected(TimeUnit.NANOSECONDS.toMillis(opened.connectNanos()));
      }
    }
  }

  @Override
  public boolean isTakenBy(TlsConnector other) {
    TlsSession made = session;
    return made != null && other.takes(server.peer(), made);
  }

  @Override
  public boolean isReached() {
    BufferedSocket opened = socket;
    return opened != null && opened.isConnected();
  }

  @Override
  public long waitedNanos() {
    return wait.nanos();
  }

  @Override
  public InputStream in() throws IOException {
    return session.in();
  }

  @Override
  public void acknowledge() {
    if (socket.isReadEmpty()) {
      quickAck.again();
    }
  }

  /**
   * Sends two records, with the last message in a record of its own. dnsdist 1.7.3 looks at its
   * socket again after each query, and not at data that OpenSSL has already decrypted. So a query
   * that is left in that data waits until more octets come.
   */
  @Override
  public void send(List<byte[]> frames) throws IOException {
    if (out == null) {
      out = session.out(); // once: JSSE looks at the state of the socket each time
    }
    int last = frames.size() - 1;
    if (last > 0) {
      socket.cork();
      out.write(Frames.joined(frames.subList(0, last)));
      socket.uncork();
    }
    out.write(frames.get(last));
  }

  @Override
  public void closeInOrder() {
    session.closeInOrder();
  }

  /**
   * Closes the TCP socket, not the TLS layer: that would wait for a writer that is stuck on a
   * server that no longer reads.
   */
  @Override
  public void close() {
    closed = true;
    BufferedSocket opened = socket;
    if (opened != null) {
      close(opened);
    }
  }

  private static void close(BufferedSocket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // nothing is left to be closed
    }
  }
}
