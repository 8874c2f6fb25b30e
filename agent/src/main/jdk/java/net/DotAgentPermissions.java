package java.net;

/**
 * The patched sockets of the JDK call this in place of the SecurityManager (Java 8 to 23): a
 * program needs the permission for the server that it asks, and none for the stand-in.
 *
 * <p>DEFINED IN THE BOOTSTRAP LOADER, as {@link DotAgentSockets} is, and public for the same
 * reason.
 */
public final class DotAgentPermissions {
  /** The address of stand-ins, in the form of {@code getHostAddress}. */
  private static final String LOOPBACK = "127.0.0.1";

  // as getHostAddress writes it
  private static final String LOOPBACK_V6 = "0:0:0:0:0:0:0:1";
  private static final int V6_OCTETS = 16;

  private DotAgentPermissions() {}

  /** In place of {@code SecurityManager.checkConnect}. */
  public static void checkConnect(SecurityManager manager, String host, int port) {
    InetSocketAddress server = serverBehind(host, port);
    if (server == null) {
      manager.checkConnect(host, port);
    } else {
      manager.checkConnect(server.getAddress().getHostAddress(), server.getPort());
    }
  }

  /** In place of {@code SecurityManager.checkAccept}. */
  public static void checkAccept(SecurityManager manager, String host, int port) {
    InetSocketAddress server = serverBehind(host, port);
    if (server == null) {
      manager.checkAccept(host, port);
    } else {
      manager.checkAccept(server.getAddress().getHostAddress(), server.getPort());
    }
  }

  /** Null when nothing stands in for one there. */
  private static InetSocketAddress serverBehind(String host, int port) {
    byte[] octets = DotAgentSockets.isPerhapsStandIn(port) ? loopback(host) : null;
    if (octets == null) {
      return null;
    }
    try {
      InetSocketAddress there = new InetSocketAddress(InetAddress.getByAddress(octets), port);
      SocketAddress server = DotAgentSockets.from(there);
      return server == there ? null : (InetSocketAddress) server;
    } catch (UnknownHostException neverOfSoManyOctets) {
      throw new IllegalStateException(neverOfSoManyOctets);
    }
  }

  private static byte[] loopback(String host) {
    if (LOOPBACK.equals(host)) {
      return new byte[] {127, 0, 0, 1};
    }
    if (!LOOPBACK_V6.equals(host)) {
      return null;
    }
    byte[] octets = new byte[V6_OCTETS];
    octets[V6_OCTETS - 1] = 1;
    return octets;
  }
}
