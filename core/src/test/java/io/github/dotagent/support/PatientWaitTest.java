package io.github.dotagent.support;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatientWaitTest {
  private final CountDownLatch latch = new CountDownLatch(1);

  @Test
  void anInterruptIsKeptForTheCaller() {
    latch.countDown();
    Thread.currentThread().interrupt();
    assertTrue(PatientWait.within(TimeUnit.MINUTES.toNanos(1), latch));
    assertTrue(Thread.interrupted());
  }

  @Test
  void itHasAnEndWithAnInterruptAsWithout() {
    assertFalse(PatientWait.within(0, latch));
    Thread.currentThread().interrupt();
    assertFalse(PatientWait.within(0, latch));
    assertTrue(Thread.interrupted());
  }
}
