package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A and AAAA travel apart where the kernel does not acknowledge at once. */
@Timeout(20)
class ConnectionPoolTest {
  private static final Duration A_WHILE = Duration.ofSeconds(5);
  private static final Duration A_MOMENT = Duration.ofNanos(1);
  private static final byte[] A = Messages.query("a.example");
  private static final byte[] AAAA = Messages.query("aaaa.example");

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final DotTransport transport =
      new DotTransport(server.pool(threads, timers, A_WHILE, false), timers);

  @AfterEach
  void end() throws InterruptedException {
    server.closeAll();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  @Test
  void theFirstPairSharesOneConnectionAndBeginsASecond() throws Exception {
    ScriptedLink first = opened();
    pair(first, first);
    assertEquals(2, server.linksMade());
  }

  @Test
  void theNextPairUsesTwoConnections() throws Exception {
    ScriptedLink first = opened();
    pair(first, first);
    ScriptedLink second = server.nextOpenLink();
    pair(first, second);
    pair(first, second);
    assertEquals(2, server.linksMade());
  }

  @Test
  void aSingleQueryTakesTheFirstConnection() throws Exception {
    ScriptedLink first = opened();
    pair(first, first);
    server.nextOpenLink();
    for (int i = 0; i < 3; i++) {
      answer(first, exchange(A));
    }
  }

  @Test
  void whenBothAreBusyTheFirstTakesTheRest() throws Exception {
    ScriptedLink first = opened();
    pair(first, first);
    ScriptedLink second = server.nextOpenLink();
    CompletableFuture<byte[]> one = exchange(A);
    byte[] oneSent = first.nextQuery();
    CompletableFuture<byte[]> two = exchange(AAAA);
    byte[] twoSent = second.nextQuery();
    answer(first, exchange(A));
    first.respondTo(oneSent);
    second.respondTo(twoSent);
    one.get();
    two.get();
    assertEquals(2, server.linksMade());
  }

  @Test
  void aRefusedSecondConnectionDoesNoHarm() throws Exception {
    ScriptedLink first = opened();
    pair(first, first);
    server.nextLink().refuse(new IllegalStateException("one for each client"));
    pair(first, first);
    timers.advance(A_WHILE);
    pair(first, first);
    timers.advance(
        Duration.ofNanos(ConnectionPool.BEGIN_AGAIN_NANOS).minus(A_WHILE).minus(A_MOMENT));
    pair(first, first);
    assertEquals(2, server.linksMade(), "it is not asked for with every query");
    timers.advance(A_MOMENT);
    pair(first, first);
    assertEquals(3, server.linksMade());
  }

  @Test
  void oneConnectionIsEnoughWithKernelQuickAck() throws Exception {
    ScriptedServer other = new ScriptedServer();
    DotTransport single = other.transport(threads, timers, A_WHILE);
    single.warmUp();
    ScriptedLink link = other.nextOpenLink();
    assertTrue(single.isOpen());
    for (int i = 0; i < 3; i++) {
      Exchanges.begin(single, A, deadline());
      Exchanges.begin(single, AAAA, deadline());
      link.nextQuery();
      link.nextQuery();
    }
    assertEquals(1, other.linksMade());
    other.closeAll();
  }

  private ScriptedLink opened() throws Exception {
    CompletableFuture<Void> opening = transport.warmUp();
    ScriptedLink link = server.nextOpenLink();
    opening.get();
    return link;
  }

  /** Two questions under way at once, each on its connection. */
  private void pair(ScriptedLink forA, ScriptedLink forAaaa) throws Exception {
    CompletableFuture<byte[]> a = exchange(A);
    byte[] sentA = forA.nextQuery();
    CompletableFuture<byte[]> aaaa = exchange(AAAA);
    byte[] sentAaaa = forAaaa.nextQuery();
    forA.respondTo(sentA);
    forAaaa.respondTo(sentAaaa);
    a.get();
    aaaa.get();
  }

  private static void answer(ScriptedLink link, CompletableFuture<byte[]> response)
      throws Exception {
    link.respondTo(link.nextQuery());
    response.get();
  }

  private CompletableFuture<byte[]> exchange(byte[] query) {
    return Exchanges.begin(transport, query, deadline()).thenApply(ReceivedResponse::message);
  }

  private long deadline() {
    return timers.nanoTime() + Duration.ofSeconds(2).toNanos();
  }
}
