package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.net.SuppressForbidden;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The network of this JVM. No agent runs in this JVM. */
final class ThisNetwork implements Network {
  /** No host has this address (RFC 5737 §3); it takes the default route. */
  private static final byte[] SOMEWHERE = {(byte) 192, 0, 2, 1};

  private static final int ANY_PORT = 9; // discard (RFC 863): nothing is sent there

  private final int limitMillis;

  /**
   * @param limitMillis how long the system resolver may take
   */
  ThisNetwork(int limitMillis) {
    this.limitMillis = limitMillis;
  }

  /** Connecting a datagram socket sends nothing: the kernel only looks for a route. */
  @Override
  public boolean leadsToIpv4() {
    try (DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET)) {
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(SOMEWHERE), ANY_PORT));
      return true;
    } catch (IOException noRoute) {
      return false;
    }
  }

  @Override
  public List<InetAddress> ipv6Of(String name) {
    FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> known(name));
    Thread thread = new Thread(lookup, "dot-agent-doctor system resolver");
    thread.setDaemon(true); // the lookup may last longer than its caller waits
    thread.start();
    try {
      return lookup.get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unknown) {
      return Collections.emptyList();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Collections.emptyList();
    }
  }

  @SuppressForbidden(
      "what the system resolver makes up cannot be asked over TLS; no hook is in this JVM")
  private static List<InetAddress> known(String name) throws IOException {
    List<InetAddress> found = new ArrayList<>();
    for (InetAddress address : InetAddress.getAllByName(name)) {
      if (address instanceof Inet6Address) {
        found.add(address);
      }
    }
    return found;
  }
}
