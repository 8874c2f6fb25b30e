package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.testing.RecordedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForwarderTest {
  private static final int MORE_THAN_ALL = 40; // stand-ins; there are 32 at most

  private final BlockingQueue<CompletableFuture<byte[]>> upstream = new LinkedBlockingQueue<>();
  private final ManualTimers timers = new ManualTimers();
  private final AtomicInteger looks = new AtomicInteger(); // of a thread that drains, at the clock

  private final Timers counted =
      new Timers() {
        @Override
        public long nanoTime() {
          if (Thread.currentThread().getName().equals("draining")) {
            looks.incrementAndGet();
          }
          return timers.nanoTime();
        }

        @Override
        public Timer after(long delayNanos, Runnable action) {
          return timers.after(delayNanos, action);
        }
      };

  private final RecordedLog log = new RecordedLog();
  private final Forwarder forwarder =
      new Forwarder(
          query -> {
            CompletableFuture<byte[]> response = new CompletableFuture<>();
            upstream.add(response);
            return response;
          },
          new NoPlaces(),
          new Bypasses(),
          new RealThreads(),
          counted,
          log);

  @AfterEach
  void close() {
    forwarder.close();
  }

  /**
   * Its port would swallow each query, and its place would be taken for good. Here an address
   * without octets fails, as a lack of memory or files does.
   */
  @Test
  void aStandInThatCannotStartIsRemoved() throws IOException {
    for (int i = 0; i < MORE_THAN_ALL; i++) {
      InetSocketAddress server = InetSocketAddress.createUnresolved("server" + i, 53);
      InetSocketAddress standIn = forwarder.standInFor(server, false);
      while (log.lines().size() <= i) {
        Thread.onSpinWait(); // the test's time limit ends it
      }
      assertTrue(log.lines().get(i).contains("NullPointerException"), log.lines().toString());
      assertNull(forwarder.serverBehind(standIn));
    }
    assertEquals(MORE_THAN_ALL, log.lines().size());
  }

  /** At the end of a JVM: what was asked before is answered. */
  @Test
  void drainWaitsForTheQueriesInFlight() throws Exception {
    CompletableFuture<byte[]> response = asked();
    AtomicBoolean answered = new AtomicBoolean();
    CompletableFuture<Boolean> drained = new CompletableFuture<>();
    Thread draining =
        new Thread(
            () -> {
              forwarder.drain(TimeUnit.HOURS.toNanos(1));
              drained.complete(answered.get());
            },
            "draining");
    draining.setDaemon(true);
    draining.start();
    awaitLooks(draining);
    answered.set(true);
    response.completeExceptionally(new IllegalStateException("no server there"));
    assertTrue(drained.get());
  }

  /** The clock of the test stands still until then. */
  @Test
  void drainEndsAtItsTimeLimit() throws Exception {
    asked();
    Thread draining = new Thread(() -> forwarder.drain(TimeUnit.HOURS.toNanos(1)), "draining");
    draining.setDaemon(true);
    draining.start();
    awaitLooks(draining);
    assertTrue(draining.isAlive(), "a query is in flight");
    timers.advance(Duration.ofHours(1));
    draining.join();
  }

  /** Until it has seen more often than enough that a query is in flight, or has ended. */
  private void awaitLooks(Thread thread) {
    int enough = looks.get() + 10;
    while (thread.isAlive() && looks.get() < enough) {
      Thread.onSpinWait(); // the test's time limit ends it
    }
  }

  /** A query in flight, and its response. */
  private CompletableFuture<byte[]> asked() throws Exception {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 53);
    InetSocketAddress standIn = forwarder.standInFor(server, false);
    try (DatagramChannel library = DatagramChannel.open()) {
      library.connect(standIn);
      library.write(ByteBuffer.wrap(StandInUnderTest.query(1, "www.example", StandInUnderTest.A)));
      return upstream.take();
    }
  }

  /** Every name goes over TLS or nowhere. */
  static class NoPlaces implements NamePlaces {
    @Override
    public boolean isSystems(String name) {
      return false;
    }

    @Override
    public boolean isLoopback(String name) {
      return false;
    }

    @Override
    public boolean isNoServers(String name) {
      return false;
    }

    @Override
    public boolean mayLeaveInClear(String name) {
      return false;
    }

    @Override
    public boolean refusesCleartext() {
      return true;
    }
  }
}
