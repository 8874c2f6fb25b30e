package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a whole process took.
 *
 * @param values in the order of {@link Measure}
 */
record ProcessCost(List<Double> values) {
  /**
   * Prints the processor time of a command that has ended. bash counts it in milliseconds, other
   * shells in the steps of {@code times(2)}, 10 ms.
   */
  private static final String TIMED = "\"$0\" \"$@\" && times";

  /** Longer than any of these programs takes on a machine with much other work. */
  private static final Duration WITHIN = Duration.ofMinutes(2);

  /** Of a program that prints the peak of its memory last, in KiB. */
  static ProcessCost of(ChildJvm program) throws IOException {
    List<String> command =
        Stream.concat(Stream.of("bash", "-c", TIMED), program.command().stream()).toList();
    try (RunningChild child = RunningChild.of(command, WITHIN)) {
      ChildResult result = child.await().quiet();
      List<String> lines = result.stdout();
      if (lines.size() != 3) { // the program's, the shell's own times, its children's
        throw new IOException(result.toString());
      }
      String[] figures = lines.get(0).split(" ");
      double kib = Double.parseDouble(figures[figures.length - 1]);
      double processor =
          Stream.of(lines.get(2).trim().split(" +")).mapToDouble(ProcessCost::millis).sum();
      return new ProcessCost(List.of(processor, result.took().toNanos() / 1e6, kib / 1024));
    }
  }

  /** Such as {@code 1m2.34s}. */
  private static double millis(String time) {
    int minutes = time.indexOf('m');
    return Double.parseDouble(time.substring(0, minutes)) * 60_000
        + Double.parseDouble(time.substring(minutes + 1, time.length() - 1)) * 1000;
  }

  /** What of a whole process is compared. */
  enum Measure {
    PROCESSOR("processor time, ms"),
    WALL("wall, ms"),
    MEMORY("peak memory, MiB");

    private final String text;

    Measure(String text) {
      this.text = text;
    }

    /** With its unit, for people. */
    String text() {
      return text;
    }

    double median(List<ProcessCost> costs) {
      return Median.of(costs.stream().map(cost -> cost.values.get(ordinal())).toList());
    }
  }
}
