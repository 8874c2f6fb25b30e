package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that takes the connection and is silent in the handshake may still go on. */
@Timeout(20)
class SlowHandshakeTest {
  private static final byte[] QUERY = Messages.query("a.example");

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final DotTransport transport = server.transport(threads, timers, Duration.ofSeconds(60));
  private final CompletableFuture<ReceivedResponse> response =
      Exchanges.begin(transport, QUERY, timers.nanoTime() + Duration.ofSeconds(5).toNanos());

  @AfterEach
  void end() throws InterruptedException {
    server.closeAll();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void aSlowConnectionMayStillAnswer() throws Exception {
    ScriptedLink slow = server.nextLink();
    slow.saysNothing();
    ScriptedLink beside = server.nextLink();
    assertFalse(slow.isClosed());
    slow.letOpen();
    slow.respondTo(slow.nextQuery());
    response.get();
    assertFalse(beside.isClosed(), "it is there for what comes next");
  }

  @Test
  void theSecondConnectionMayBeFaster() throws Exception {
    server.nextLink().saysNothing();
    ScriptedLink beside = server.nextOpenLink();
    beside.respondTo(beside.nextQuery());
    response.get();
  }

  /** And not of what was before: a connection that was lost, say. */
  @Test
  void silenceInTheHandshakeIsReported() throws Exception {
    ScriptedLink lost = server.nextOpenLink();
    lost.nextQuery();
    lost.reset();
    server.nextLink().saysNothing();
    server.nextLink();
    timers.advance(Duration.ofSeconds(5));
    Failed.with(ExchangeFailure.Kind.TIMEOUT, "no TLS session in time", response);
  }

  /** Its reader is there before its query, so what it shows is seen. */
  @Test
  void aSessionThatIsMadeShowsThatTheServerLives() throws Exception {
    assertFalse(transport.hasLivedSince(timers.nanoTime() - 1));
    timers.advance(Duration.ofSeconds(3));
    ScriptedLink slow = server.nextLink();
    slow.letOpen();
    slow.awaitReader();
    assertTrue(transport.hasLivedSince(timers.nanoTime() - 1));
    assertFalse(transport.hasLivedSince(timers.nanoTime()));
  }

  /** A box that swallows everything holds no thirty of them, and does not hide the next one. */
  @Test
  void thereAreFourAtATimeAndTheLastGivesWayToAFreshOne() throws Exception {
    List<ScriptedLink> slow = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      slow.add(server.nextLink());
      slow.get(i).saysNothing();
    }
    ScriptedLink fresh = server.nextLink();
    assertEquals(3, slow.stream().filter(link -> !link.isClosed()).count());
    slow.get(1).letOpen();
    slow.get(1).respondTo(slow.get(1).nextQuery());
    response.get();
    assertFalse(fresh.isClosed());
  }

  @Test
  void ifTheSecondConnectionFailsTheFirstIsStillUsed() throws Exception {
    ScriptedLink slow = server.nextLink();
    slow.saysNothing();
    server.nextLink().refuse(new IllegalStateException("one for each client"));
    slow.letOpen();
    slow.respondTo(slow.nextQuery());
    response.get();
  }
}
