package java.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The patched sockets of the JDK call this before they send to an address, and when they return the
 * address of a sender.
 *
 * <p>DEFINED IN THE BOOTSTRAP LOADER, as {@link DotAgentBridge} is. Public, because {@code
 * sun.nio.ch} calls it as well. An address without port 53 costs a comparison. Stays when the agent
 * has been taken out, as {@link DotAgentBridge} does; then it returns each address unchanged.
 */
public final class DotAgentSockets {
  private static final int DNS = 53; // RFC 1035 §4.2

  /**
   * From a server to its stand-in; set before anything is patched. Null, as the next two, once the
   * agent has been taken out.
   */
  static volatile InvocationHandler standIn;

  /** The same for callers that see the stand-in's own address; null: for native code. */
  static volatile InvocationHandler shownStandIn;

  /** From a stand-in to the server; set before anything is patched. */
  static volatile InvocationHandler server;

  /**
   * A bit for each possible last six bits of a stand-in's port. A port without its bit is not a
   * stand-in's, and nothing is asked.
   */
  private static final AtomicLong PORTS = new AtomicLong();

  /** Set while a getter of the JDK is called without the patch. */
  private static final ThreadLocal<Boolean> UNPATCHED = new ThreadLocal<>();

  private DotAgentSockets() {}

  /** The address to send to instead. */
  public static SocketAddress to(SocketAddress target) throws IOException {
    if (!(target instanceof InetSocketAddress) || ((InetSocketAddress) target).getPort() != DNS) {
      return target;
    }
    SocketAddress instead = ask(standIn, target);
    int port = ((InetSocketAddress) instead).getPort();
    while (port != DNS && !isPerhapsStandIn(port)) {
      long known = PORTS.get();
      PORTS.compareAndSet(known, known | 1L << port);
    }
    return instead;
  }

  static boolean isPerhapsStandIn(int port) {
    return port > 0 && (PORTS.get() >>> port & 1) != 0; // a shift uses the last six bits of port
  }

  /**
   * The same for a channel. A channel that was connected before it was patched would refuse the
   * stand-in's address.
   */
  public static SocketAddress to(SocketAddress target, DatagramChannel from) throws IOException {
    boolean isDns =
        target instanceof InetSocketAddress && ((InetSocketAddress) target).getPort() == DNS;
    return isDns && unpatchedPort(from.socket()) != DNS ? to(target) : target;
  }

  /** The address to which Netty sends instead, and from which it expects the response. */
  public static InetSocketAddress shown(InetSocketAddress target) throws IOException {
    return target.getPort() == DNS ? (InetSocketAddress) ask(shownStandIn, target) : target;
  }

  /** Native code is about to look names up, and none of this applies there. */
  public static void outOfReach() throws IOException {
    ask(shownStandIn, null);
  }

  private static SocketAddress ask(InvocationHandler decides, SocketAddress target)
      throws IOException {
    if (decides == null) {
      return target;
    }
    try {
      return (SocketAddress) decides.invoke(target, null, null);
    } catch (IOException | RuntimeException | Error refused) {
      throw refused;
    } catch (Throwable never) {
      throw new IOException(never);
    }
  }

  /** The sender that the program sees. */
  public static SocketAddress from(SocketAddress sender) {
    if (!(sender instanceof InetSocketAddress)) {
      return sender;
    }
    InetAddress address = ((InetSocketAddress) sender).getAddress();
    if (address == null || !address.isLoopbackAddress()) {
      return sender;
    }
    InvocationHandler knows = server;
    if (knows == null) {
      return sender;
    }
    try {
      return (SocketAddress) knows.invoke(sender, null, null);
    } catch (RuntimeException | Error broken) {
      throw broken;
    } catch (Throwable never) {
      throw new IllegalStateException(never);
    }
  }

  /** {@link #to} in two parts, for {@code DatagramSocket.connect(InetAddress, int)}. */
  public static InetAddress addressTo(InetAddress address, int port) {
    return port == DNS && address != null ? both(address, port).getAddress() : address;
  }

  /** The other part. */
  public static int portTo(InetAddress address, int port) {
    return port == DNS && address != null ? both(address, port).getPort() : port;
  }

  private static InetSocketAddress both(InetAddress address, int port) {
    try {
      return (InetSocketAddress) to(new InetSocketAddress(address, port));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused); // as the JDK's own connect does
    }
  }

  /**
   * A packet with the same octets for {@link #to}; the program's own packet does not change. A
   * socket that was connected to a server before it was patched would refuse another address.
   */
  public static DatagramPacket sent(DatagramPacket packet, DatagramSocket from) throws IOException {
    if (packet.getPort() != DNS || packet.getAddress() == null || unpatchedPort(from) == DNS) {
      return packet;
    }
    SocketAddress to = to(new InetSocketAddress(packet.getAddress(), DNS));
    return new DatagramPacket(packet.getData(), packet.getOffset(), packet.getLength(), to);
  }

  /** Puts {@link #from} on a packet that was received, or that a connected socket has addressed. */
  public static void received(DatagramPacket packet) {
    InetAddress address = packet.getAddress();
    if (address == null || !address.isLoopbackAddress()) {
      return;
    }
    SocketAddress sender = new InetSocketAddress(address, packet.getPort());
    SocketAddress known = from(sender);
    if (known != sender) {
      packet.setSocketAddress(known);
    }
  }

  /** The result of a socket's {@code getInetAddress} for the program. */
  public static InetAddress addressOf(InetAddress address, Object socket) {
    if (address == null
        || PORTS.get() == 0
        || !address.isLoopbackAddress()
        || UNPATCHED.get() != null) {
      return address;
    }
    int port = unpatchedPort(socket);
    return isPerhapsStandIn(port) ? seen(address, port).getAddress() : address;
  }

  /** The result of a socket's {@code getPort} for the program. */
  public static int portOf(int port, Object socket) {
    if (!isPerhapsStandIn(port) || UNPATCHED.get() != null) {
      return port;
    }
    InetAddress address;
    UNPATCHED.set(Boolean.TRUE);
    try {
      address =
          socket instanceof Socket
              ? ((Socket) socket).getInetAddress()
              : ((DatagramSocket) socket).getInetAddress();
    } finally {
      UNPATCHED.remove();
    }
    return address == null ? port : seen(address, port).getPort();
  }

  private static int unpatchedPort(Object socket) {
    UNPATCHED.set(Boolean.TRUE);
    try {
      return socket instanceof Socket
          ? ((Socket) socket).getPort()
          : ((DatagramSocket) socket).getPort();
    } finally {
      UNPATCHED.remove();
    }
  }

  private static InetSocketAddress seen(InetAddress address, int port) {
    return (InetSocketAddress) from(new InetSocketAddress(address, port));
  }
}
