package io.github.dotagent.forward;

import io.github.dotagent.forward.KernelSockets.Owner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Checks whether a client of a loopback port is a socket of this process, because every user of the
 * machine reaches loopback. For one transport of one port; on the loop's thread.
 */
final class PeerCheck {
  /** How long a known owner is valid, so that a burst from one port is looked up once. */
  private static final long HOLDS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * The most looks for all waiting peers: the kernel gives a list in pieces, and may skip a socket
   * while others are closed.
   */
  private static final int MOST_LOOKS = 3;

  private final KernelSockets sockets; // null: sockets cannot be listed
  private final boolean udp;
  private final InetSocketAddress port;
  private final ForwardLoop loop;
  private final Map<InetSocketAddress, Owner> known = new HashMap<>(); // UDP peers only
  private long knownSince;
  private KernelSockets.Look look; // null: no look yet for the waiting peers
  private int looks; // for all waiting peers together

  /**
   * @param sockets null if owners cannot be known: then every client is served
   * @param port the port of the agent
   */
  PeerCheck(KernelSockets sockets, boolean udp, InetSocketAddress port, ForwardLoop loop) {
    this.sockets = sockets;
    this.udp = udp;
    this.port = port;
    this.loop = loop;
  }

  /** New clients have arrived; their sockets may be newer than the last look. */
  void othersCame() {
    look = null;
    looks = 0;
  }

  /**
   * The owner of the client's socket.
   *
   * @throws IOException if the system does not say
   */
  Owner ownerOf(InetSocketAddress peer) throws IOException {
    if (sockets == null) {
      return Owner.THIS_PROCESS;
    }
    long now = loop.nanoTime();
    if (now - knownSince > HOLDS_NANOS) {
      known.clear();
      knownSince = now;
    }
    Owner owner = known.get(peer);
    if (owner == null) {
      owner = lookedUp(peer);
      if (udp) {
        known.put(peer, owner);
      }
    }
    return owner;
  }

  private Owner lookedUp(InetSocketAddress peer) throws IOException {
    Owner owner = look == null ? Owner.NOT_LISTED : look.ownerOf(peer, udp ? null : port);
    while (owner == Owner.NOT_LISTED && looks < MOST_LOOKS) {
      looks++;
      look = sockets.look(udp);
      owner = look.ownerOf(peer, udp ? null : port);
    }
    return owner;
  }
}
