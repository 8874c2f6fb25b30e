package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final RetryBudget attempts = new RetryBudget();

  @Test
  void oneSilentCloseOfAnOpenConnectionIsNoTrouble() {
    assertFalse(attempts.countLoss(true, false));
    assertTrue(attempts.countLoss(true, false));
  }

  @Test
  void aSilentNewConnectionIsTrouble() {
    assertTrue(attempts.countLoss(false, false));
  }

  @Test
  void losingAConnectionThatAnsweredIsNoTrouble() {
    for (int i = 0; i < 100; i++) {
      assertFalse(attempts.countLoss(false, true));
    }
  }

  @Test
  void aQueryThatManyConnectionsEndedWithIsToBlame() {
    for (int i = 1; i < RetryBudget.MOST; i++) {
      assertFalse(attempts.countLossAfterAnswers(), "after " + i);
    }
    assertTrue(attempts.countLossAfterAnswers());
  }
}
