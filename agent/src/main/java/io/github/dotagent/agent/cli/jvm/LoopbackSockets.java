package io.github.dotagent.agent.cli.jvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;

/**
 * Connects to this machine, whatever it is called: a JVM says where its MBeans are with the address
 * that its machine's name has, which may be one that leads nowhere, or away. It listens on all of
 * them and takes connections from its own machine alone.
 */
final class LoopbackSockets extends RMISocketFactory {
  /** Of IPv4 and of IPv6 (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
  private static final byte[][] LOOPBACK = {
    {127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
  };

  /** The kernel alone has to answer. */
  private static final int CONNECT_MILLIS = 2_000;

  /** What is read takes a millisecond; a JVM may be at rest for a full collection. */
  private static final int READ_MILLIS = 15_000;

  private static boolean used; // guarded by the class

  private LoopbackSockets() {}

  /** For all that this JVM does with RMI. */
  static synchronized void use() throws IOException {
    if (!used) {
      used = true;
      // else RMI looks this machine's name up, to tell it to the other side, which does not ask
      System.setProperty("java.rmi.server.hostname", "127.0.0.1");
      RMISocketFactory.setSocketFactory(new LoopbackSockets());
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    IOException refused = null;
    for (byte[] address : LOOPBACK) {
      Socket socket = new Socket();
      try {
        socket.setSoTimeout(READ_MILLIS);
        socket.connect(
            new InetSocketAddress(InetAddress.getByAddress(address), port), CONNECT_MILLIS);
        return socket;
      } catch (IOException notThere) {
        socket.close();
        if (refused == null) {
          refused = notThere;
        }
      }
    }
    throw refused;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    throw new IOException("a command serves nobody");
  }
}
