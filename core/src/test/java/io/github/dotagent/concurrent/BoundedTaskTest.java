package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedTaskTest {
  private static final int LONG = 60; // seconds; longer than any task here takes

  @Test
  void returnsTheResultOfTheTask() throws IOException {
    assertEquals("there", BoundedTask.within(LONG, "test", () -> "there"));
    assertEquals(
        "dot-agent-test", BoundedTask.within(LONG, "test", () -> Thread.currentThread().getName()));
  }

  @Test
  void throwsTheExceptionOfTheTask() {
    assertThrows(
        FileNotFoundException.class,
        () ->
            BoundedTask.within(
                LONG,
                "test",
                () -> {
                  throw new FileNotFoundException();
                }));
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                BoundedTask.within(
                    LONG,
                    "test",
                    () -> {
                      throw new OutOfMemoryError("full");
                    }));
    assertTrue(thrown.getMessage().contains("full"), thrown.getMessage());
  }

  @Test
  void aTaskWithoutEndTimesOut() {
    CountDownLatch never = new CountDownLatch(1);
    IOException late =
        assertThrows(
            IOException.class,
            () ->
                BoundedTask.within(
                    0,
                    "test",
                    () -> {
                      never.await();
                      return null;
                    }));
    assertEquals("it was not read within 0 s", late.getMessage());
    never.countDown();
  }

  @Test
  void anInterruptIsKept() throws IOException {
    Thread.currentThread().interrupt();
    assertEquals("there", BoundedTask.within(LONG, "test", () -> "there"));
    assertTrue(Thread.interrupted());
  }
}
