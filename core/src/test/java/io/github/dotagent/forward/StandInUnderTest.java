package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.wire.ForwardedQuery;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in on a loop that runs, with a clock that stands still, and the server in whose place it
 * answers: all on loopback. Names below {@code internal} are the system's, so that queries for them
 * go to that server in the clear.
 */
final class StandInUnderTest implements AutoCloseable {
  static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  static final int A = 1;
  static final int AXFR = 252;

  /** Only a failing test waits so long. */
  static final int LONG_MILLIS = 20_000;

  private static final int HEADER = 12;

  final ManualTimers timers = new ManualTimers();
  final RecordedLog log = new RecordedLog();
  final Bypasses bypasses = new Bypasses();
  final CountDownLatch ended = new CountDownLatch(1);
  final ForwardLoop loop;
  final DatagramSocket udpServer;
  final ServerSocket tcpServer;
  volatile boolean block; // bypass=block
  volatile Error error; // thrown by a lookup over TLS; null: none

  /** Those that came for the servers of the settings. */
  final BlockingQueue<OverTls> overTls = new LinkedBlockingQueue<>();

  private final InetSocketAddress address;

  /** A query for the servers of the settings. */
  static final class OverTls extends CompletableFuture<byte[]> {
    final ForwardedQuery query;

    OverTls(ForwardedQuery query) {
      this.query = query;
    }
  }

  final NamePlaces places =
      new ForwarderTest.NoPlaces() {
        @Override
        public boolean isSystems(String name) {
          return name.endsWith("internal");
        }

        @Override
        public boolean refusesCleartext() {
          return block;
        }
      };

  final ForwardPort port =
      query -> {
        if (error != null) {
          throw error;
        }
        OverTls asked = new OverTls(query);
        overTls.add(asked);
        return asked;
      };

  StandInUnderTest() throws Exception {
    this(null);
  }

  /**
   * @param sockets as for {@link LoopbackProxy#begin}
   */
  StandInUnderTest(KernelSockets sockets) throws Exception {
    tcpServer = new ServerSocket(0, 300, LOOPBACK);
    tcpServer.setSoTimeout(LONG_MILLIS);
    // the number of a port of TCP is seldom taken for UDP
    udpServer = new DatagramSocket(tcpServer.getLocalPort(), LOOPBACK);
    udpServer.setSoTimeout(LONG_MILLIS);
    loop = new ForwardLoop(timers, log, ended::countDown);
    Thread thread = new Thread(loop, "loop");
    thread.setDaemon(true);
    thread.start();
    InetSocketAddress server = new InetSocketAddress(LOOPBACK, tcpServer.getLocalPort());
    LoopbackProxy standIn = LoopbackProxy.open(server);
    address = standIn.address();
    Forwarding forwarding =
        new Forwarding(
            server,
            port,
            places,
            new QueryPath(places),
            bypasses.of("the server"),
            new LineBudget(timers),
            log,
            loop);
    CompletableFuture<Void> begun = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            standIn.begin(loop, forwarding, sockets);
            begun.complete(null);
          } catch (IOException refused) {
            begun.completeExceptionally(refused);
          }
        });
    begun.get(LONG_MILLIS, TimeUnit.MILLISECONDS);
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() throws IOException {
    loop.close();
    try {
      assertTrue(ended.await(LONG_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    udpServer.close();
    tcpServer.close();
  }

  /** Runs it on the loop's thread, and waits for it. */
  void onLoop(Runnable task) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(
        () -> {
          task.run();
          done.countDown();
        });
    assertTrue(done.await(LONG_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** Each turn reads all channels, and looks for work that is over. */
  void turns() throws Exception {
    for (int i = 0; i < 3; i++) {
      onLoop(() -> {});
    }
  }

  void pass(Duration time) throws Exception {
    timers.advance(time);
    turns();
  }

  boolean owes() throws Exception {
    CompletableFuture<Boolean> owes = new CompletableFuture<>();
    onLoop(() -> owes.complete(loop.owes()));
    return owes.get();
  }

  OverTls nextOverTls() throws Exception {
    OverTls next = overTls.poll(LONG_MILLIS, TimeUnit.MILLISECONDS);
    assertTrue(next != null, "no query came");
    return next;
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

  /** A valid message of this length in response to a zone transfer, filled with zeros. */
  static byte[] message(byte[] query, int length) {
    return Arrays.copyOf(response(query), Math.max(HEADER, length));
  }

  DatagramSocket udpClient() throws IOException {
    DatagramSocket client = new DatagramSocket(0, LOOPBACK);
    client.connect(address);
    client.setSoTimeout(LONG_MILLIS);
    return client;
  }

  static void send(DatagramSocket socket, byte[] octets) throws IOException {
    socket.send(new DatagramPacket(octets, octets.length));
  }

  static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
    socket.receive(packet);
    packet.setData(Arrays.copyOf(packet.getData(), packet.getLength()));
    return packet;
  }

  Socket tcpClient() throws IOException {
    Socket client = new Socket(LOOPBACK, address.getPort());
    client.setSoTimeout(LONG_MILLIS);
    return client;
  }

  Socket accept() throws IOException {
    Socket accepted = tcpServer.accept();
    accepted.setSoTimeout(LONG_MILLIS);
    return accepted;
  }

  static void write(Socket socket, byte[]... messages) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      all.writeBytes(FrameReader.framed(message).array());
    }
    socket.getOutputStream().write(all.toByteArray());
  }

  static byte[] read(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    return message;
  }

  static boolean isAtEnd(Socket socket) throws IOException {
    return socket.getInputStream().read() < 0;
  }

  List<String> warnings() {
    return log.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
  }
}
