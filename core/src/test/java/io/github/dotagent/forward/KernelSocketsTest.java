package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.forward.KernelSockets.Owner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists as Linux on a little-endian machine writes them; the process has uid 1000, inode 77. */
class KernelSocketsTest {
  private static final String HEADING =
      "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
          + "  timeout inode ref pointer drops            \n";

  private static final String NONE = "00000000:0000";
  private static final String NONE_V6 = "00000000000000000000000000000000:0000";
  private static final InetSocketAddress PEER = at(0x1234);
  private static final InetSocketAddress PORT = at(0xABCD);

  @TempDir Path proc;
  private KernelSockets sockets;

  @BeforeEach
  void lists() throws Exception {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "big-endian");
    Files.createDirectories(proc.resolve("self/net"));
    Files.createDirectories(proc.resolve("self/fd"));
    Files.writeString(proc.resolve("self/status"), "Name:\tjava\nUid:\t0\t0\t0\t1000\nGid:\t1\n");
    link(0, "pipe:[76]");
    link(5, "socket:[77]");
    link(6, "pipe:[78]");
    sockets = new KernelSockets(proc);
  }

  @AfterEach
  void close() {
    sockets.close();
  }

  @Test
  void withoutProcNetUdpThereAreNoLists() throws Exception {
    assertFalse(sockets.exist());
    list("udp");
    assertTrue(sockets.exist());
  }

  @Test
  void findsTheOwnerOfAUdpSocket() throws Exception {
    list("udp", line("0100007F:1234", NONE, 1000, 77));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
    list("udp", line("0100007F:1234", NONE, 1000, 99));
    assertEquals(Owner.OTHER_PROCESS, udp(PEER));
    list("udp", line("0100007F:1234", NONE, 65534, 99));
    assertEquals(Owner.OTHER_USER, udp(PEER));
    list("udp", line("0100007F:1235", NONE, 1000, 77));
    assertEquals(Owner.NOT_LISTED, udp(PEER));
  }

  @Test
  void aSocketBoundToEveryAddressMatchesOneBoundToAnotherDoesNot() throws Exception {
    list("udp", line("00000000:1234", NONE, 1000, 77));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
    list("udp", line("0200007F:1234", NONE, 1000, 77));
    assertEquals(Owner.NOT_LISTED, udp(PEER));
  }

  /** A JVM's sockets are IPv6 sockets by default. */
  @Test
  void findsTheOwnerOfAnIpv6Socket() throws Exception {
    list("udp");
    list("udp6", line("0000000000000000FFFF00000100007F:1234", NONE_V6, 1000, 77));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
    list("udp6", line("00000000000000000000000000000000:1234", NONE_V6, 1000, 77));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
    list("udp6", line("00000000000000000000000001000000:1234", NONE_V6, 1000, 77));
    assertEquals(Owner.NOT_LISTED, udp(PEER));
    byte[] one = new byte[16];
    one[15] = 1;
    InetSocketAddress v6 = new InetSocketAddress(InetAddress.getByAddress(one), 0x1234);
    assertEquals(Owner.THIS_PROCESS, udp(v6));
  }

  /** A list is read in pieces, and may end within a line. */
  @Test
  void aLineThatIsCutShortMatchesNoSocket() throws Exception {
    String line = line("0100007F:1234", NONE, 1000, 77);
    for (int length = 0; length <= line.indexOf(" 77 "); length++) {
      list("udp", line.substring(0, length));
      assertEquals(Owner.NOT_LISTED, udp(PEER), "with " + length + " octets");
    }
  }

  /** The kernel gives the number of a closed socket to another process. */
  @Test
  void aSocketThatWasClosedIsNoLongerThisProcesss() throws Exception {
    list("udp", line("0100007F:1234", NONE, 1000, 77));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
    Files.delete(proc.resolve("self/fd/5"));
    list("udp", line("0100007F:1235", NONE, 1000, 99));
    assertEquals(Owner.OTHER_PROCESS, udp(at(0x1235))); // this process is asked again
    list("udp", line("0100007F:1234", NONE, 1000, 77));
    assertEquals(Owner.OTHER_PROCESS, udp(PEER));
  }

  /** As two may have the same port, one of which is bound to an address of IPv6 alone. */
  @Test
  void oneMatchingSocketOfThisProcessIsEnough() throws Exception {
    list("udp", line("00000000:1234", NONE, 1000, 77), line("0100007F:1234", NONE, 65534, 99));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
  }

  /** Of TCP both ends count: a port may have many connections. */
  @Test
  void findsTheOwnerOfATcpSocket() throws Exception {
    list(
        "tcp",
        line("0100007F:ABCD", NONE, 1000, 77),
        line("0100007F:1234", "0100007F:ABCE", 1000, 77),
        line("0100007F:1234", "0100007F:ABCD", 65534, 99));
    assertEquals(Owner.OTHER_USER, sockets.look(false).ownerOf(PEER, PORT));
    list("tcp");
    list(
        "tcp6",
        line(
            "0000000000000000FFFF00000100007F:1234",
            "0000000000000000FFFF00000100007F:ABCD",
            1000,
            77));
    assertEquals(Owner.THIS_PROCESS, sockets.look(false).ownerOf(PEER, PORT));
  }

  @Test
  void findsANewSocketAfterTheProcessChangedItsUser() throws Exception {
    list("udp", line("0100007F:1234", NONE, 1000, 77));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
    Files.writeString(proc.resolve("self/status"), "Uid:\t0\t0\t0\t1001\n");
    link(7, "socket:[100]");
    list("udp", line("0100007F:1234", NONE, 1001, 100));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
  }

  /** To look at all of a hundred thousand files for a query would take longer than the query. */
  @Test
  void withTooManyOpenFilesOnlyTheUserCounts() throws Exception {
    for (int i = 10; i < KernelSockets.MOST_FILES + 10; i++) {
      link(i, "pipe:[" + i + "]");
    }
    list("udp", line("0100007F:1234", NONE, 1000, 99));
    assertEquals(Owner.THIS_PROCESS, udp(PEER));
    list("udp", line("0100007F:1234", NONE, 65534, 99));
    assertEquals(Owner.OTHER_USER, udp(PEER));
  }

  private Owner udp(InetSocketAddress peer) throws Exception {
    return sockets.look(true).ownerOf(peer, null);
  }

  private void link(int file, String target) throws Exception {
    Files.createSymbolicLink(proc.resolve("self/fd/" + file), Path.of(target));
  }

  private void list(String name, String... lines) throws Exception {
    Files.writeString(proc.resolve("self/net/" + name), HEADING + String.join("", lines));
  }

  private static String line(String local, String remote, int uid, int inode) {
    return "  414: "
        + local
        + " "
        + remote
        + " 07 00000000:00000000 00:00000000 00000000  "
        + uid
        + "        0 "
        + inode
        + " 2 0000000000000000 0\n";
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
