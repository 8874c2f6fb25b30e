package io.github.dotagent.agent.cli.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void ages() {
    assertEquals("0 s", Words.age(-5), "clocks differ");
    assertEquals("59 s", Words.age(59_999));
    assertEquals("1 min 0 s", Words.age(60_000));
    assertEquals("59 min 59 s", Words.age(3_599_999));
    assertEquals("1 h 0 min", Words.age(3_600_000));
    assertEquals("23 h 59 min", Words.age(86_399_999));
    assertEquals("1 d 0 h", Words.age(86_400_000));
    assertEquals("400 d 5 h", Words.age(400 * 86_400_000L + 5 * 3_600_000L));
  }

  @Test
  void figures() {
    assertEquals("-", Words.count(null));
    assertEquals("1,234,567", Words.count(1_234_567L));
    assertEquals("-", Words.millis(null));
    assertEquals("0.3 ms", Words.millis(0.25));
    assertEquals("99.9 ms", Words.millis(99.9));
    assertEquals("123 ms", Words.millis(123.4));
    assertEquals("-", Words.share(0, 0));
    assertEquals("66.7 %", Words.share(2, 3));
    assertEquals("2.5/s", Words.rate(5, 2_000));
  }

  @Test
  void wrapping() {
    assertEquals(List.of("one two", "three"), Words.wrapped("one two three", 8));
    assertEquals(
        List.of("a", "much-too-long-word", "b"), Words.wrapped("a much-too-long-word b", 8));
    assertEquals(List.of(""), Words.wrapped("", 8));
  }
}
