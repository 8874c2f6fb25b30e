package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AttemptsTest {
  private final Attempts attempts = new Attempts();

  @Test
  void anOpenConnectionThatNeverSaidAWordIsForgivenOnce() {
    assertTrue(attempts.another(true, false));
    assertFalse(attempts.another(true, false));
  }

  @Test
  void oneThatWasMadeForTheQueryAndSaidNothingIsNot() {
    assertFalse(attempts.another(false, false));
  }

  @Test
  void asLongAsEachBringsSomethingTheNextIsTried() {
    for (int i = 1; i < Attempts.MOST; i++) {
      assertTrue(attempts.another(false, true), "after " + i);
    }
    assertFalse(attempts.another(false, true), "but not for ever");
  }
}
