package io.github.dotagent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentErrorsTest {
  private final RecentErrors errors = new RecentErrors();

  @Test
  void emptyAtStart() {
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

  /** An outage has a failure for each name, and the lines that tell its cause come once. */
  @Test
  void lookupsPushNoLineOut() {
    errors.add(0, "no upstream is left");
    for (int i = 0; i < 25; i++) {
      errors.addLookup(1_000, "name " + i);
    }
    List<String> kept = errors.newestFirst();
    assertEquals(6, kept.size(), kept.toString());
    assertEquals("1970-01-01T00:00:01Z name 24", kept.get(0));
    assertEquals("1970-01-01T00:00:01Z name 20", kept.get(4));
    assertEquals("1970-01-01T00:00:00Z no upstream is left", kept.get(5));
    errors.addLookup(2_000, "name 20");
    assertEquals(
        "1970-01-01T00:00:02Z name 20 (2 times since 1970-01-01T00:00:01Z)",
        errors.newestFirst().get(0));
    assertEquals(6, errors.newestFirst().size());
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
