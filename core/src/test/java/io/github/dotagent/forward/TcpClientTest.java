package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.logging.LineBudget;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a connection of a library ends; with {@code bypass=block}. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpClientTest {
  private static final Duration PAUSE = Duration.ofMillis(1_001); // longer than a library's
  private static final Duration IDLE = Duration.ofMillis(10_001);

  /** RFC 1035 §4.1: {@code a.} A, recursion desired. */
  private static final byte[] QUERY = {0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 0, 0, 1, 0, 1};

  private final ManualTimers timers = new ManualTimers();
  private final List<CompletableFuture<byte[]>> asked = new ArrayList<>();
  private Selector selector;
  private SocketChannel library;
  private SocketChannel accepted;
  private TcpClient client;
  private SelectionKey key;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
      library = SocketChannel.open(server.getLocalAddress());
      accepted = server.accept();
    }
    accepted.configureBlocking(false);
    selector = Selector.open();
    ForwardLoop loop = new ForwardLoop(timers, new RecordedLog(), () -> {});
    client = new TcpClient(accepted, loop, forwarding());
    key = accepted.register(selector, SelectionKey.OP_READ);
    client.registered(key);
  }

  private Forwarding forwarding() {
    NamePlaces places = new ForwarderTest.NoPlaces();
    return new Forwarding(
        new InetSocketAddress(53),
        query -> {
          asked.add(new CompletableFuture<>());
          return asked.get(asked.size() - 1);
        },
        places,
        new QueryPath(places),
        new Bypasses().of("192.0.2.53@53"),
        new LineBudget(timers),
        new RecordedLog(),
        Runnable::run);
  }

  @AfterEach
  void close() throws IOException {
    library.close();
    accepted.close();
    selector.close();
  }

  private void send(byte... octets) throws IOException {
    library.write(ByteBuffer.wrap(octets));
    readIt();
  }

  private void readIt() throws IOException {
    selector.select();
    selector.selectedKeys().clear();
    client.ready(key);
  }

  private void ask() throws IOException {
    byte[] framed = FrameReader.framed(QUERY).array();
    while (asked.isEmpty()) { // the octets may come in parts; the test's time limit ends it
      send(framed);
    }
    assertEquals(1, asked.size());
  }

  private boolean isOverAfter(Duration time) {
    timers.advance(time);
    return client.isOver(timers.nanoTime());
  }

  /** A JVM that was paused sees the pause once: the library was paused as well. */
  @Test
  void lessThanAHeaderIsAwaitedForTwoSweeps() throws IOException {
    send((byte) 0);
    assertFalse(isOverAfter(PAUSE));
    assertTrue(isOverAfter(Duration.ZERO), "it is no DNS");
  }

  @Test
  void aNewOctetBeginsThePauseAgain() throws IOException {
    send((byte) 0);
    assertFalse(isOverAfter(PAUSE));
    send((byte) QUERY.length);
    assertFalse(isOverAfter(PAUSE));
    assertTrue(isOverAfter(Duration.ZERO));
  }

  @Test
  void aQueryWithAWholeHeaderHasTheIdleTimeToArrive() throws IOException {
    byte[] begun = new byte[14];
    begun[1] = (byte) QUERY.length;
    System.arraycopy(QUERY, 0, begun, 2, 12);
    send(begun);
    assertFalse(isOverAfter(PAUSE));
    assertFalse(isOverAfter(PAUSE));
    assertTrue(isOverAfter(IDLE));
  }

  /** Each query ends by its own time limit. */
  @Test
  void aConnectionThatIsOwedAResponseIsNotIdle() throws IOException {
    ask();
    assertTrue(client.owes());
    assertFalse(isOverAfter(IDLE));
    assertFalse(isOverAfter(IDLE));
  }

  @Test
  void aLibraryThatHasClosedItsSideStillGetsItsResponse() throws IOException {
    ask();
    library.shutdownOutput();
    readIt();
    assertTrue(accepted.isOpen());
    client.isNotAnswered();
    assertFalse(accepted.isOpen(), "nothing more is owed");
  }

  @Test
  void aLibraryThatIsOwedNothingEndsTheConnection() throws IOException {
    library.shutdownOutput();
    assertThrows(EOFException.class, this::readIt);
  }
}
