package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.network.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many round trips a lookup of A and AAAA takes: behind a relay that adds 30 ms to the way to
 * Unbound and back, and on loopback itself, where a stall shows. Argument: lookups of each kind.
 */
public final class RoundTripBenchmark {
  private static final int LOOKUPS = 101; // odd, so that the median is one of them
  private static final int WARM = 500;
  private static final Duration ONE_WAY = Duration.ofMillis(15);
  private static final double ROUND_TRIP_MILLIS = 2 * ONE_WAY.toMillis();

  private RoundTripBenchmark() {}

  public static void main(String[] args) throws IOException {
    int lookups = args.length == 0 ? LOOKUPS : Integer.parseInt(args[0]);
    try (Unbound unbound = Unbound.start();
        Relay near = Relay.to(unbound.port());
        Relay far = Relay.to(unbound.port(), ONE_WAY)) {
      for (JavaHome java : AgentUnderLoad.javas()) {
        double computing = first(java, unbound, near, lookups);
        double first = first(java, unbound, far, lookups);
        double warm = warm(java, unbound, far.port(), lookups);
        double relayed = warm(java, unbound, near.port(), lookups);
        double loopback = warm(java, unbound, unbound.port(), 5 * lookups);
        System.out.println(
            String.format(
                Locale.ROOT,
                "Java %d: at %.0f ms: warm lookup %.2f ms (%.3f round trips), %.2f ms of it without the"
                    + " delay; first on a new"
                    + " connection %.1f ms, %.1f ms of it without the delay (%.2f round trips);"
                    + " warm on loopback %.0f us",
                java.major(),
                ROUND_TRIP_MILLIS,
                warm,
                warm / ROUND_TRIP_MILLIS,
                relayed,
                first,
                computing,
                (first - computing) / ROUND_TRIP_MILLIS,
                loopback * 1e3));
      }
    }
  }

  /** Milliseconds, the median. */
  private static double warm(JavaHome java, Unbound unbound, int port, int lookups) {
    try (RunningChild agent = start(java, unbound, port)) {
      LoadReport.closed(agent, 8, WARM, Unbound.DOMAIN);
      return millis(LoadReport.closed(agent, 1, lookups, Unbound.DOMAIN));
    }
  }

  /** Milliseconds, the median of those that found no connection. */
  private static double first(JavaHome java, Unbound unbound, Relay relay, int lookups) {
    List<Double> each = new ArrayList<>();
    try (RunningChild agent = start(java, unbound, relay.port())) {
      LoadReport.closed(agent, 8, WARM, Unbound.DOMAIN);
      for (int i = -lookups / 2; i < lookups; i++) { // the first of them warm the handshake up
        relay.reset();
        String readers = agent.ask("threads dot-agent-reader");
        while (!readers.equals("[]")) {
          readers = agent.ask("threads dot-agent-reader");
        }
        double took = millis(LoadReport.closed(agent, 1, 1, Unbound.DOMAIN));
        if (i >= 0) {
          each.add(took);
        }
      }
    }
    return Median.of(each);
  }

  private static RunningChild start(JavaHome java, Unbound unbound, int port) {
    return AgentUnderLoad.start(java, "127.0.0.1@" + port + "#" + Unbound.NAME, unbound.trust());
  }

  private static double millis(LoadReport report) {
    if (report.failed() > 0) {
      throw new IllegalStateException(report.toString());
    }
    return report.p50().toNanos() / 1e6;
  }
}
