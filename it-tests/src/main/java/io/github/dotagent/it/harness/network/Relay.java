package io.github.dotagent.it.harness.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between a client and a server on loopback: adds a delay in each direction, and fails
 * as networks fail. Knows nothing of what it carries. Thread-safe; its threads are daemons.
 */
public final class Relay implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 1024; // a burst of connections must not meet a full queue
  private static final int FILLING_MILLIS = 200; // on loopback a connect takes less than one
  private static final int MOST_FILLING = 16; // Linux rounds a backlog of 1 up, but not to that

  private static final long WAKING_MILLIS = 5_000; // a closed accept() returns in far less

  private final int serverPort;
  private final int port;
  private final long oneWayNanos;
  private final Set<RelayedConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> filling = new ArrayList<>(); // guarded by this
  private volatile ServerSocket listener;
  private Thread acceptor; // guarded by this, once there is another
  private volatile boolean swallowing;

  private Relay(int serverPort, Duration oneWay) throws IOException {
    this.serverPort = serverPort;
    this.oneWayNanos = oneWay.toNanos();
    this.port = FreePort.next();
    this.listener = listen(port, BACKLOG);
    accept(listener);
  }

  /**
   * Listens on a port of its own for a server at 127.0.0.1.
   *
   * @param oneWay how long octets take in each direction. The first of a connection take a whole
   *     round trip longer, for the kernel answers the TCP connect at once
   */
  public static Relay to(int serverPort, Duration oneWay) {
    try {
      return new Relay(serverPort, oneWay);
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
  }

  /** Without a delay. */
  public static Relay to(int serverPort) {
    return to(serverPort, Duration.ZERO);
  }

  public int port() {
    return port;
  }

  /** {@code ADDRESS@PORT#NAME}: the server behind it as an upstream of that name. */
  public String upstream(String name) {
    return LOOPBACK + "@" + port + "#" + name;
  }

  /** Connections that were passed on so far. */
  public int connections() {
    return accepted.get();
  }

  /** A black hole: connections open and new are kept, and nothing passes any more. */
  public void swallow() {
    swallowing = true;
    forget();
  }

  /** Nothing passes any more on the open connections, as when a NAT forgot them; new ones work. */
  public void forget() {
    open.forEach(RelayedConnection::swallow);
  }

  /** Resets (RST) the open connections; new ones work. */
  public void reset() {
    open.forEach(RelayedConnection::reset);
  }

  /** Connects get no answer, and the open connections pass nothing either. */
  public synchronized void goDeaf() {
    forget();
    try {
      stopListening();
      listener = listen(port, 1);
      while (filling.size() < MOST_FILLING && fill()) {
        // the kernel answers as long as there is room in the queue of a listener
      }
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
  }

  private boolean fill() throws IOException {
    Socket socket = new Socket();
    filling.add(socket);
    try {
      socket.connect(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), FILLING_MILLIS);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  /** Closes the listening socket and resets the open connections. */
  public synchronized void refuse() {
    close();
  }

  /** New connections work; the old ones stay as they are. */
  public synchronized void recover() {
    swallowing = false;
    if (filling.isEmpty() && !listener.isClosed()) {
      return;
    }
    try {
      stopListening();
      listener = listen(port, BACKLOG);
      accept(listener);
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
  }

  /** Stops listening, so that connections are refused, and resets the open ones. */
  @Override
  public synchronized void close() {
    try {
      stopListening();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    } finally {
      reset();
    }
  }

  private void stopListening() throws IOException {
    listener.close();
    for (Socket socket : filling) {
      socket.close();
    }
    filling.clear();
    try {
      acceptor.join(WAKING_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    ClosedListener.awaitRefusal(InetAddress.getByName(LOOPBACK), port);
  }

  private static ServerSocket listen(int port, int backlog) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), backlog);
    return socket;
  }

  private void accept(ServerSocket from) {
    acceptor = RelayedConnection.daemon("relay-accept", () -> acceptAll(from));
  }

  private void acceptAll(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket client = from.accept();
        RelayedConnection connection = new RelayedConnection(client, oneWayNanos, open::remove);
        open.add(connection);
        if (swallowing) {
          connection.swallow();
        }
        connection.begin(serverPort);
        accepted.incrementAndGet();
      } catch (IOException closedOrServerGone) {
        // Closed: the loop ends. The server refused: so was the client, the next one.
      }
    }
  }
}
