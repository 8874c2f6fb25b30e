package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TestsAtOnceTest {
  @Test
  void oneOnOneProcessor() {
    assertEquals(1, TestsAtOnce.on(1));
  }

  @Test
  void threeForEachOfSeveral() {
    assertEquals(6, TestsAtOnce.on(2));
    assertEquals(24, TestsAtOnce.on(8));
  }
}
