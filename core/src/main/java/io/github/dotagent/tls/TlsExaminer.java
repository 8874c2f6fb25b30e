package io.github.dotagent.tls;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.logging.Log;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Connects to a server once, as strictly as the {@link TlsConnector} does, and reports everything
 * that it sees. Safe for use by any number of threads; blocks the calling one.
 */
public final class TlsExaminer {
  /**
   * The bound of the whole connect. With a bound only for each silence, a server could send an
   * octet now and then, and the wait would have no end. TCP and TLS take three round trips, and a
   * JVM that has just started needs half a second or more to load its TLS.
   */
  private static final long WHOLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** As long as the second attempt of a lookup. */
  private static final int CONNECT_MILLIS = 3_000;

  private final TlsPolicy policy;
  private final Timers clock;
  private final Log log;

  /**
   * @param clock measures the times
   * @param log where a pin mismatch goes
   */
  public TlsExaminer(TlsPolicy policy, Timers clock, Log log) {
    this.policy = policy;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Examines the server; never throws because of it. If the server refuses ALPN, it connects once
   * more without ALPN, as the agent does.
   *
   * @param name the authentication domain name; null: the certificate must hold the address
   * @param limitMillis the bound of each wait for the server; of the whole where it is the longer
   */
  public ExaminedConnection examine(InetSocketAddress server, String name, int limitMillis) {
    ExaminedConnection seen = once(server, name, limitMillis, true);
    TlsFailure failure = seen.failure().orElse(null);
    return failure != null && failure.kind() == TlsFailure.Kind.ALPN
        ? once(server, name, limitMillis, false)
        : seen;
  }

  private ExaminedConnection once(
      InetSocketAddress server, String name, int limitMillis, boolean alpn) {
    // a context of its own: a resumed session would show no certificates
    TlsConnector connector = new TlsConnector(policy, log, true);
    TimedSocket socket = new TimedSocket();
    TlsSession session = null;
    TlsFailure failure = null;
    Deadline deadline = new Deadline(socket);
    Timers.Timer timer = clock.after(wholeNanos(limitMillis), deadline);
    try {
      session = connector.connect(socket, server, name, CONNECT_MILLIS, limitMillis, alpn);
    } catch (TlsFailure refused) {
      failure = refused;
    } finally {
      timer.cancel();
      if (session == null) {
        close(socket); // after an Error as well
      }
    }
    long ended = clock.nanoTime();
    ExaminedTrust seen = connector.examined();
    boolean connected = socket.connectedAt != TimedSocket.NEVER;
    if (deadline.isOver) {
      session = null; // its socket is closed
      failure = ConnectReason.ofDeadline(connected, failure);
    }
    return new ExaminedConnection(
        failure,
        session,
        connected ? socket.connectedAt - socket.begunAt : -1,
        connected ? ended - socket.connectedAt : -1,
        seen,
        seen == null ? null : connector.pinIn(seen.validated()),
        connector.client());
  }

  private static long wholeNanos(int limitMillis) {
    return Math.max(TimeUnit.MILLISECONDS.toNanos(limitMillis), WHOLE_NANOS);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException brokenAlready) {
      // nothing is lost
    }
  }

  /** Ends the making of a connection. */
  private static final class Deadline implements Runnable {
    private final Socket socket;
    private volatile boolean isOver;

    Deadline(Socket socket) {
      this.socket = socket;
    }

    @Override
    public void run() {
      isOver = true;
      close(socket);
    }
  }

  /** A socket that knows when it was connected. */
  private final class TimedSocket extends Socket {
    static final long NEVER = Long.MIN_VALUE;

    private volatile long begunAt; // valid once connected
    private volatile long connectedAt = NEVER;

    /**
     * Without a proxy, as the agent's own sockets: java.net.Socket would otherwise follow
     * socksProxyHost.
     */
    TimedSocket() {
      super(Proxy.NO_PROXY);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      begunAt = clock.nanoTime();
      super.connect(endpoint, timeout);
      connectedAt = clock.nanoTime();
    }
  }
}
