package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A lookup of A and AAAA by one thread: with the agent; on the stock JDK that asks stubby on the
 * same machine; and, for what is possible at all, by a program that does nothing but ask over the
 * JDK's TLS. All from the same Unbound, in turn. In a network namespace, for stubby listens on port
 * 53. Arguments: rounds, lookups a round.
 */
public final class StubbyBenchmark {
  private static final String ROUNDS = "7"; // odd, so that the median is one of them

  /**
   * A round of a second and more: for the first tenths of one the kernel leaves both sides on one
   * processor, where to wake the other costs little, and then it moves them apart.
   */
  private static final String LOOKUPS = "20000";

  private static final int WARM = 20_000;
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private StubbyBenchmark() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 3) {
      ExitWithParent.watch();
      inside(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[2]));
      return;
    }
    Path folder = Files.createTempDirectory("dot-agent-bench");
    ChildJvm.sameClassPath(StubbyBenchmark.class)
        .args(args.length < 1 ? ROUNDS : args[0], args.length < 2 ? LOOKUPS : args[1])
        .args(folder.toString())
        .within(WITHIN)
        .inside(NetworkNamespace.in(folder.resolve("network")).hosts("127.0.0.1 localhost\n"))
        .run()
        .quiet()
        .stdout()
        .forEach(System.out::println);
  }

  private static void inside(int rounds, int lookups, Path folder) throws IOException {
    try (Unbound unbound = Unbound.start();
        RunningChild stubby =
            Stubby.start(
                folder,
                unbound.trust(),
                List.of(unbound.port()),
                Unbound.NAME,
                UnaryOperator.identity(),
                WITHIN)) {
      String upstream = "127.0.0.1@" + unbound.port() + "#" + Unbound.NAME;
      for (JavaHome java : AgentUnderLoad.javas()) {
        try (RunningChild agent = AgentUnderLoad.start(java, upstream, unbound.trust());
            RunningChild stock = AgentUnderLoad.uncached(java).start();
            RunningChild bare = startBare(java, unbound)) {
          measure(java, agent, stock, bare, rounds, lookups);
        }
      }
      if (!stubby.isAlive()) {
        throw new IllegalStateException("stubby is gone");
      }
    }
  }

  private static RunningChild startBare(JavaHome java, Unbound unbound) {
    return ChildJvm.program(java, "BareLoad")
        .within(WITHIN)
        .args(String.valueOf(unbound.port()), unbound.trust().toString(), Unbound.NAME)
        .start();
  }

  private static void measure(
      JavaHome java,
      RunningChild agent,
      RunningChild stock,
      RunningChild bare,
      int rounds,
      int lookups) {
    List<Double> withAgent = new ArrayList<>();
    List<Double> withStubby = new ArrayList<>();
    List<Double> bareTls = new ArrayList<>();
    LoadReport.closed(agent, 4, WARM, Unbound.DOMAIN);
    LoadReport.closed(bare, 1, WARM, Unbound.DOMAIN);
    LoadReport.closed(stock, 4, WARM / 10, Unbound.DOMAIN);
    for (int round = 0; round < rounds; round++) {
      withAgent.add(micros(LoadReport.closed(agent, 1, lookups, Unbound.DOMAIN)));
      withStubby.add(micros(LoadReport.closed(stock, 1, lookups, Unbound.DOMAIN)));
      bareTls.add(micros(LoadReport.closed(bare, 1, lookups, Unbound.DOMAIN)));
    }
    double stubby = Median.of(withStubby);
    System.out.println(
        String.format(
            Locale.ROOT,
            "Java %d: one thread, p50: stubby %.0f us, agent %.0f us (x %.2f), bare TLS %.0f us (x"
                + " %.2f)",
            java.major(),
            stubby,
            Median.of(withAgent),
            Median.of(withAgent) / stubby,
            Median.of(bareTls),
            Median.of(bareTls) / stubby));
  }

  private static double micros(LoadReport report) {
    if (report.failed() > 0) {
      throw new IllegalStateException(report.toString());
    }
    return report.p50().toNanos() / 1e3;
  }
}
