package io.github.dotagent.it.harness.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/** Two sockets, and what goes from each to the other. Two threads for each direction. */
final class RelayedConnection {
  private static final int CHUNK = 65_536; // some TLS records of the largest size

  private final Socket client;
  private final Socket server = new Socket();
  private final long oneWayNanos;
  private final Consumer<RelayedConnection> whenOver;
  private final BlockingQueue<Chunk> toServer = new LinkedBlockingQueue<>();
  private final BlockingQueue<Chunk> toClient = new LinkedBlockingQueue<>();
  private final AtomicInteger directions = new AtomicInteger(2);
  private volatile boolean swallowing;

  RelayedConnection(Socket client, long oneWayNanos, Consumer<RelayedConnection> whenOver) {
    this.client = client;
    this.oneWayNanos = oneWayNanos;
    this.whenOver = whenOver;
  }

  void begin(int serverPort) throws IOException {
    try {
      server.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), serverPort));
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException refused) {
      reset();
      throw refused;
    }
    // the TCP connect was answered here and now: its round trip is caught up on
    long connected = System.nanoTime() + 2 * oneWayNanos;
    pass("to-server", client, toServer, server, connected);
    pass("to-client", server, toClient, client, connected);
  }

  /** Permanent: the swallowed octets are missing in the stream. */
  void swallow() {
    swallowing = true;
  }

  /** With RST on both sides: what close does on a socket that lingers for 0 s. */
  void reset() {
    for (Socket socket : new Socket[] {client, server}) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException alreadyClosed) {
        // nothing is left to be reset
      }
    }
    toServer.add(Chunk.END);
    toClient.add(Chunk.END);
    whenOver.accept(this);
  }

  private void pass(
      String direction, Socket from, BlockingQueue<Chunk> travelling, Socket to, long notBefore) {
    Thread unused = daemon("relay-read-" + direction, () -> read(from, travelling, notBefore));
    unused = daemon("relay-write-" + direction, () -> write(to, travelling));
  }

  private void read(Socket from, BlockingQueue<Chunk> travelling, long notBefore) {
    byte[] buffer = new byte[CHUNK];
    try {
      for (int read = 0; read >= 0; ) {
        read = from.getInputStream().read(buffer);
        acknowledge(from);
        long now = System.nanoTime();
        long sent = now - notBefore < 0 ? notBefore : now;
        if (!swallowing) {
          byte[] octets = Arrays.copyOf(buffer, Math.max(0, read));
          travelling.add(new Chunk(octets, sent + oneWayNanos));
        }
      }
    } catch (IOException lost) {
      if (!swallowing) {
        reset();
      }
    }
  }

  /**
   * A server with Nagle's algorithm on waits for that before it sends more, and the kernel for 40
   * ms before it does so by itself: that would be the relay's doing, and not the client's.
   */
  private static void acknowledge(Socket socket) throws IOException {
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  private void write(Socket to, BlockingQueue<Chunk> travelling) {
    try {
      for (Chunk chunk = travelling.take(); chunk.octets.length > 0; chunk = travelling.take()) {
        chunk.arrive();
        if (!swallowing) {
          to.getOutputStream().write(chunk.octets);
        }
      }
      to.shutdownOutput();
      if (directions.decrementAndGet() == 0) {
        client.close();
        server.close();
        whenOver.accept(this);
      }
    } catch (IOException lost) {
      if (!swallowing) {
        reset();
      }
    } catch (InterruptedException neverInterrupted) {
      reset();
    }
  }

  static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Octets, none of them for the end, and when they arrive, of System.nanoTime. */
  private static final class Chunk {
    static final Chunk END = new Chunk(new byte[0], System.nanoTime());

    private final byte[] octets;
    private final long due;

    Chunk(byte[] octets, long due) {
      this.octets = octets;
      this.due = due;
    }

    void arrive() {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }
}
