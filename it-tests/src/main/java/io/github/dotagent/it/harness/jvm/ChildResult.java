package io.github.dotagent.it.harness.jvm;

import java.time.Duration;
import java.util.List;

/**
 * How a child ended. Immutable.
 *
 * @param exitCode 128 and more: killed by a signal, on Unix
 * @param stdout lines
 * @param stderr lines
 * @param took from start to end
 */
public record ChildResult(int exitCode, List<String> stdout, List<String> stderr, Duration took) {
  public ChildResult {
    stdout = List.copyOf(stdout);
    stderr = List.copyOf(stderr);
  }

  /**
   * This result, when the child ended with 0 and printed nothing on stderr.
   *
   * @throws AssertionError otherwise, with all that it printed
   */
  public ChildResult quiet() {
    if (exitCode != 0 || !stderr.isEmpty()) {
      throw new AssertionError(this);
    }
    return this;
  }

  @Override
  public String toString() {
    return "exit code "
        + exitCode
        + " after "
        + took.toMillis()
        + " ms\nstdout:\n  "
        + String.join("\n  ", stdout)
        + "\nstderr:\n  "
        + String.join("\n  ", stderr);
  }
}
