package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BoundedCallTest {
  /** Longer than any call here takes. */
  private static final long LONG = TimeUnit.SECONDS.toNanos(60);

  @Test
  void returnsTheResultOfTheCall() throws Exception {
    assertEquals("there", BoundedCall.within(LONG, () -> "there"));
  }

  @Test
  void throwsTheExceptionOfTheCall() {
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                BoundedCall.within(
                    LONG,
                    () -> {
                      throw new IOException("gone");
                    }));
    assertEquals("gone", thrown.getMessage());
    assertThrows(
        NoClassDefFoundError.class,
        () ->
            BoundedCall.within(
                LONG,
                () -> {
                  throw new NoClassDefFoundError();
                }));
  }

  @Test
  void aTaskWithoutEndTimesOut() {
    CountDownLatch never = new CountDownLatch(1);
    assertThrows(
        TimeoutException.class,
        () ->
            BoundedCall.within(
                1,
                () -> {
                  never.await();
                  return null;
                }));
    never.countDown();
  }
}
