package io.github.dotagent.forward;

import static io.github.dotagent.forward.StandInUnderTest.A;
import static io.github.dotagent.forward.StandInUnderTest.SERVER;
import static io.github.dotagent.forward.StandInUnderTest.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.wire.ForwardedQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ports that stand in for servers, on a network in memory; the test's thread is the loop's. */
class ForwarderPortsTest {
  private static final int MOST = 32; // servers
  private static final String TEXT = "192.0.2.53@53";

  private final MemoryNetwork network = new MemoryNetwork();
  private final ManualTimers timers = new ManualTimers();
  private final RecordedLog log = new RecordedLog();
  private final Bypasses bypasses = new Bypasses();
  private final List<ForwardedQuery> asked = new ArrayList<>();
  private final List<ForwardLoop> loops = new ArrayList<>();
  private final List<String> roles = new ArrayList<>();
  private boolean noThread;
  @TempDir Path proc;
  private Forwarder forwarder;

  @BeforeEach
  void start() {
    ThreadStarter threads =
        (role, work) -> {
          if (noThread) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          roles.add(role);
          loops.add((ForwardLoop) work);
        };
    forwarder =
        new Forwarder(
            network,
            proc,
            query -> {
              asked.add(query);
              return new CompletableFuture<>();
            },
            new ForwarderTest.NoPlaces(),
            bypasses,
            threads,
            timers,
            log);
  }

  private static InetSocketAddress server(int number) throws IOException {
    return new InetSocketAddress(
        InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) number}), 53);
  }

  private void settle() throws IOException {
    network.settle(loops.get(0));
  }

  private MemoryNetwork.Datagrams client(InetSocketAddress standIn) throws IOException {
    return network
        .openDatagramChannel()
        .bind(new InetSocketAddress(standIn.getAddress(), 0))
        .connect(standIn);
  }

  private void ask(InetSocketAddress standIn) throws IOException {
    client(standIn).send(query(1, "www.example", A));
    settle();
  }

  @Test
  void eachServerHasOnePort() throws IOException {
    InetSocketAddress first = forwarder.standInFor(server(1), false);
    InetSocketAddress second = forwarder.standInFor(server(2), false);
    assertNotEquals(first, second);
    assertEquals(first, forwarder.standInFor(server(1), false));
    assertEquals(4, network.openChannels());
    assertEquals(server(1), forwarder.serverBehind(first));
    assertEquals(server(2), forwarder.serverBehind(second));
    assertNull(forwarder.serverBehind(server(1)));
    settle();
    ask(first);
    ask(second);
    assertEquals(1, asked.size(), "equal queries are sent once");
    assertEquals(List.of("forwarder"), roles);
    assertEquals(List.of(), log.lines());
  }

  /** A caller that knows the port by its address sees it as it is. */
  @Test
  void aShownPortDiffersFromTheHiddenOne() throws IOException {
    InetSocketAddress hidden = forwarder.standInFor(SERVER, false);
    InetSocketAddress shown = forwarder.standInFor(SERVER, true);
    assertNotEquals(hidden, shown);
    assertEquals(SERVER, forwarder.serverBehind(hidden));
    assertNull(forwarder.serverBehind(shown));
    assertEquals(shown, forwarder.standInFor(SERVER, true));
    settle();
    ask(shown);
    assertEquals(1, asked.size());
  }

  /** A program that walks the DNS from its root asks thousands. */
  @Test
  void aServerAfterThe32ndIsRefused() throws IOException {
    for (int i = 0; i < MOST; i++) {
      forwarder.standInFor(server(i), false);
    }
    IOException refused =
        assertThrows(IOException.class, () -> forwarder.standInFor(server(MOST), false));
    assertTrue(
        refused.getMessage().startsWith("the agent stands in for 32 servers"),
        refused.getMessage());
    assertEquals(2 * MOST, network.openChannels(), "the port that was too much is closed");
    forwarder.standInFor(server(MOST - 1), false);
    forwarder.standInFor(server(MOST), true);
  }

  @Test
  void withoutFilesAStandInIsRefused() throws IOException {
    network.filesLeft = 1;
    assertThrows(SocketException.class, () -> forwarder.standInFor(SERVER, false));
    network.filesLeft = 2;
    forwarder.standInFor(SERVER, false);
  }

  /** It must not take a place for good: no thread would answer its queries. */
  @Test
  void withoutAThreadAStandInIsRefusedAndNothingStaysOpen() throws IOException {
    noThread = true;
    for (int i = 0; i <= MOST; i++) {
      int number = i;
      assertThrows(OutOfMemoryError.class, () -> forwarder.standInFor(server(number), false));
    }
    assertEquals(0, network.openChannels());
    assertFalse(network.selectors.stream().anyMatch(MemoryNetwork.Polling::isOpen));
    noThread = false;
    network.selectors.clear(); // those of the loops that have not begun
    InetSocketAddress standIn = forwarder.standInFor(SERVER, false);
    settle();
    ask(standIn);
    assertEquals(1, asked.size());
  }

  /** Something has closed its channel before it began. */
  @Test
  void aStandInWhoseChannelIsClosedIsRemoved() throws IOException {
    InetSocketAddress standIn = forwarder.standInFor(SERVER, false);
    network.datagrams.get(standIn).close();
    settle();
    assertEquals(
        List.of(
            "ERROR no local port stands in for 192.0.2.53@53:"
                + " java.nio.channels.ClosedChannelException"),
        log.lines());
    assertNull(forwarder.serverBehind(standIn));
    assertEquals(0, network.openChannels());
    assertNotEquals(standIn, forwarder.standInFor(SERVER, false));
  }

  @Test
  void afterAChangeOfSettingsEqualQueriesAreSentAgain() throws IOException {
    InetSocketAddress standIn = forwarder.standInFor(SERVER, false);
    settle();
    ask(standIn);
    ask(standIn);
    assertEquals(1, asked.size());
    forwarder.settingsChanged();
    ask(standIn);
    assertEquals(2, asked.size());
  }

  @Test
  void afterCloseNewStandInsAreRefusedAndKnownOnesStay() throws Exception {
    InetSocketAddress standIn = forwarder.standInFor(SERVER, false);
    settle();
    assertFalse(forwarder.isClosed());
    forwarder.close();
    assertTrue(forwarder.isClosed());
    IOException refused =
        assertThrows(IOException.class, () -> forwarder.standInFor(server(1), false));
    assertEquals("the JVM ends", refused.getMessage());
    runToItsEnd(loops.get(0));
    assertEquals(0, network.openChannels());
    assertFalse(network.selectors.get(0).isOpen());
    assertEquals(standIn, forwarder.standInFor(SERVER, false), "no query goes to the server");
    assertEquals(SERVER, forwarder.serverBehind(standIn));
  }

  @Test
  void afterCloseWithoutPortsAStandInIsRefused() {
    forwarder.close();
    assertThrows(IOException.class, () -> forwarder.standInFor(SERVER, false));
    assertEquals(List.of(), roles);
    assertEquals(0, network.openChannels());
  }

  /** Other processes may have the ports of a loop that has ended. */
  @Test
  void afterTheEndOfALoopNewPortsAreOpened() throws Exception {
    InetSocketAddress hidden = forwarder.standInFor(SERVER, false);
    InetSocketAddress shown = forwarder.standInFor(SERVER, true);
    loops.get(0).close();
    runToItsEnd(loops.get(0));
    assertEquals(0, network.openChannels(), "also of ports that had not begun");
    assertNull(forwarder.serverBehind(hidden));
    InetSocketAddress next = forwarder.standInFor(SERVER, false);
    assertNotEquals(hidden, next);
    assertNotEquals(shown, forwarder.standInFor(SERVER, true));
    assertEquals(List.of("forwarder", "forwarder"), roles);
    loops.get(0).bury(); // once more: the new ports are not its own
    assertEquals(4, network.openChannels());
    assertEquals(SERVER, forwarder.serverBehind(next));
  }

  /** By a defect of the JDK, or a program that closes all it finds. */
  @Test
  void aBrokenSelectorIsLoggedAndNewPortsAreOpened() throws Exception {
    InetSocketAddress standIn = forwarder.standInFor(SERVER, false);
    network.selectors.get(0).close();
    runToItsEnd(loops.get(0));
    assertEquals(
        List.of(
            "ERROR a query of a library was not forwarded:"
                + " java.nio.channels.ClosedSelectorException"),
        log.lines());
    assertEquals(0, network.openChannels());
    assertNotEquals(standIn, forwarder.standInFor(SERVER, false));
  }

  private static void runToItsEnd(ForwardLoop loop) throws InterruptedException {
    Thread thread = new Thread(loop);
    thread.start();
    thread.join();
  }

  @Test
  void drainWithoutALoopReturnsAtOnce() {
    forwarder.drain(Long.MAX_VALUE);
  }

  /** Another user of the machine may send to any port of loopback. */
  @Test
  void aClientOfAnotherProcessIsNotServed() throws IOException {
    lists();
    InetSocketAddress standIn = forwarder.standInFor(SERVER, false);
    MemoryNetwork.Datagrams ours = client(standIn);
    MemoryNetwork.Datagrams others = client(standIn);
    String lines = line(standIn, 1000, 77);
    list("tcp", lines);
    list(
        "udp",
        lines + line(ours.getLocalAddress(), 1000, 77) + line(others.getLocalAddress(), 65534, 78));
    settle();
    others.send(query(1, "other.example", A));
    settle();
    assertEquals(0, asked.size());
    ours.send(query(1, "www.example", A));
    settle();
    assertEquals(1, asked.size());
    assertEquals(
        List.of(
            "WARN the port that stands in for "
                + TEXT
                + " does not serve another user of this"
                + " machine"),
        log.lines());
    loops.get(0).close();
    loops.get(0).run();
  }

  @Test
  void unlistedPortsAreLoggedAndEveryUserIsServed() throws IOException {
    lists();
    list("udp", "");
    list("tcp", "");
    InetSocketAddress standIn = forwarder.standInFor(SERVER, false);
    settle();
    ask(standIn);
    assertEquals(1, asked.size(), "every user is served");
    assertEquals(
        List.of(
            "WARN every user of this machine may use the port that stands in for "
                + TEXT
                + ", because /proc/self/net does not show the owners of sockets: it does not list"
                + " this process's own sockets"),
        log.lines());
  }

  @Test
  void anUnreadableListIsLoggedAndEveryUserIsServed() throws IOException {
    lists();
    Files.createDirectory(proc.resolve("self/net/udp"));
    InetSocketAddress standIn = forwarder.standInFor(SERVER, false);
    settle();
    ask(standIn);
    assertEquals(1, asked.size());
    assertEquals(1, log.lines().size());
    assertTrue(log.lines().get(0).contains("FileNotFoundException"), log.lines().toString());
  }

  private void lists() throws IOException {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "big-endian");
    Files.createDirectories(proc.resolve("self/net"));
    Files.createDirectories(proc.resolve("self/fd"));
    Files.createSymbolicLink(proc.resolve("self/fd/5"), Path.of("socket:[77]"));
    Files.writeString(proc.resolve("self/status"), "Uid:\t1\t1\t1\t1000\n");
  }

  private void list(String name, String lines) throws IOException {
    Files.writeString(proc.resolve("self/net/" + name), "sl local_address\n" + lines);
  }

  private static String line(InetSocketAddress at, int uid, int inode) {
    return String.format(
        "  1: 0100007F:%04X 00000000:0000 07 0:0 00:0 0  %d 0 %d 2 0 0\n",
        at.getPort(), uid, inode);
  }
}
