package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port of a stand-in: the same for UDP and TCP. */
class LoopbackProxyTest {
  private static final InetSocketAddress SERVER = StandInUnderTest.SERVER;
  private static final int ATTEMPTS = 8; // for each address

  private final MemoryNetwork network = new MemoryNetwork();

  private LoopbackProxy open() throws IOException {
    return LoopbackProxy.open(network, SERVER);
  }

  @Test
  void udpAndTcpHaveTheSamePort() throws IOException {
    LoopbackProxy standIn = open();
    assertEquals("/127.0.0.1", standIn.address().getAddress().toString());
    assertTrue(network.datagrams.containsKey(standIn.address()));
    assertTrue(network.listeners.containsKey(standIn.address()));
    assertEquals(SERVER, standIn.server());
  }

  @Test
  void aLargeReceiveBufferIsRequested() throws IOException {
    LoopbackProxy standIn = open();
    assertEquals(
        1_000_000,
        network.datagrams.get(standIn.address()).options.get(StandardSocketOptions.SO_RCVBUF));
  }

  @Test
  void aRefusedReceiveBufferIsNoFailure() throws IOException {
    network.refusesOptions = true;
    open();
    assertEquals(2, network.openChannels());
  }

  @Test
  void aPortTakenForTcpIsReleasedAndAnotherTried() throws IOException {
    network.takenPorts = ATTEMPTS - 1;
    assertEquals("/127.0.0.1", open().address().getAddress().toString());
    assertEquals(2, network.openChannels());
  }

  @Test
  void afterEightAttemptsIpv6LoopbackIsUsed() throws IOException {
    network.takenPorts = ATTEMPTS;
    assertEquals("/0:0:0:0:0:0:0:1", open().address().getAddress().toString());
    assertEquals(2, network.openChannels());
  }

  @Test
  void withoutIpv4Ipv6LoopbackIsUsed() throws Exception {
    network.missing.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    assertEquals("/0:0:0:0:0:0:0:1", open().address().getAddress().toString());
  }

  @Test
  void withoutAFreePortItFailsWithABindException() {
    network.takenPorts = 2 * ATTEMPTS;
    assertThrows(BindException.class, this::open);
    assertEquals(0, network.openChannels());
    assertEquals(0, network.takenPorts);
  }

  @Test
  void withoutFilesItFailsAtOnce() {
    network.filesLeft = 1;
    assertThrows(SocketException.class, this::open);
    assertEquals(0, network.openChannels());
  }

  @Test
  void closeClosesUdpAndTcp() throws IOException {
    LoopbackProxy standIn = open();
    standIn.close();
    assertEquals(0, network.openChannels());
  }

  /** The kernel's lists count when they have both sockets as this process's. */
  @Test
  void itIsListedIfBothSocketsAreThisProcesss(@TempDir Path proc) throws Exception {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "big-endian");
    Files.createDirectories(proc.resolve("self/net"));
    Files.createDirectories(proc.resolve("self/fd"));
    Files.createSymbolicLink(proc.resolve("self/fd/5"), Path.of("socket:[77]"));
    Files.writeString(proc.resolve("self/status"), "Uid:\t1\t1\t1\t1000\n");
    LoopbackProxy standIn = open();
    try (KernelSockets sockets = new KernelSockets(proc)) {
      list(proc, "udp", standIn, 77);
      list(proc, "tcp", standIn, 77);
      assertTrue(standIn.isListed(sockets));
      list(proc, "tcp", standIn, 78);
      assertFalse(standIn.isListed(sockets));
      list(proc, "tcp", standIn, 77);
      list(proc, "udp", standIn, 78);
      assertFalse(standIn.isListed(sockets));
    }
  }

  private static void list(Path proc, String name, LoopbackProxy standIn, int inode)
      throws IOException {
    Files.writeString(
        proc.resolve("self/net/" + name),
        String.format(
            "sl local_address\n  1: 0100007F:%04X 00000000:0000 07 0:0 00:0 0  1000 0 %d 2 0 0\n",
            standIn.address().getPort(), inode));
  }
}
