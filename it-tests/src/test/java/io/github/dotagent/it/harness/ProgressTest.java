package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress();

  @Test
  void nothingYet() {
    assertEquals(
        "after 0:00: 0 passed, 0 failed, 0 skipped; running: none", progress.line(Duration.ZERO));
  }

  @Test
  void countsFinishedTestsAndNamesTheOthers() {
    for (String test : new String[] {"a", "b", "c", "d", "e"}) {
      progress.begins(test);
    }
    progress.passes("a");
    progress.fails("b");
    progress.skipped("c");
    assertEquals(
        "after 12:05: 1 passed, 1 failed, 1 skipped; running: d, e",
        progress.line(Duration.ofMinutes(12).plusSeconds(5)));
  }
}
