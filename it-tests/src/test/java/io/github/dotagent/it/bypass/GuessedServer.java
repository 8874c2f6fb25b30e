package io.github.dotagent.it.bypass;

import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.MalformedMessage;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import io.github.dotagent.it.harness.zone.AnswerWriter;
import io.github.dotagent.it.harness.zone.Zone;
import io.github.dotagent.it.harness.zone.ZoneAnswer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A server before whose response come guesses of a host that could not see the query: one of
 * another id, and one to another question.
 */
final class GuessedServer implements AutoCloseable {
  private static final int LONGEST = 512; // RFC 1035 §4.2.1
  private static final int FIRST_LETTER = 13; // of the question's name, behind its length

  private final Zone zone;
  private final DatagramSocket udp;
  private final ServerSocket tcp;

  private GuessedServer(Zone zone, DatagramSocket udp, ServerSocket tcp) {
    this.zone = zone;
    this.udp = udp;
    this.tcp = tcp;
  }

  /**
   * @param address literal
   */
  static GuessedServer on(String address, Zone zone) {
    try {
      InetAddress literal = InetAddress.getByName(address); // of a literal: no lookup
      GuessedServer server =
          new GuessedServer(
              zone, new DatagramSocket(53, literal), new ServerSocket(53, 1, literal));
      daemon(server::serveUdp, "guessed-udp");
      daemon(server::serveTcp, "guessed-tcp");
      return server;
    } catch (IOException cannotListen) {
      throw new UncheckedIOException(cannotListen);
    }
  }

  String address() {
    return udp.getLocalAddress().getHostAddress();
  }

  private static void daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void serveUdp() {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    while (!udp.isClosed()) {
      try {
        packet.setLength(LONGEST);
        udp.receive(packet);
        for (byte[] message : messages(Arrays.copyOf(packet.getData(), packet.getLength()))) {
          udp.send(new DatagramPacket(message, message.length, packet.getSocketAddress()));
        }
      } catch (IOException closedOrGone) {
        // Closed: the loop ends. A client that is gone: the next one.
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket client = tcp.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        for (byte[] message : messages(query)) {
          out.writeShort(message.length);
          out.write(message);
        }
      } catch (IOException closedOrGone) {
        // Closed: the loop ends. A client that is gone: the next one.
      }
    }
  }

  private List<byte[]> messages(byte[] octets) throws IOException {
    try {
      DnsQuery query = DnsQuery.parse(octets);
      byte[] response = written(query, zone.answer(query.name(), query.type()));
      byte[] otherId = written(query, ZoneAnswer.failure(ResponseCodes.REFUSED));
      otherId[0] ^= 1;
      byte[] otherName = written(query, ZoneAnswer.failure(ResponseCodes.REFUSED));
      otherName[FIRST_LETTER] ^= 1;
      return List.of(otherId, otherName, response);
    } catch (MalformedMessage noQuery) {
      throw new IOException(noQuery);
    }
  }

  private static byte[] written(DnsQuery query, ZoneAnswer answer) {
    return AnswerWriter.response(query, answer, Optional.empty());
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }
}
