package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TestsAtOnceTest {
  @Test
  void oneOnOneProcessor() {
    assertEquals(1, TestsAtOnce.on(1));
  }

  @Test
  void twoForEachOfSeveral() {
    assertEquals(4, TestsAtOnce.on(2));
    assertEquals(16, TestsAtOnce.on(8));
  }
}
