package io.github.dotagent.it.programs;

import static io.github.dotagent.it.programs.DnsOctets.RECURSION_DESIRED;
import static io.github.dotagent.it.programs.DnsOctets.TYPE_A;
import static io.github.dotagent.it.programs.DnsOctets.query;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.BitSet;

/** Asks a DNS server many questions in one instant, over one socket. */
final class OwnDnsBurst {
  /**
   * More than a socket of Linux has room for unless it asks for more, and less than it may have
   * where net.core.rmem_max is unchanged.
   */
  private static final int QUERIES = 500;

  /** For those queries, and as many responses: the reader is not to be in a hurry. */
  private static final int ROOM = 1_000_000;

  private static final int ANSWER_MILLIS = 60_000;

  private OwnDnsBurst() {}

  static String of(InetSocketAddress server, String name) throws IOException {
    DatagramPacket[] queries = new DatagramPacket[QUERIES];
    for (int i = 0; i < QUERIES; i++) {
      byte[] query = query("b" + i + "." + name, TYPE_A, RECURSION_DESIRED);
      query[0] = (byte) (i >> 8); // its id
      query[1] = (byte) i;
      queries[i] = new DatagramPacket(query, query.length, server);
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setReceiveBufferSize(ROOM);
      socket.setSoTimeout(ANSWER_MILLIS);
      for (DatagramPacket query : queries) {
        socket.send(query);
      }
      return answered(socket) + " of " + QUERIES + " answered";
    }
  }

  private static int answered(DatagramSocket socket) throws IOException {
    BitSet answered = new BitSet();
    try {
      while (answered.cardinality() < QUERIES) {
        DatagramPacket response = new DatagramPacket(new byte[512], 512);
        socket.receive(response);
        byte[] octets = response.getData();
        answered.set((octets[0] & 0xff) << 8 | octets[1] & 0xff);
      }
    } catch (SocketTimeoutException noMore) {
      // the rest is lost
    }
    return answered.cardinality();
  }
}
