package io.github.dotagent.it.programs;

import static io.github.dotagent.it.programs.DnsOctets.HEADER;
import static io.github.dotagent.it.programs.DnsOctets.RECURSION_DESIRED;
import static io.github.dotagent.it.programs.DnsOctets.TYPE_A;
import static io.github.dotagent.it.programs.DnsOctets.answer;
import static io.github.dotagent.it.programs.DnsOctets.query;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Asks a DNS server by itself over TCP, in every way that the JDK has. */
final class OwnDnsOverTcp {
  private static final int TIMEOUT_MILLIS = 15_000;

  private OwnDnsOverTcp() {}

  static String tcp(InetSocketAddress server, String name) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      byte[] query = query(name, TYPE_A, RECURSION_DESIRED);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(query.length);
      out.write(query);
      socket.shutdownOutput(); // it still reads
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] response = new byte[in.readUnsignedShort()];
      in.readFully(response);
      return answer(response, socket.getRemoteSocketAddress())
          + OwnDns.unless(server, socket.getInetAddress(), socket.getPort());
    }
  }

  static String tcpChannel(InetSocketAddress server, String name) throws IOException {
    try (SocketChannel channel = SocketChannel.open(server)) {
      channel.write(framed(name));
      ByteBuffer response = ByteBuffer.allocate(514);
      while (response.position() < 2 + HEADER || !whole(response)) {
        channel.read(response);
      }
      Socket socket = channel.socket();
      return answer(unframed(response), channel.getRemoteAddress())
          + OwnDns.unless(server, socket.getInetAddress(), socket.getPort());
    }
  }

  static String tcpAsynchronous(InetSocketAddress server, String name) throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(server).get();
      channel.write(framed(name)).get();
      ByteBuffer response = ByteBuffer.allocate(514);
      while (response.position() < 2 + HEADER || !whole(response)) {
        channel.read(response).get();
      }
      return answer(unframed(response), channel.getRemoteAddress());
    }
  }

  /** What a server says to a line of another protocol; null: it says nothing. */
  static String line(InetSocketAddress server, String text) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  private static boolean whole(ByteBuffer frame) {
    return frame.position() >= 2 + frame.getShort(0);
  }

  private static ByteBuffer framed(String name) {
    byte[] query = query(name, TYPE_A, RECURSION_DESIRED);
    ByteBuffer frame = ByteBuffer.allocate(2 + query.length);
    frame.putShort((short) query.length).put(query).flip();
    return frame;
  }

  private static byte[] unframed(ByteBuffer frame) {
    byte[] message = new byte[frame.getShort(0)];
    System.arraycopy(frame.array(), 2, message, 0, message.length);
    return message;
  }
}
