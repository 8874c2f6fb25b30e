package io.github.dotagent.concurrent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UninterruptibleWaitTest {
  private final CountDownLatch latch = new CountDownLatch(1);

  @Test
  void anInterruptIsKeptForTheCaller() {
    latch.countDown();
    Thread.currentThread().interrupt();
    assertTrue(UninterruptibleWait.within(TimeUnit.MINUTES.toNanos(1), latch));
    assertTrue(Thread.interrupted());
  }

  @Test
  void anInterruptDoesNotProlongTheWait() {
    assertFalse(UninterruptibleWait.within(0, latch));
    Thread.currentThread().interrupt();
    assertFalse(UninterruptibleWait.within(0, latch));
    assertTrue(Thread.interrupted());
  }
}
