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
 * A port of the loopback address that answers in place of one server, the same for UDP and TCP.
 * Immutable.
 */
final class LoopbackProxy {
  /** 127.0.0.1, which sockets of both families reach; on a host without it, ::1. */
  private static final byte[][] LOOPBACK = {
    {127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
  };

  /**
   * Of UDP: 1,000 queries in one instant, each of which Linux counts as 768 octets. It gives twice
   * net.core.rmem_max at most: room for some 550 where that is unchanged, against 270 without
   * asking.
   */
  private static final int RECEIVE_BUFFER = 1_000_000;

  /** A port that is free for UDP is seldom taken for TCP. */
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
   * @param network of the loop that is to serve it
   * @param server in whose place it answers
   * @throws IOException when no port of the loopback address can be had
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
      // on some systems; then the default applies
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
   * @param sockets to refuse sockets of other processes; null: the owner cannot be known
   */
  void begin(ForwardLoop loop, Forwarding forwarding, KernelSockets sockets) throws IOException {
    PeerCheck ofUdp = new PeerCheck(sockets, true, address, loop);
    PeerCheck ofTcp = new PeerCheck(sockets, false, address, loop);
    loop.register(
        datagrams, SelectionKey.OP_READ, new UdpListener(datagrams, loop, forwarding, ofUdp));
    loop.register(
        streams, SelectionKey.OP_ACCEPT, new TcpListener(streams, loop, forwarding, ofTcp));
  }

  /**
   * Whether the kernel's lists have this port as one of this process; otherwise they are useless
   * here.
   */
  boolean isListed(KernelSockets sockets) throws IOException {
    return sockets.look(true).ownerOf(address, null) == KernelSockets.Owner.THIS_PROCESS
        && sockets.look(false).ownerOf(address, null) == KernelSockets.Owner.THIS_PROCESS;
  }

  /** For one that was never begun, or whose loop has ended. */
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
