package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.tls.TlsConnector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A connection that has ended is not kept: its buffers are some 75 KB, and it knows the keys and
 * certificates of the settings that it was made by.
 */
@Timeout(20)
class EndedConnectionsTest {
  private static final TlsConnector OTHER = null; // no link asks for it here
  private static final byte[] QUERY = Messages.query("a.example");
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final ConnectionPool pool = server.pool(threads, timers, CONNECT_LIMIT, false);
  private final DotTransport transport = new DotTransport(pool, timers);

  @AfterEach
  void end() throws InterruptedException {
    server.closeAll();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void theOnlyOne() throws Exception {
    ScriptedLink link = opened();
    awaitKept(1);
    link.endOfStream();
    awaitKept(0);
  }

  @Test
  void theSecondOne() throws Exception {
    opened();
    exchange();
    exchange(); // queued behind another query, so a second connection is opened
    ScriptedLink second = server.nextOpenLink();
    awaitKept(2);
    second.endOfStream();
    awaitKept(1);
  }

  @Test
  void aConnectionOfAnotherIdentity() throws Exception {
    opened();
    pool.retireFor(OTHER);
    awaitKept(0);
  }

  @Test
  void aConnectionToARemovedServer() throws Exception {
    opened();
    pool.retire();
    awaitKept(0);
  }

  @Test
  void oneThatWasSlowToOpen() throws Exception {
    CompletableFuture<ReceivedResponse> response = exchange();
    ScriptedLink slow = server.nextLink();
    slow.saysNothing();
    ScriptedLink beside = server.nextOpenLink();
    beside.respondTo(beside.nextQuery());
    response.get();
    slow.awaitClose(); // it has nothing more to do
    awaitKept(1);
  }

  @Test
  void aSlowConnectionThatThenWorked() throws Exception {
    CompletableFuture<ReceivedResponse> response = exchange();
    ScriptedLink slow = server.nextLink();
    slow.saysNothing();
    ScriptedLink beside = server.nextOpenLink();
    slow.letOpen();
    slow.awaitReader();
    slow.endOfStream();
    slow.awaitClose();
    beside.respondTo(beside.nextQuery());
    response.get();
    awaitKept(1);
  }

  /** Some servers close a connection after each query: hundreds would wait for their timers. */
  @Test
  void noTimerLeadsToALostOne() throws Exception {
    ScriptedLink link = opened();
    assertEquals(1, ofTimers());
    link.endOfStream();
    awaitNoneOfTimers();
  }

  @Test
  void noTimerLeadsToOneThatLeft() throws Exception {
    opened();
    pool.retire();
    awaitNoneOfTimers();
  }

  /** A closed socket is in the list of all sockets until the next one is opened. */
  @Test
  void aClosedSocketDoesNotLeadToIt() throws Exception {
    BufferedSocket socket = new BufferedSocket(new ConnectWait(timers), 1, new Silent());
    assertEquals(1, Reachable.from(socket, Silent.class).size());
    socket.close();
    assertEquals(0, Reachable.from(socket, Silent.class).size());
  }

  /** In the place of a connection that is told. */
  private static final class Silent implements Runnable {
    @Override
    public void run() {}
  }

  private ScriptedLink opened() throws Exception {
    CompletableFuture<Void> opening = transport.warmUp();
    ScriptedLink link = server.nextOpenLink();
    opening.get();
    return link;
  }

  private CompletableFuture<ReceivedResponse> exchange() {
    return Exchanges.begin(transport, QUERY, timers.nanoTime() + TIMEOUT.toNanos());
  }

  private int ofTimers() {
    return Reachable.from(timers, DotConnection.class, server, threads).size();
  }

  private void awaitNoneOfTimers() throws InterruptedException {
    while (ofTimers() != 0) {
      if (Thread.interrupted()) { // by the timeout of the test
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  /** A connection's end goes on, on its own threads, after the link was closed. */
  private void awaitKept(int connections) throws InterruptedException {
    while (Reachable.from(pool, DotConnection.class, server, threads, timers).size()
        != connections) {
      if (Thread.interrupted()) { // by the timeout of the test
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }
}
