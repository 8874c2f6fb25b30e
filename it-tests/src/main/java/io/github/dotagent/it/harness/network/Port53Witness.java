package io.github.dotagent.it.harness.network;

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
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Stands where a system's name server would, over UDP and TCP, and records everything that arrives:
 * the proof that nothing does. Everything is on record before it is answered, so that a program
 * that has its answer has been seen. Answers REFUSED, or from a zone, so that it can also be the
 * system resolver's server. Thread-safe.
 */
public final class Port53Witness implements AutoCloseable {
  private static final int MAX_DATAGRAM = 65535; // RFC 768: the length field has 16 bits
  private static final int BACKLOG = 50; // the JDK's own default
  private static final long WAKING_MILLIS = 5_000; // a closed accept() returns in far less
  private static final int SILENT_MILLIS = 2_000; // a client that says nothing blocks no other

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Function<DnsQuery, byte[]> responses;
  private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
  private final Thread watchingUdp = daemon(this::watchUdp, "port53-udp");
  private final Thread watchingTcp = daemon(this::watchTcp, "port53-tcp");

  private Port53Witness(
      DatagramSocket udp, ServerSocket tcp, Function<DnsQuery, byte[]> responses) {
    this.udp = udp;
    this.tcp = tcp;
    this.responses = responses;
  }

  /**
   * Refuses every question.
   *
   * @param address literal
   * @param port 53, or 0 for any that is free for both transports
   */
  public static Port53Witness open(String address, int port) {
    return responding(
        query -> response(query, ZoneAnswer.failure(ResponseCodes.REFUSED)), address, port);
  }

  /** Answers as the plain server of a system would. */
  public static Port53Witness answering(Zone zone, String address, int port) {
    return responding(
        query -> response(query, zone.answer(query.name(), query.type())), address, port);
  }

  /** Answers with any octets at all. */
  public static Port53Witness responding(
      Function<DnsQuery, byte[]> responses, String address, int port) {
    try {
      InetAddress literal = InetAddress.getByName(address); // of a literal: no lookup
      // TCP first: its free ports are the scarcer ones, for closed connections linger there.
      ServerSocket tcp = new ServerSocket(port, BACKLOG, literal);
      DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), literal);
      Port53Witness witness = new Port53Witness(udp, tcp, responses);
      witness.watchingUdp.start();
      witness.watchingTcp.start();
      return witness;
    } catch (IOException cannotListen) {
      throw new UncheckedIOException("cannot listen on " + address + " port " + port, cannotListen);
    }
  }

  public int port() {
    return udp.getLocalPort();
  }

  /** All that arrived so far; empty is what a test hopes for. */
  public List<Sighting> sightings() {
    return List.copyOf(sightings);
  }

  /** The port is free again when this returns. */
  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
      // The kernel may hold a port open until the thread that waits on it has woken.
      watchingUdp.join(WAKING_MILLIS);
      watchingTcp.join(WAKING_MILLIS);
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void watchUdp() {
    byte[] buffer = new byte[MAX_DATAGRAM];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] message = Arrays.copyOf(buffer, packet.getLength());
        byte[] answer = witnessed("udp", packet.getSocketAddress(), message);
        if (answer.length > 0) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException closedOrUnreachable) {
        // Closed: the loop ends. A client that is gone: the next one.
      }
    }
  }

  private void watchTcp() {
    while (!tcp.isClosed()) {
      try (Socket client = tcp.accept()) {
        client.setSoTimeout(SILENT_MILLIS);
        DataInputStream in = new DataInputStream(client.getInputStream());
        byte[] message = new byte[0];
        try {
          message = new byte[in.readUnsignedShort()]; // RFC 1035 §4.2.2
          in.readFully(message);
        } catch (IOException saysNothing) {
          // A bare connection is a sighting too.
        }
        byte[] answer = witnessed("tcp", client.getRemoteSocketAddress(), message);
        if (answer.length > 0) {
          DataOutputStream out = new DataOutputStream(client.getOutputStream());
          out.writeShort(answer.length);
          out.write(answer);
        }
      } catch (IOException closedOrGone) {
        // Closed: the loop ends. A client that is gone: the next one.
      }
    }
  }

  /** Writes a message down; gives the answer, or nothing to what is no query. */
  private byte[] witnessed(String transport, SocketAddress from, byte[] message) {
    try {
      DnsQuery query = DnsQuery.parse(message);
      sightings.add(new Sighting(transport, from, Sighting.question(query.name(), query.type())));
      return responses.apply(query);
    } catch (MalformedMessage noQuery) {
      sightings.add(new Sighting(transport, from, message.length + " octets, no query"));
      return new byte[0];
    }
  }

  private static byte[] response(DnsQuery query, ZoneAnswer answer) {
    return AnswerWriter.response(query, answer, Optional.empty());
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
