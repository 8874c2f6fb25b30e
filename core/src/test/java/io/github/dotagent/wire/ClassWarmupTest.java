package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class ClassWarmupTest {
  /** If the warm-up failed, no lookup would be answered: creating the core runs it. */
  @Test
  void theClassesOfAQueryCanBeLoaded() {
    assertDoesNotThrow(ClassWarmup::run);
  }
}
