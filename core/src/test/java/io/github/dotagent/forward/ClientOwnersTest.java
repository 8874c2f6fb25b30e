package io.github.dotagent.forward;

import static io.github.dotagent.forward.StandInUnderTest.A;
import static io.github.dotagent.forward.StandInUnderTest.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.forward.MemoryNetwork.Datagrams;
import io.github.dotagent.forward.MemoryNetwork.Stream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only sockets of this process are served; with lists as in {@link KernelSocketsTest}. */
class ClientOwnersTest {
  private static final int OURS = 1000; // uid
  private static final int OTHERS = 65534;

  private static final List<String> STRANGER =
      List.of(
          "WARN the port that stands in for the server does not serve another user of this"
              + " machine");

  @TempDir Path proc;
  private KernelSockets sockets;
  private StandInUnderTest standIn;

  @BeforeEach
  void start() throws IOException {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "big-endian");
    Files.createDirectories(proc.resolve("self/net"));
    Files.createDirectories(proc.resolve("self/fd"));
    Files.createSymbolicLink(proc.resolve("self/fd/5"), Path.of("socket:[77]"));
    Files.writeString(proc.resolve("self/status"), "Uid:\t1\t1\t1\t" + OURS + "\n");
    sockets = new KernelSockets(proc);
    standIn = new StandInUnderTest(sockets);
  }

  @AfterEach
  void end() {
    if (sockets != null) {
      sockets.close();
    }
  }

  private void list(String name, String lines) throws IOException {
    Files.writeString(proc.resolve("self/net/" + name), "sl local_address\n" + lines);
  }

  private String line(InetSocketAddress at, int uid) {
    return String.format(
        "  1: 0100007F:%04X 0100007F:%04X 07 0:0 00:0 0  %d 0 %d 2 0 0\n",
        at.getPort(), standIn.address.getPort(), uid, uid == OURS ? 77 : 78);
  }

  @Test
  void onlyStreamsOfThisProcessAreServed() throws IOException {
    Stream ours = standIn.network.connect(standIn.address);
    Stream others = standIn.network.connect(standIn.address);
    list("tcp", line(ours.getLocalAddress(), OURS) + line(others.getLocalAddress(), OTHERS));
    standIn.settle();
    assertFalse(ours.isClosedByPeer());
    assertTrue(others.isClosedByPeer());
    assertEquals(STRANGER, standIn.warnings());
  }

  /** A port may have connections of several users, each to another port. */
  @Test
  void aStreamOfAnotherUserIsClosedAlthoughThisProcessUsesItsPort() throws IOException {
    Stream ours = standIn.network.connect(standIn.address);
    Stream others = standIn.network.connect(standIn.address);
    String elsewhere =
        String.format(
            "  1: 0100007F:%04X 0100007F:0050 07 0:0 00:0 0  1000 0 77 2 0 0\n",
            others.getLocalAddress().getPort());
    list(
        "tcp",
        line(ours.getLocalAddress(), OURS) + elsewhere + line(others.getLocalAddress(), OTHERS));
    standIn.settle();
    assertFalse(ours.isClosedByPeer());
    assertTrue(others.isClosedByPeer());
  }

  /** In a burst they are looked up together. */
  @Test
  void ofManyStreamsAtOnceOnlyTheStrangersIsClosed() throws IOException {
    List<Stream> all = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 130; i++) {
      Stream one = standIn.network.connect(standIn.address);
      all.add(one);
      lines.append(line(one.getLocalAddress(), i == 100 ? OTHERS : OURS));
    }
    list("tcp", lines.toString());
    standIn.settle();
    for (int i = 0; i < all.size(); i++) {
      assertEquals(i == 100, all.get(i).isClosedByPeer(), "stream " + i);
    }
  }

  /** Its owner is not known; later the list may be there again. */
  @Test
  void withoutAListStreamsAreClosedAndLaterOnesWait() throws IOException {
    Files.createDirectory(proc.resolve("self/net/tcp"));
    Stream first = standIn.network.connect(standIn.address);
    Stream second = standIn.network.connect(standIn.address);
    standIn.settle();
    assertTrue(first.isClosedByPeer());
    assertTrue(second.isClosedByPeer());
    assertEquals(1, standIn.warnings().size());
    Files.delete(proc.resolve("self/net/tcp"));
    Stream third = standIn.tcpClient();
    list("tcp", line(third.getLocalAddress(), OURS));
    standIn.pass(Duration.ofSeconds(1));
    standIn.write(third, query(1, "www.example", A));
    assertEquals(1, standIn.overTls.size());
  }

  @Test
  void onlyDatagramsOfThisProcessAreServed() throws IOException {
    Datagrams ours = standIn.udpClient();
    Datagrams others = standIn.udpClient();
    list("udp", line(ours.getLocalAddress(), OURS) + line(others.getLocalAddress(), OTHERS));
    others.send(query(1, "other.example", A));
    ours.send(query(2, "www.example", A));
    others.send(query(3, "other.example", A));
    standIn.settle();
    assertEquals("www.example", standIn.nextOverTls().query.name());
    assertTrue(standIn.overTls.isEmpty());
    assertEquals(STRANGER, standIn.warnings());
  }

  @Test
  void withoutAListDatagramsAreDropped() throws IOException {
    Files.createDirectory(proc.resolve("self/net/udp"));
    Datagrams client = standIn.udpClient();
    standIn.send(client, query(1, "www.example", A));
    standIn.send(client, query(2, "www.example", A));
    assertTrue(standIn.overTls.isEmpty());
    assertEquals(2, standIn.warnings().size(), standIn.warnings().toString());
    Files.delete(proc.resolve("self/net/udp"));
    list("udp", line(client.getLocalAddress(), OURS));
    standIn.send(client, query(3, "www.example", A));
    assertEquals(1, standIn.overTls.size());
  }

  /** Such a socket waits for no response. */
  @Test
  void aDatagramOfAClosedSocketIsDroppedAndLaterOnesAreServed() throws IOException {
    list("udp", "");
    standIn.send(standIn.udpClient(), query(1, "www.example", A));
    assertTrue(standIn.overTls.isEmpty());
    assertEquals(List.of(), standIn.log.lines());
    Datagrams another = standIn.udpClient();
    list("udp", line(another.getLocalAddress(), OURS));
    standIn.send(another, query(2, "www.example", A));
    assertEquals(1, standIn.overTls.size(), "the list is read again for it");
  }

  @Test
  void aClosedStreamIsNotServedAndLaterOnesAre() throws IOException {
    list("tcp", "");
    assertTrue(standIn.tcpClient().isClosedByPeer());
    Stream another = standIn.network.connect(standIn.address);
    list("tcp", line(another.getLocalAddress(), OURS));
    standIn.settle();
    assertFalse(another.isClosedByPeer());
    assertEquals(List.of(), standIn.log.lines());
  }

  /** A kernel of another kind, or a list that was cut: the port goes on. */
  @Test
  void anUnreadableLineDropsTheDatagramAndLaterOnesAreServed() throws IOException {
    Datagrams client = standIn.udpClient();
    list("udp", line(client.getLocalAddress(), OURS).replace(" " + OURS + " ", " x "));
    standIn.send(client, query(1, "www.example", A));
    assertTrue(standIn.overTls.isEmpty());
    assertEquals(1, standIn.warnings().size());
    assertTrue(standIn.udpPort.isOpen());
    list("udp", line(client.getLocalAddress(), OURS));
    standIn.send(client, query(2, "www.example", A));
    assertEquals(1, standIn.overTls.size());
  }
}
