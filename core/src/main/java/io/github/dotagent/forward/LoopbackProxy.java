package io.github.dotagent.forward;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * A stand-in: a port on loopback that answers in place of one server. UDP and TCP have the same
 * port number. Immutable.
 */
final class LoopbackProxy {
  /** First 127.0.0.1, because sockets of both families reach it; ::1 on a host without IPv4. */
  private static final byte[][] LOOPBACK = {
    {127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
  };

  /**
   * For UDP: room for 1,000 queries at once, because Linux counts 768 octets for each. Linux allows
   * at most twice net.core.rmem_max: about 550 queries with its default, and about 270 without this
   * option.
   */
  private static final int RECEIVE_BUFFER = 1_000_000;

  /** The kernel chooses a free UDP port; the TCP port of that number is seldom taken. */
  private static final int ATTEMPTS = 8;

  private final InetSocketAddress server;
  private final InetSocketAddress address;
  private final DatagramChannel datagrams;
  private final ServerSocketChannel streams;

  private LoopbackProxy(
      InetSocketAddress server, DatagramChannel datagrams, ServerSocketChannel streams)
      throws IOException {
    this.server = server;
    this.address = (InetSocketAddress) datagrams.getLocalAddress();
    this.datagrams = datagrams;
    this.streams = streams;
  }

  /**
   * @param network the network of the loop that will serve it
   * @param server the server that it replaces
   * @throws IOException if no port on loopback can be opened
   */
  static LoopbackProxy open(SelectorProvider network, InetSocketAddress server) throws IOException {
    IOException refused = null;
    for (byte[] loopback : LOOPBACK) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          return on(network, InetAddress.getByAddress(loopback), server);
        } catch (BindException taken) {
          refused = taken;
        }
      }
    }
    throw refused;
  }

  private static LoopbackProxy on(
      SelectorProvider network, InetAddress loopback, InetSocketAddress server) throws IOException {
    DatagramChannel datagrams = network.openDatagramChannel();
    ServerSocketChannel streams = null;
    boolean open = false;
    try {
      datagrams.bind(new InetSocketAddress(loopback, 0));
      enlarge(datagrams);
      datagrams.configureBlocking(false);
      streams = network.openServerSocketChannel();
      streams.bind(datagrams.getLocalAddress());
      streams.configureBlocking(false);
      LoopbackProxy standIn = new LoopbackProxy(server, datagrams, streams);
      open = true;
      return standIn;
    } finally {
      if (!open) {
        datagrams.close();
        if (streams != null) {
          streams.close();
        }
      }
    }
  }

  private static void enlarge(DatagramChannel datagrams) {
    try {
      datagrams.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    } catch (IOException tooMuch) {
      // some systems refuse such a size; then the default applies
    }
  }

  InetSocketAddress server() {
    return server;
  }

  InetSocketAddress address() {
    return address;
  }

  /**
   * Begins to answer. On the loop's thread.
   *
   * @param sockets finds the owner of a socket, to refuse other processes; null if the system does
   *     not show owners
   */
  void begin(ForwardLoop loop, QueryHandler handler, KernelSockets sockets) throws IOException {
    PeerCheck ofUdp = new PeerCheck(sockets, true, address, loop);
    PeerCheck ofTcp = new PeerCheck(sockets, false, address, loop);
    loop.register(
        datagrams, SelectionKey.OP_READ, new UdpListener(datagrams, loop, handler, ofUdp));
    loop.register(streams, SelectionKey.OP_ACCEPT, new TcpListener(streams, loop, handler, ofTcp));
  }

  /**
   * Whether the kernel's lists show this port as a port of this process. If not, the lists cannot
   * tell owners apart.
   */
  boolean isListed(KernelSockets sockets) throws IOException {
    return sockets.look(true).ownerOf(address, null) == KernelSockets.Owner.THIS_PROCESS
        && sockets.look(false).ownerOf(address, null) == KernelSockets.Owner.THIS_PROCESS;
  }

  /** Closes a stand-in that never began, or whose loop has ended. */
  void close() {
    close(datagrams);
    close(streams);
  }

  private static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException closedAllTheSame) {
      // nothing else can be done
    }
  }
}
