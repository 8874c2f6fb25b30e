package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentThreadTest {
  private static void nothing() {}

  @Test
  void isANamedDaemonThoughItsMakerIsNone() throws InterruptedException {
    AgentThread thread = madeBy(null);
    assertEquals("dot-agent-reader 192.0.2.53", thread.getName());
    assertTrue(thread.isDaemon());
  }

  /** Made by a thread of the program's; a thread is a daemon if its maker is. */
  private static AgentThread madeBy(ThreadGroup group) throws InterruptedException {
    AgentThread[] made = new AgentThread[1];
    Thread maker =
        new Thread(
            group, () -> made[0] = AgentThread.of("reader 192.0.2.53", AgentThreadTest::nothing));
    maker.setDaemon(false);
    maker.start();
    maker.join();
    return made[0];
  }

  @Test
  void doesNotInheritTheContextClassLoader() {
    assertNotNull(Thread.currentThread().getContextClassLoader());
    assertNull(AgentThread.of("x", AgentThreadTest::nothing).getContextClassLoader());
  }

  @Test
  void standsOutsideTheProgramsThreadGroups() throws InterruptedException {
    AgentThread thread = madeBy(new ThreadGroup("of the program"));
    assertNull(thread.getThreadGroup().getParent(), "the group of all groups");
  }

  @Test
  void knowsItself() throws InterruptedException {
    AtomicBoolean inside = new AtomicBoolean();
    AgentThread thread = AgentThread.of("x", () -> inside.set(AgentThread.isCurrent()));
    thread.start();
    thread.join();
    assertTrue(inside.get());
    assertFalse(AgentThread.isCurrent());
  }

  /** On Java 8 an interrupt closes the channel that a thread waits at, which others may need. */
  @Test
  void isNotInterrupted() throws Exception {
    Pipe pipe = Pipe.open();
    CompletableFuture<Integer> read = new CompletableFuture<>();
    AgentThread thread =
        AgentThread.of(
            "x",
            () -> {
              try {
                read.complete(pipe.source().read(ByteBuffer.allocate(1)));
              } catch (IOException closed) {
                read.completeExceptionally(closed);
              }
            });
    thread.start();
    thread.interrupt(); // before or after it has begun to wait
    assertFalse(thread.isInterrupted());
    pipe.sink().write(ByteBuffer.wrap(new byte[1]));
    assertEquals(1, read.get());
    assertTrue(pipe.source().isOpen());
    thread.join();
    pipe.sink().close();
    pipe.source().close();
  }
}
