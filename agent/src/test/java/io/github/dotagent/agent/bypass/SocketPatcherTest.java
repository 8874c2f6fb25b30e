package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketPatcherTest {
  private static final String SOCKET = "java/net/Socket";
  private static final byte[] OWN = {1};
  private static final byte[] PATCHED = {2};

  private final SocketPatcher patcher = new SocketPatcher(0);

  private byte[] failing(Error error) {
    return patcher.patched(
        SOCKET,
        OWN,
        () -> {
          throw error;
        });
  }

  /** On the stack of a program that loads the class at its very end, for example. */
  @Test
  void afterAStackOverflowAClassCountsAsMissedUntilItIsPatched() {
    StackOverflowError deep = new StackOverflowError();
    assertNull(failing(deep));
    assertEquals(Set.of(SOCKET), patcher.missed());
    assertFalse(patcher.has(SOCKET));
    assertEquals(deep, patcher.failure());
    assertArrayEquals(PATCHED, patcher.patched(SOCKET, OWN, () -> PATCHED));
    assertEquals(Set.of(), patcher.missed());
    assertTrue(patcher.has(SOCKET));
  }

  @Test
  void aClassOfUnknownFormIsNotTriedAgain() {
    failing(new OutOfMemoryError());
    assertNull(patcher.patched(SOCKET, OWN, () -> null));
    assertEquals(Set.of(), patcher.missed());
    failing(new NoClassDefFoundError());
    assertEquals(Set.of(), patcher.missed());
  }

  @Test
  void aPatchThatTheJvmRefusesCountsAsMissed() {
    patcher.patched(SOCKET, OWN, () -> PATCHED);
    patcher.refused(SOCKET);
    assertFalse(patcher.has(SOCKET));
    assertEquals(Set.of(SOCKET), patcher.missed());
  }

  @Test
  void aClassOfUnknownFormThatTheJvmRefusesIsNotTriedAgain() {
    patcher.patched(SOCKET, OWN, () -> null);
    patcher.refused(SOCKET);
    assertEquals(Set.of(), patcher.missed());
  }
}
