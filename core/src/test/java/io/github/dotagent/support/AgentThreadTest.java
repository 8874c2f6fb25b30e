package io.github.dotagent.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentThreadTest {
  private static void nothing() {}

  @Test
  void isANamedDaemon() {
    AgentThread thread = new AgentThread("reader 192.0.2.53", AgentThreadTest::nothing);
    assertEquals("dot-agent-reader 192.0.2.53", thread.getName());
    assertTrue(thread.isDaemon());
  }

  @Test
  void hasNoContextClassLoaderThoughItsMakerHas() {
    assertNotNull(Thread.currentThread().getContextClassLoader());
    assertNull(new AgentThread("x", AgentThreadTest::nothing).getContextClassLoader());
  }

  @Test
  void standsOutsideTheProgramsThreadGroups() throws InterruptedException {
    AgentThread[] made = new AgentThread[1];
    ThreadGroup programs = new ThreadGroup("of the program");
    Thread maker =
        new Thread(programs, () -> made[0] = new AgentThread("x", AgentThreadTest::nothing));
    maker.start();
    maker.join();
    assertNull(made[0].getThreadGroup().getParent(), "the group of all groups");
  }

  @Test
  void knowsItself() throws InterruptedException {
    AtomicBoolean inside = new AtomicBoolean();
    AgentThread thread = new AgentThread("x", () -> inside.set(AgentThread.isCurrent()));
    thread.start();
    thread.join();
    assertTrue(inside.get());
    assertFalse(AgentThread.isCurrent());
  }
}
