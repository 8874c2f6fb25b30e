package io.github.dotagent.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HedgeBudgetTest {
  private final HedgeBudget budget = new HedgeBudget();

  @Test
  void spendsTheSavingsThenOneInTwenty() {
    spendAll(HedgeBudget.MOST);
    for (int round = 0; round < 3; round++) {
      for (int query = 1; query < HedgeBudget.QUERIES_PER_HEDGE; query++) {
        budget.earn();
        assertFalse(budget.spend());
      }
      budget.earn();
      spendAll(1);
    }
  }

  @Test
  void theSavingsAreCapped() {
    for (int query = 0; query < 1_000_000; query++) {
      budget.earn();
    }
    spendAll(HedgeBudget.MOST);
  }

  private void spendAll(int expected) {
    for (int i = 0; i < expected; i++) {
      assertTrue(budget.spend(), "number " + i);
    }
    assertFalse(budget.spend());
  }
}
