package io.github.dotagent.agent.bypass;

import io.github.dotagent.agent.hook.ProbeName;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks whether patched sockets are still patched: it connects a closed socket to a server that
 * cannot exist. A patched socket asks the agent first; an unpatched one throws. Nothing is sent.
 */
final class SocketProof {
  private final String name;

  private SocketProof(String name) {
    this.name = name;
  }

  /** The classes that have lost their patch, as class files name them. On a thread of the agent. */
  static Set<String> lost(SocketPatcher patcher) {
    Set<String> lost = new TreeSet<>();
    for (String name :
        new String[] {
          "java/net/DatagramSocket",
          "sun/nio/ch/DatagramChannelImpl",
          "sun/nio/ch/DatagramSocketAdaptor",
          "java/net/Socket",
          "sun/nio/ch/SocketChannelImpl",
          "sun/nio/ch/SocketAdaptor"
        }) {
      if (patcher.has(name) && !new SocketProof(name).isPatched()) {
        lost.add(name);
      }
    }
    return lost;
  }

  private boolean isPatched() {
    try {
      connect(ProbeName.server());
      return false;
    } catch (RedirectionGate.ProbeReached patched) {
      return true;
    } catch (IOException | RuntimeException closed) {
      return false;
    }
  }

  private void connect(InetSocketAddress nowhere) throws IOException {
    switch (name) {
      case "java/net/DatagramSocket":
        closed(new UdpWithoutFactory()).connect(nowhere);
        return;
      case "sun/nio/ch/DatagramChannelImpl":
        closed(DatagramChannel.open()).connect(nowhere);
        return;
      case "sun/nio/ch/DatagramSocketAdaptor":
        closed(DatagramChannel.open()).socket().connect(nowhere);
        return;
      case "java/net/Socket":
        closed(new WithoutFactory()).connect(nowhere);
        return;
      case "sun/nio/ch/SocketAdaptor":
        closed(SocketChannel.open()).socket().connect(nowhere);
        return;
      default:
        closed(SocketChannel.open()).connect(nowhere);
    }
  }

  /**
   * Uses a constructor that is not public, because the public ones ask the program's factory
   * ({@code Socket.setSocketImplFactory}).
   */
  private static final class WithoutFactory extends Socket {
    WithoutFactory() throws SocketException {
      super((SocketImpl) null);
    }
  }

  /** The same for {@code DatagramSocket.setDatagramSocketImplFactory}. */
  private static final class UdpWithoutFactory extends DatagramSocket {
    UdpWithoutFactory() {
      super(new ClosedDatagramSocketImpl());
    }
  }

  private static <T extends Closeable> T closed(T socket) throws IOException {
    socket.close();
    return socket;
  }
}
