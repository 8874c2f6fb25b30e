package io.github.dotagent.it.harness.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * Waits until a port that is no longer listened on refuses connections. The kernel may take them a
 * little longer: until the thread that waits in accept() has woken, and until a process that this
 * JVM begins meanwhile has closed the sockets that it inherited.
 */
public final class ClosedListener {
  private static final int CONNECT_MILLIS = 200; // on loopback a connect takes less than one
  private static final long LONGEST_NANOS = 10_000_000_000L; // a busy machine needs one second

  private ClosedListener() {}

  /**
   * @throws IOException if the port still takes connections after ten seconds
   */
  public static void awaitRefusal(InetAddress address, int port) throws IOException {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (takesConnections(address, port)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("port " + port + " still takes connections, its listener is closed");
      }
      Thread.onSpinWait(); // each turn is a system call already
    }
  }

  private static boolean takesConnections(InetAddress address, int port) throws IOException {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return true;
    } catch (ConnectException refused) {
      return false;
    } catch (SocketTimeoutException | SocketException fullQueueOrReset) {
      return true; // it was closed while it had this connection in its queue
    }
  }
}
