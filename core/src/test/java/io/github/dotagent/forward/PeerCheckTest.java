package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.forward.KernelSockets.Owner;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long an owner that was looked up holds, with lists as in {@link KernelSocketsTest}. */
class PeerCheckTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0x1234);

  private static final InetSocketAddress PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0xABCD);

  private final ManualTimers timers = new ManualTimers();
  @TempDir Path proc;
  private ForwardLoop loop;
  private KernelSockets sockets;

  @BeforeEach
  void lists() throws Exception {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "big-endian");
    Files.createDirectories(proc.resolve("self/net"));
    Files.createDirectories(proc.resolve("self/fd"));
    Files.createSymbolicLink(proc.resolve("self/fd/5"), Path.of("socket:[77]"));
    Files.writeString(proc.resolve("self/status"), "Uid:\t1\t1\t1\t1000\n");
    loop = new ForwardLoop(timers, new RecordedLog(), () -> {});
    sockets = new KernelSockets(proc);
  }

  @AfterEach
  void close() {
    sockets.close();
    loop.close();
    loop.run(); // to its end
  }

  @Test
  void aBurstFromOnePortIsLookedUpOnce() throws Exception {
    PeerCheck check = new PeerCheck(sockets, true, PORT, loop);
    isOf("udp", 1000, 77);
    assertEquals(Owner.THIS_PROCESS, next(check));
    isOf("udp", 65534, 99);
    timers.advance(Duration.ofMillis(50));
    assertEquals(Owner.THIS_PROCESS, next(check));
    timers.advance(Duration.ofMillis(1));
    assertEquals(Owner.OTHER_USER, next(check), "the port may be another's by now");
  }

  @Test
  void eachConnectionIsLookedUp() throws Exception {
    PeerCheck check = new PeerCheck(sockets, false, PORT, loop);
    isOf("tcp", 1000, 77);
    assertEquals(Owner.THIS_PROCESS, next(check));
    isOf("tcp", 65534, 99);
    assertEquals(Owner.OTHER_USER, next(check));
  }

  @Test
  void withoutSocketListsEveryPeerIsServed() throws Exception {
    assertEquals(Owner.THIS_PROCESS, next(new PeerCheck(null, true, PORT, loop)));
  }

  private static Owner next(PeerCheck check) throws IOException {
    check.othersCame();
    return check.ownerOf(PEER);
  }

  private void isOf(String list, int uid, int inode) throws IOException {
    Files.writeString(
        proc.resolve("self/net/" + list),
        "sl local_address\n"
            + "  1: 0100007F:1234 0100007F:ABCD 07 0:0 00:0 0  "
            + uid
            + " 0 "
            + inode
            + " 2 0 0\n");
  }
}
