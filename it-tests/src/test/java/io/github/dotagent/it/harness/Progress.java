package io.github.dotagent.it.harness;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** How far a run is. Thread-safe; the caller passes the time. */
final class Progress {
  private final Set<String> running = new TreeSet<>();
  private int passed;
  private int failed;
  private int skipped;

  /**
   * @param test as people know it; two that run at once have different names
   */
  synchronized void begins(String test) {
    running.add(test);
  }

  synchronized void passes(String test) {
    running.remove(test);
    passed++;
  }

  synchronized void fails(String test) {
    running.remove(test);
    failed++;
  }

  synchronized void skipped(String test) {
    running.remove(test);
    skipped++;
  }

  /** One line. */
  synchronized String line(Duration since) {
    return "after %d:%02d: %d passed, %d failed, %d skipped; running: %s"
        .formatted(
            since.toMinutes(),
            since.toSecondsPart(),
            passed,
            failed,
            skipped,
            running.isEmpty() ? "none" : String.join(", ", running));
  }
}
