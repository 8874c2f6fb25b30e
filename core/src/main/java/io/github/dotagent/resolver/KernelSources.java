package io.github.dotagent.resolver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * Asks the kernel by connecting a UDP socket, as {@code getaddrinfo} does: that chooses a route and
 * sends nothing. With a channel, because a DatagramSocket hides that there is no route.
 */
final class KernelSources implements DestinationOrder.SourceAddresses {
  /** Any port: nothing is sent. This is the discard port (RFC 863). */
  private static final int PORT = 9;

  @Override
  public InetAddress sourceFor(InetAddress destination) {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.connect(new InetSocketAddress(destination, PORT));
      SocketAddress local = channel.getLocalAddress();
      return local instanceof InetSocketAddress ? ((InetSocketAddress) local).getAddress() : null;
    } catch (IOException | RuntimeException noRoute) {
      // the second exception: the channel lacks this address family
      return null;
    }
  }
}
