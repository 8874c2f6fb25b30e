package io.github.dotagent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountsByTextTest {
  @Test
  void eachTextHasItsOwn() {
    CountsByText counts = new CountsByText();
    counts.add("");
    counts.add("a");
    counts.add("a");
    assertEquals(2, counts.of("a"));
    assertEquals(1, counts.of(""));
    assertEquals(0, counts.of("b"));
  }

  @Test
  void textsBeyondTheLimitShareOneCount() {
    CountsByText counts = new CountsByText(2, "others");
    for (String text : List.of("a", "b", "c", "d", "a")) {
      counts.add(text);
    }
    assertEquals(Map.of("a", 2L, "b", 1L, "others", 2L), counts.all());
  }

  @Test
  void noCountIsLostBetweenThreads() throws InterruptedException {
    CountsByText counts = new CountsByText();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 1_000; n++) {
                  counts.add("n" + n % 3);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4_000, counts.of("n0") + counts.of("n1") + counts.of("n2"));
  }
}
