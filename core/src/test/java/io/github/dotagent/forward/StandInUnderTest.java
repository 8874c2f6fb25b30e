package io.github.dotagent.forward;

import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.wire.ForwardedQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A stand-in on a network in memory, and the server in whose place it answers. The test's thread
 * turns the loop, and moves the clock. Names below {@code internal} are the system's, so that
 * queries for them go to that server in the clear.
 */
final class StandInUnderTest {
  static final int A = 1;
  static final int AXFR = 252;

  static final InetAddress SERVERS = address(192, 0, 2, 53);
  static final InetSocketAddress SERVER = new InetSocketAddress(SERVERS, 53);
  private static final InetAddress LOOPBACK = address(127, 0, 0, 1);

  private static final int HEADER = 12;
  private static final int RCODE = 0x0f;

  final MemoryNetwork network = new MemoryNetwork();
  final ManualTimers timers = new ManualTimers();
  final RecordedLog log = new RecordedLog();
  final Bypasses bypasses = new Bypasses();
  final ForwardLoop loop;
  final MemoryNetwork.Listener tcpServer;
  final MemoryNetwork.Datagrams udpServer;
  final MemoryNetwork.Datagrams udpPort; // the stand-in's
  final InetSocketAddress address;
  final QueryHandler handler;
  boolean block; // bypass=block
  boolean opportunistic;
  Throwable error; // thrown by a lookup over TLS; null: none
  Runnable onQuery = () -> {}; // done while a query over TLS is handled

  /** Those that came for the servers of the settings. */
  final Deque<OverTls> overTls = new ArrayDeque<>();

  /** A query for the servers of the settings. */
  static final class OverTls extends CompletableFuture<byte[]> {
    final ForwardedQuery query;

    OverTls(ForwardedQuery query) {
      this.query = query;
    }

    /** The response has as many addresses. */
    void answer(int addresses) {
      complete(withAddresses(response(query.octetsWithoutEdns()), addresses));
    }
  }

  final NamePlaces places =
      new ForwarderTest.NoPlaces() {
        @Override
        public boolean isSystems(String name) {
          return name.endsWith("internal");
        }

        @Override
        public boolean mayLeaveInClear(String name) {
          return opportunistic;
        }

        @Override
        public boolean refusesCleartext() {
          return block;
        }
      };

  final ForwardPort port =
      query -> {
        onQuery.run();
        if (error instanceof Error) {
          throw (Error) error;
        }
        OverTls asked = new OverTls(query);
        overTls.add(asked);
        return asked;
      };

  StandInUnderTest() throws IOException {
    this(null);
  }

  /**
   * @param sockets as for {@link LoopbackProxy#begin}
   */
  StandInUnderTest(KernelSockets sockets) throws IOException {
    tcpServer = network.openServerSocketChannel();
    tcpServer.bind(SERVER, 0);
    udpServer = network.openDatagramChannel().bind(SERVER);
    loop = new ForwardLoop(network, timers, log, () -> {});
    LoopbackProxy standIn = LoopbackProxy.open(network, SERVER);
    address = standIn.address();
    udpPort = network.datagrams.get(address);
    handler =
        new QueryHandler(
            SERVER,
            port,
            places,
            new QueryPath(places),
            bypasses.of("the server"),
            new LineBudget(timers),
            log,
            loop);
    standIn.begin(loop, handler, sockets);
  }

  private static InetAddress address(int... octets) {
    byte[] address = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      address[i] = (byte) octets[i];
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (java.net.UnknownHostException wrongLength) {
      throw new AssertionError(wrongLength);
    }
  }

  /** Turns the loop until nothing is left to do. */
  void settle() {
    try {
      network.settle(loop);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Moves the clock, and lets the loop look for work that is over. */
  void pass(Duration time) {
    timers.advance(time);
    settle();
  }

  /** The next query for the servers of the settings. */
  OverTls nextOverTls() {
    return overTls.remove();
  }

  /** A query with RD, and with this id. */
  static byte[] query(int id, String name, int type) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes(new byte[] {(byte) (id >> 8), (byte) id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : name.split("\\.")) {
      octets.write(label.length());
      octets.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    octets.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
    return octets.toByteArray();
  }

  /** Without records. */
  static byte[] response(byte[] query) {
    byte[] response = query.clone();
    response[2] |= (byte) 0x80;
    return response;
  }

  /** The same with so many A records of the name in the question (RFC 1035 §4.1.3, §4.1.4). */
  static byte[] withAddresses(byte[] response, int count) {
    byte[] record = {(byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte) 192, 0, 2, 1};
    ByteBuffer all = ByteBuffer.allocate(response.length + count * record.length);
    all.put(response).putShort(6, (short) count);
    for (int i = 0; i < count; i++) {
      all.put(record);
    }
    return all.array();
  }

  /** A message of this length in response to a zone transfer, filled with zeros. */
  static byte[] message(byte[] query, int length) {
    return Arrays.copyOf(response(query), Math.max(HEADER, length));
  }

  static int id(byte[] message) {
    return ByteBuffer.wrap(message).getShort() & 0xffff;
  }

  static int rcode(byte[] message) {
    return message[3] & RCODE;
  }

  static List<Integer> ids(List<byte[]> messages) {
    return messages.stream().map(StandInUnderTest::id).toList();
  }

  /** A library's socket, connected to the stand-in. */
  MemoryNetwork.Datagrams udpClient() throws IOException {
    InetSocketAddress own = new InetSocketAddress(LOOPBACK, 0);
    return network.openDatagramChannel().bind(own).connect(address);
  }

  /** The library sends a datagram, which is handled. */
  void send(MemoryNetwork.Datagrams socket, byte[] octets) {
    socket.send(octets);
    settle();
  }

  /** A library's connection, accepted. */
  MemoryNetwork.Stream tcpClient() throws IOException {
    MemoryNetwork.Stream client = network.connect(address);
    settle();
    return client;
  }

  /** The connection that the server gets; null: none. */
  MemoryNetwork.Stream accept() throws IOException {
    return tcpServer.accept();
  }

  /** Writes octets as they are; they are handled. */
  void writeRaw(MemoryNetwork.Stream socket, byte[] octets) throws IOException {
    socket.write(ByteBuffer.wrap(octets));
    settle();
  }

  /** Writes messages at once, each with its length; they are handled. */
  void write(MemoryNetwork.Stream socket, byte[]... messages) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      all.writeBytes(FrameReader.framed(message).array());
    }
    writeRaw(socket, all.toByteArray());
  }

  /** The whole messages that have come; and those that come because these were read. */
  List<byte[]> read(MemoryNetwork.Stream socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] some = socket.take(); some.length > 0; some = socket.take()) {
      all.writeBytes(some);
      settle();
    }
    List<byte[]> messages = new ArrayList<>();
    ByteBuffer come = ByteBuffer.wrap(all.toByteArray());
    while (come.hasRemaining()) {
      byte[] message = new byte[come.getShort() & 0xffff];
      come.get(message);
      messages.add(message);
    }
    return messages;
  }

  /** Closes the side on which it sends. */
  void shutDown(MemoryNetwork.Stream socket) throws IOException {
    socket.shutdownOutput();
    settle();
  }

  void close(java.nio.channels.Channel channel) throws IOException {
    channel.close();
    settle();
  }

  List<String> warnings() {
    return log.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
  }
}
