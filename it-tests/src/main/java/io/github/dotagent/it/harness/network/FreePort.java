package io.github.dotagent.it.harness.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that cannot be given port 0, or that lets its port go for a while and wants
 * it back. Below the kernel's ephemeral ports, where a connection of another program takes the port
 * in between.
 */
public final class FreePort {
  private static final int FIRST = 20_000; // well-known services of a machine are mostly below
  private static final int EPHEMERAL = 32_768; // ip_local_port_range of Linux begins here
  private static final int TRIES = 1_000; // of 12,768 ports a few hundred may be taken

  private FreePort() {}

  /** On 127.0.0.1, for TCP. */
  public static int next() {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, EPHEMERAL);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return free.getLocalPort();
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw new UncheckedIOException(last);
  }
}
