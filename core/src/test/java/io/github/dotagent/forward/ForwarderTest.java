package io.github.dotagent.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RealThreads;
import io.github.dotagent.testing.RecordedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForwarderTest {
  private static final int MORE_THAN_ALL = 40; // stand-ins; there are 32 at most

  private final RecordedLog log = new RecordedLog();
  private final Forwarder forwarder =
      new Forwarder(
          query -> new CompletableFuture<>(),
          new NoPlaces(),
          new Bypasses(),
          new RealThreads(),
          new ManualTimers(),
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
