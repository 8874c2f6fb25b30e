package io.github.dotagent.it.programs;

import static io.github.dotagent.it.programs.DnsOctets.RECURSION_DESIRED;
import static io.github.dotagent.it.programs.DnsOctets.TYPE_A;
import static io.github.dotagent.it.programs.DnsOctets.answer;
import static io.github.dotagent.it.programs.DnsOctets.query;
import static io.github.dotagent.it.programs.DnsOctets.withBadCookie;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import javax.naming.NamingEnumeration;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * Asks a DNS server by itself, past InetAddress, in every way that the JDK has. The arguments: a
 * server's address, then pairs of a way and a name; without those they are read from stdin, a pair
 * a line. Prints one line for each.
 */
public final class OwnDns {
  private static final int DNS = 53;

  /** The first answer waits for a connection, which takes long on a busy machine. */
  private static final int ANSWER_MILLIS = 15_000;

  private static final int TIMEOUT_MILLIS = 5_000;

  /** This gets no answer: the server must only have seen it. */
  private static final int SILENCE_MILLIS = 500;

  private static final int AXFR = 252;

  private OwnDns() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    InetAddress server = InetAddress.getByName(args[0]);
    InetSocketAddress address = new InetSocketAddress(server, DNS);
    for (int i = 1; i < args.length; i += 2) {
      print(args[i], address, args[i + 1]);
    }
    if (args.length == 1) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        print(words[0], address, words[1]);
      }
    }
  }

  private static void print(String way, InetSocketAddress server, String name) {
    String line;
    try {
      line = ask(way, server, name);
    } catch (Exception failed) {
      line = failed.toString();
    }
    System.out.println((way + " " + line).trim());
    System.out.flush();
  }

  /** Loads the classes, and sends nothing. */
  private static String open() throws IOException {
    new DatagramSocket().close();
    DatagramChannel.open().close();
    new Socket().close();
    SocketChannel.open().close();
    return "and closed";
  }

  /** The outcome. */
  static String ask(String way, InetSocketAddress server, String name) throws Exception {
    switch (way) {
      case "open":
        return open();
      case "name": // no query of this program's
        return InetAddress.getByName(name).getHostAddress();
      case "set": // no query either: a system property, KEY=VALUE
        System.setProperty(
            name.substring(0, name.indexOf('=')), name.substring(name.indexOf('=') + 1));
        return "";
      case "firstDatagram":
        new DatagramSocket().close(); // the first class of UDP in this JVM
        return OwnDnsOverTcp.tcp(server, name);
      case "socket":
        return socket(server, name, false);
      case "connected":
        return socket(server, name, true);
      case "channel":
        return channel(server, name, false);
      case "connectedChannel":
        return channel(server, name, true);
      case "multicast":
        return multicast(server, name);
      case "adaptor":
        try (DatagramChannel channel = DatagramChannel.open()) {
          return over(channel.socket(), server, name, false);
        }
      case "burst":
        return OwnDnsBurst.of(server, name);
      case "tcp":
        return OwnDnsOverTcp.tcp(server, name);
      case "tcpChannel":
        return OwnDnsOverTcp.tcpChannel(server, name);
      case "tcpAsynchronous":
        return OwnDnsOverTcp.tcpAsynchronous(server, name);
      case "line":
        return OwnDnsOverTcp.line(server, name);
      case "transfer":
        return answer(
            exchange(server, query(name, AXFR, RECURSION_DESIRED), TIMEOUT_MILLIS), server);
      case "authoritative":
        return answer(exchange(server, query(name, TYPE_A, 0), TIMEOUT_MILLIS), server);
      case "badCookie":
        byte[] query = withBadCookie(query(name, TYPE_A, RECURSION_DESIRED));
        return answer(exchange(server, query, ANSWER_MILLIS), server);
      case "garbage":
        return answer(exchange(server, new byte[] {1, 2, 3}, SILENCE_MILLIS), server);
      case "jndiAll":
        return jndiAll(server, name);
      default: // jndi and a type, such as jndiTXT
        return jndi(server, name, way.substring("jndi".length()));
    }
  }

  private static String socket(InetSocketAddress server, String name, boolean connected)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return over(socket, server, name, connected);
    }
  }

  /** Deprecated, and there up to Java 25. */
  @SuppressWarnings("deprecation")
  private static String multicast(InetSocketAddress server, String name) throws IOException {
    try (MulticastSocket socket = new MulticastSocket()) {
      socket.setSoTimeout(ANSWER_MILLIS);
      byte[] query = query(name, TYPE_A, RECURSION_DESIRED);
      DatagramPacket packet = new DatagramPacket(query, query.length, server);
      try {
        socket.send(packet, (byte) 1);
      } catch (NoSuchMethodError fromJava26On) {
        socket.send(packet);
      }
      DatagramPacket received = new DatagramPacket(new byte[512], 512);
      socket.receive(received);
      return answer(received.getData(), received.getSocketAddress());
    }
  }

  private static String over(
      DatagramSocket socket, InetSocketAddress server, String name, boolean connected)
      throws IOException {
    socket.setSoTimeout(ANSWER_MILLIS);
    if (connected) {
      socket.connect(server.getAddress(), DNS);
    }
    byte[] query = query(name, TYPE_A, RECURSION_DESIRED);
    DatagramPacket sent = new DatagramPacket(query, query.length, server);
    socket.send(sent);
    DatagramPacket received = new DatagramPacket(new byte[512], 512);
    socket.receive(received);
    String remote = "";
    if (connected) {
      DatagramPacket unaddressed = new DatagramPacket(query, query.length);
      socket.send(unaddressed); // the socket fills in the address
      remote =
          " of "
              + socket.getRemoteSocketAddress()
              + unless(server, unaddressed.getAddress(), unaddressed.getPort())
              + unless(server, socket.getInetAddress(), socket.getPort());
    }
    return answer(received.getData(), received.getSocketAddress())
        + (sent.getSocketAddress().equals(server) ? "" : " but the packet was changed")
        + remote;
  }

  private static String channel(InetSocketAddress server, String name, boolean connected)
      throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      ByteBuffer query = ByteBuffer.wrap(query(name, TYPE_A, RECURSION_DESIRED));
      ByteBuffer response = ByteBuffer.allocate(512);
      SocketAddress from;
      String remote = "";
      if (connected) {
        channel.connect(server);
        channel.write(query);
        channel.read(response);
        from = channel.getRemoteAddress();
        remote = unless(server, channel.socket().getInetAddress(), channel.socket().getPort());
      } else {
        channel.send(query, server);
        from = channel.receive(response);
      }
      return answer(response.array(), from) + remote;
    }
  }

  /** Empty if an address in two parts is the server's. */
  static String unless(InetSocketAddress server, InetAddress address, int port) {
    return server.equals(new InetSocketAddress(address, port))
        ? ""
        : " but " + address + " " + port;
  }

  private static byte[] exchange(InetSocketAddress server, byte[] query, int timeout)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(timeout);
      socket.send(new DatagramPacket(query, query.length, server));
      DatagramPacket received = new DatagramPacket(new byte[512], 512);
      socket.receive(received);
      return received.getData();
    }
  }

  private static String jndi(InetSocketAddress server, String name, String type) throws Exception {
    Attribute found = context(server).getAttributes(name, new String[] {type}).get(type);
    List<String> values = new ArrayList<>();
    if (found != null) {
      NamingEnumeration<?> all = found.getAll();
      while (all.hasMore()) {
        values.add(String.valueOf(all.next()));
      }
    }
    Collections.sort(values);
    String text = values.toString();
    return text.length() > 200 ? "of " + text.length() + " characters" : text;
  }

  /** The types of all that there is of a name; it is asked for as any type of any class. */
  private static String jndiAll(InetSocketAddress server, String name) throws Exception {
    List<String> types = new ArrayList<>();
    NamingEnumeration<String> all = context(server).getAttributes(name).getIDs();
    while (all.hasMore()) {
      types.add(all.next());
    }
    Collections.sort(types);
    return types.toString();
  }

  private static DirContext context(InetSocketAddress server) throws Exception {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    environment.put("java.naming.provider.url", "dns://" + server.getAddress().getHostAddress());
    return new InitialDirContext(environment);
  }
}
