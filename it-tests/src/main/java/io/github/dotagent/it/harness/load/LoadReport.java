package io.github.dotagent.it.harness.load;

import io.github.dotagent.it.harness.jvm.RunningChild;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the program {@code LoadProgram} tells of a load. Immutable.
 *
 * @param took from the first lookup's begin to the last one's end
 * @param cpu that the process used meanwhile
 * @param p50 what half of the lookups did not exceed
 * @param p99 what 99 of 100 did not exceed
 * @param firstFailure {@code none}, or what the first that failed said
 */
public record LoadReport(
    int lookups,
    int failed,
    Duration took,
    Duration cpu,
    Duration p50,
    Duration p99,
    Duration max,
    String firstFailure) {

  /** Tries of a program that has only just begun, on a machine with much else to do. */
  private static final int TRIES = 10;

  private static final int MINUTE_MILLIS = 60_000;

  /**
   * Waits until the program's first lookup is answered.
   *
   * @throws AssertionError when none is
   */
  public static void begin(RunningChild program, String domain) {
    LoadReport report = closed(program, 1, 1, domain);
    for (int i = 1; report.failed() > 0; i++) {
      if (i == TRIES) {
        throw new AssertionError(report.firstFailure() + " " + program.stderr());
      }
      report = closed(program, 1, 1, domain);
    }
  }

  /** New names below a domain, a bounded number at a time: see {@code ClosedLoad}. */
  public static LoadReport closed(RunningChild program, int threads, int count, String domain) {
    return of(program.ask("closed " + threads + " " + count + " " + domain));
  }

  /** Queries beneath lookups, a bounded number in flight, times not told: see {@code QueryLoad}. */
  public static LoadReport queries(RunningChild program, int inFlight, int count, String domain) {
    return of(program.ask("queries " + inFlight + " " + count + " " + domain));
  }

  /** New names below a domain, so many a second. */
  public static LoadReport steady(RunningChild program, int rate, Duration time, String domain) {
    return of(program.ask("steady " + rate + " " + time.toMillis() + " " + domain));
  }

  /** For a minute, so many a second, a few of them of new names: see {@code MixedLoad}. */
  public static LoadReport mixed(RunningChild program, int rate, String domain) {
    return of(program.ask("mixed " + rate + " " + MINUTE_MILLIS + " " + domain));
  }

  /** A thread for each, {@code platform} or {@code virtual}: see {@code CrowdLoad}. */
  public static LoadReport crowd(RunningChild program, String kind, int threads, String domain) {
    return of(program.ask("crowd " + kind + " " + threads + " " + domain));
  }

  /**
   * @param line as the program prints it
   * @throws AssertionError when it is something else
   */
  public static LoadReport of(String line) {
    if (!line.startsWith("lookups=")) {
      throw new AssertionError(line);
    }
    Map<String, String> values = new HashMap<>();
    int failure = line.indexOf(" failure=");
    Arrays.stream(line.substring(0, failure).split(" "))
        .map(pair -> pair.split("="))
        .forEach(pair -> values.put(pair[0], pair[1]));
    return new LoadReport(
        Integer.parseInt(values.get("lookups")),
        Integer.parseInt(values.get("failed")),
        nanos(values, "took"),
        nanos(values, "cpu"),
        nanos(values, "p50"),
        nanos(values, "p99"),
        nanos(values, "max"),
        line.substring(failure + " failure=".length()));
  }

  private static Duration nanos(Map<String, String> values, String key) {
    return Duration.ofNanos(Long.parseLong(values.get(key)));
  }

  public double perSecond() {
    return lookups / (took.toNanos() / 1e9);
  }

  /** Of processor time, for each lookup. */
  public double cpuMicros() {
    return cpu.toNanos() / 1e3 / lookups;
  }
}
