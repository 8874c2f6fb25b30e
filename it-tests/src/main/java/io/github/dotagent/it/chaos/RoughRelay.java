package io.github.dotagent.it.chaos;

import io.github.dotagent.it.harness.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network before a server on loopback, with a weather, and led to another server when told to.
 * A port of its own. Thread-safe; its threads are daemons.
 */
final class RoughRelay implements AutoCloseable {
  private static final int BACKLOG = 1024; // a burst of connections must not meet a full queue

  private final InetSocketAddress address;
  private final Random seeds;
  private final Set<RoughConnection> open = ConcurrentHashMap.newKeySet();
  private ServerSocket listener; // guarded by this
  private volatile int target;
  private volatile Weather weather = Weather.CLEAR;

  /**
   * @param seed of what befalls single connections
   */
  RoughRelay(int target, long seed) throws IOException {
    this.target = target;
    this.seeds = new Random(seed);
    this.address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), FreePort.next());
    listen();
  }

  int port() {
    return address.getPort();
  }

  /** The port that connections go on to. */
  int target() {
    return target;
  }

  Weather weather() {
    return weather;
  }

  /** Later connections go to another port of 127.0.0.1; the open ones are reset. */
  void leadTo(int port) {
    target = port;
    reset();
  }

  void be(Weather next) {
    weather = next;
    try {
      if (next.kind() == Weather.Kind.REFUSE) {
        close();
      } else {
        listen();
      }
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
  }

  void reset() {
    open.forEach(RoughConnection::reset);
  }

  @Override
  public synchronized void close() throws IOException {
    listener.close();
    reset();
  }

  private synchronized void listen() throws IOException {
    if (listener != null && !listener.isClosed()) {
      return;
    }
    ServerSocket next = new ServerSocket();
    next.setReuseAddress(true);
    next.bind(address, BACKLOG);
    listener = next;
    daemon("rough-accept", () -> accept(next));
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket client = from.accept();
        RoughConnection connection =
            new RoughConnection(client, this::weather, new Random(seeds.nextLong()), open::remove);
        open.add(connection);
        connection.begin(new InetSocketAddress(address.getAddress(), target));
      } catch (IOException closedOrServerGone) {
        // Closed: the loop ends. The server refused: so was the client, the next one.
      }
    }
  }

  static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
