package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that closes every connection at some moment: no query waits on a closed connection. */
@Timeout(60)
class LostConnectionsTest {
  private static final int CALLERS = 3;
  private static final int QUERIES = 200;
  private static final byte[] QUERY = Messages.query("a.example");

  private final ManualTimers timers = new ManualTimers();
  private final RealThreads threads = new RealThreads();
  private final ScriptedServer server = new ScriptedServer();
  private final DotTransport transport = server.transport(threads, timers, Duration.ofSeconds(5));

  @Test
  void everyQueryEnds() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(CALLERS + 2);
    try {
      Future<?> closing = pool.submit(this::closeEachInTurn);
      Future<?> passing = pool.submit(this::letTimePass);
      List<Future<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(pool.submit(this::ask));
      }
      int failed = 0;
      for (Future<Integer> caller : callers) {
        failed += caller.get();
      }
      assertEquals(CALLERS * QUERIES, failed);
      closing.cancel(true);
      passing.cancel(true);
    } finally {
      pool.shutdownNow();
    }
    server.closeAll();
    threads.join();
    assertEquals(List.of(), threads.uncaught());
  }

  private int ask() {
    for (int i = 0; i < QUERIES; i++) {
      long deadline = timers.nanoTime() + Duration.ofSeconds(1).toNanos();
      Failed.of(Exchanges.begin(transport, QUERY, deadline));
    }
    return QUERIES;
  }

  private void letTimePass() {
    while (!Thread.currentThread().isInterrupted()) {
      timers.advance(Duration.ofMillis(10));
      Thread.onSpinWait();
    }
  }

  private Void closeEachInTurn() throws InterruptedException {
    for (int round = 0; ; round++) {
      ScriptedLink link = server.nextLink();
      link.letOpen();
      for (int spin = 0; spin < round % 200 * 20; spin++) {
        Thread.onSpinWait();
      }
      link.endOfStream();
    }
  }
}
