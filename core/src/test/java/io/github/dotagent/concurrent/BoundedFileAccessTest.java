package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedFileAccessTest {
  private static final int LONG = 60; // seconds; longer than any task here takes

  @Test
  void returnsTheResultOfTheTask() throws IOException {
    assertEquals("there", BoundedFileAccess.within(LONG, "test", () -> "there"));
    assertEquals(
        "dot-agent-test",
        BoundedFileAccess.within(LONG, "test", () -> Thread.currentThread().getName()));
  }

  @Test
  void throwsTheExceptionOfTheTask() {
    assertThrows(
        FileNotFoundException.class,
        () ->
            BoundedFileAccess.within(
                LONG,
                "test",
                () -> {
                  throw new FileNotFoundException();
                }));
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                BoundedFileAccess.within(
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
                BoundedFileAccess.within(
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
    assertEquals("there", BoundedFileAccess.within(LONG, "test", () -> "there"));
    assertTrue(Thread.interrupted());
  }
}
