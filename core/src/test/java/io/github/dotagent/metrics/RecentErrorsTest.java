package io.github.dotagent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentErrorsTest {
  private final RecentErrors errors = new RecentErrors();

  @Test
  void noneAtFirst() {
    assertEquals(List.of(), errors.newestFirst());
  }

  @Test
  void theLastOneFirstWithItsTime() {
    errors.add(0, "a");
    errors.add(1_500, "b");
    assertEquals(
        List.of("1970-01-01T00:00:01.500Z b", "1970-01-01T00:00:00Z a"), errors.newestFirst());
  }

  @Test
  void theSameAgainIsOneWithItsLastTime() {
    errors.add(0, "a");
    errors.add(1_000, "b");
    errors.add(2_000, "a");
    assertEquals(
        List.of(
            "1970-01-01T00:00:02Z a (2 times since 1970-01-01T00:00:00Z)",
            "1970-01-01T00:00:01Z b"),
        errors.newestFirst());
  }

  @Test
  void tenAtMost() {
    for (int i = 0; i < 25; i++) {
      errors.add(0, "error " + i);
    }
    List<String> kept = errors.newestFirst();
    assertEquals(10, kept.size());
    assertEquals("1970-01-01T00:00:00Z error 24", kept.get(0));
    assertEquals("1970-01-01T00:00:00Z error 15", kept.get(9));
  }
}
