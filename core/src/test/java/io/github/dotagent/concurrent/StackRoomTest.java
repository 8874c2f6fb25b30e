package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StackRoomTest {
  private static final long STACK = 256 * 1024;

  /** At least as many frames of the interpreter as 16 KB hold, of which none is below 96 octets. */
  private static final int WORK = 170;

  /** Often enough for both compilers, so that frames of each kind meet the end of the stack. */
  private static final int ROUNDS = 30;

  private boolean proved; // at the depth that was tried last
  private int refused;
  private int deepest;

  @Test
  void withRoomTheWorkDoesNotOverflow() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread program =
        new Thread(
            null,
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                fromTheEndUpwards();
              }
            },
            "program",
            STACK);
    program.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    program.start();
    program.join();
    assertTrue(failure.get() == null, () -> "overflowed after the proof: " + failure.get());
    assertTrue(refused > 0);
  }

  private void fromTheEndUpwards() {
    deepest = 0;
    try {
      fall(Integer.MAX_VALUE);
    } catch (StackOverflowError end) {
      assertFalse(deepest == 0);
    }
    int end = deepest;
    for (int depth = Math.max(0, end - 600); depth < end; depth++) {
      proved = false;
      try {
        fall(depth);
      } catch (StackOverflowError noRoom) {
        if (proved) {
          throw noRoom;
        }
        refused++;
      }
    }
  }

  private void fall(int left) {
    deepest++;
    if (left > 0) {
      fall(left - 1);
      return;
    }
    StackRoom.prove();
    proved = true;
    work(WORK);
  }

  private static int work(int left) {
    return left == 0 ? 0 : work(left - 1) + 1;
  }
}
