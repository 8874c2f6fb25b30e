package io.github.dotagent.it.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Two sockets, and what the weather lets go from each to the other. A thread each direction. */
final class RoughConnection {
  private static final int CHUNK = 16_384; // about a TLS record of the largest size
  private static final int HUNDRED = 100;

  private final Socket client;
  private final Socket server = new Socket();
  private final Supplier<Weather> weather;
  private final Random random;
  private final Consumer<RoughConnection> whenOver;
  private final AtomicInteger directions = new AtomicInteger(2);

  /** The stream has a gap, so nothing more is passed on, permanently. */
  private volatile boolean swallowed;

  RoughConnection(
      Socket client, Supplier<Weather> weather, Random random, Consumer<RoughConnection> whenOver) {
    this.client = client;
    this.weather = weather;
    this.random = random;
    this.whenOver = whenOver;
  }

  void begin(InetSocketAddress target) throws IOException {
    try {
      server.connect(target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException refused) {
      reset();
      throw refused;
    }
    RoughRelay.daemon("rough-to-server", () -> pass(client, server));
    RoughRelay.daemon("rough-to-client", () -> pass(server, client));
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
    whenOver.accept(this);
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[CHUNK];
    long passed = 0;
    boolean ended = false;
    try {
      for (int read = from.getInputStream().read(buffer);
          read >= 0;
          read = from.getInputStream().read(buffer)) {
        Weather now = weather.get();
        passed += read;
        if (now.kind() == Weather.Kind.HALF_CLOSE && passed > now.amount() && !ended) {
          ended = true;
          to.shutdownOutput();
        }
        if (now.kind() == Weather.Kind.RESET && passed > now.amount()) {
          reset();
          return;
        }
        if (now.kind() == Weather.Kind.BLACK_HOLE) {
          swallowed = true;
        }
        if (!ended && !swallowed) {
          write(buffer, read, to, now);
        }
      }
      if (!ended && !swallowed) {
        to.shutdownOutput();
      }
      if (directions.decrementAndGet() == 0) {
        client.close();
        server.close();
        whenOver.accept(this);
      }
    } catch (IOException lost) {
      if (!swallowed) {
        reset();
      }
    }
  }

  private void write(byte[] buffer, int length, Socket to, Weather now) throws IOException {
    OutputStream out = to.getOutputStream();
    switch (now.kind()) {
      case SLOW -> {
        pause(draw(now.amount() + 1));
        out.write(buffer, 0, length);
      }
      case TRICKLE -> {
        for (int i = 0; i < length; i++) {
          out.write(buffer, i, 1);
          if (weather.get().equals(now)) {
            pause(now.amount());
          }
        }
      }
      case CORRUPT -> {
        if (draw(HUNDRED) < now.amount()) {
          buffer[draw(length)] ^= (byte) (1 << draw(Byte.SIZE));
        }
        out.write(buffer, 0, length);
      }
      case CUT -> out.write(buffer, 0, draw(HUNDRED) < now.amount() ? draw(length) : length);
      default -> out.write(buffer, 0, length);
    }
  }

  private synchronized int draw(int below) {
    return random.nextInt(below);
  }

  private static void pause(int millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
