package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class ClassWarmupTest {
  /** Were it not, no lookup would be answered: the core is made with it on the way. */
  @Test
  void whatIsWrittenCanBeRead() {
    assertDoesNotThrow(ClassWarmup::run);
  }
}
