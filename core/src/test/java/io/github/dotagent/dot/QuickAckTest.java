package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.net.SocketSetting;
import io.github.dotagent.testing.ManualTimers;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The option is set on an open socket or not at all, no matter which thread closes it. */
@Timeout(60)
class QuickAckTest {
  @Test
  void setsTheOptionEachTime() {
    AtomicInteger times = new AtomicInteger();
    QuickAck quickAck =
        new QuickAck(
            socket -> times.incrementAndGet(),
            new BufferedSocket(new ConnectWait(new ManualTimers()), 1, () -> {}));
    quickAck.again();
    quickAck.again();
    assertEquals(2, times.get());
  }

  @Test
  void leavesAClosedSocketAlone() throws IOException {
    AtomicInteger times = new AtomicInteger();
    BufferedSocket socket = new BufferedSocket(new ConnectWait(new ManualTimers()), 1, () -> {});
    QuickAck quickAck = new QuickAck(anySocket -> times.incrementAndGet(), socket);
    socket.close();
    quickAck.again();
    assertEquals(0, times.get());
  }

  @Test
  void givesUpWhereTheOptionIsUnknown() {
    AtomicInteger times = new AtomicInteger();
    SocketSetting unknown =
        socket -> {
          times.incrementAndGet();
          throw new NoSuchFieldException("TCP_QUICKACK");
        };
    QuickAck quickAck =
        new QuickAck(unknown, new BufferedSocket(new ConnectWait(new ManualTimers()), 1, () -> {}));
    quickAck.again();
    quickAck.again();
    assertEquals(1, times.get());
  }

  @Test
  void aCloseWaitsForTheOptionThatIsBeingSet() throws InterruptedException {
    BufferedSocket corked = new BufferedSocket(new ConnectWait(new ManualTimers()), 1, () -> {});
    Thread closing = new Thread(() -> close(corked));
    AtomicBoolean closedMeanwhile = new AtomicBoolean();
    SocketSetting slow =
        socket -> {
          closing.start();
          awaitStandstill(closing);
          closedMeanwhile.set(socket.isClosed());
        };
    new QuickAck(slow, corked).again();
    closing.join();
    assertFalse(closedMeanwhile.get(), "closed while the option was being set");
    assertTrue(corked.isClosed());
  }

  /** Until it waits for us, or is through. */
  private static void awaitStandstill(Thread thread) {
    while (thread.getState() != Thread.State.BLOCKED
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  private static void close(BufferedSocket socket) {
    try {
      socket.close();
    } catch (IOException neverWithoutAConnection) {
      throw new AssertionError(neverWithoutAConnection);
    }
  }
}
