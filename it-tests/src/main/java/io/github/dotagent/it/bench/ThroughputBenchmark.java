package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * DNS queries per second over one connection to Unbound on loopback, all of new names, against what
 * {@code dnsperf} gets out of the same Unbound with 1, 2 or 4 connections, in turn. Argument:
 * rounds.
 */
public final class ThroughputBenchmark {
  private static final int ROUNDS = 5; // odd, so that the median is one of them
  private static final int SECONDS = 3;
  private static final List<Integer> CONNECTIONS = List.of(1, 2, 4);
  private static final List<Integer> THREADS = List.of(16, 64, 256);

  /** A and AAAA of each name. */
  private static final int QUERIES = 2;

  /** The compilers of the JVM are done after so many. */
  private static final int WARM_LOOKUPS = 150_000;

  private static final int LOOKUPS = 60_000;

  private ThroughputBenchmark() {}

  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    Dnsperf dnsperf = new Dnsperf();
    try (Unbound unbound = Unbound.start()) {
      for (JavaHome java : AgentUnderLoad.javas()) {
        measure(java, unbound, dnsperf, rounds);
      }
    }
  }

  private static void measure(JavaHome java, Unbound unbound, Dnsperf dnsperf, int rounds) {
    Map<String, List<Double>> perSecond = new LinkedHashMap<>();
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    Map<String, List<Double>> serverCpu = new LinkedHashMap<>();
    String upstream = "127.0.0.1@" + unbound.port() + "#" + Unbound.NAME;
    try (RunningChild agent = AgentUnderLoad.start(java, upstream, unbound.trust())) {
      LoadReport.closed(agent, 64, WARM_LOOKUPS, Unbound.DOMAIN);
      for (int round = 0; round < rounds; round++) {
        for (int connections : CONNECTIONS) {
          Duration before = unbound.cpu();
          Dnsperf.Figures figures = dnsperf.run(unbound.port(), connections, SECONDS);
          String who = "dnsperf, " + connections + " connections";
          add(perSecond, who, figures.perSecond());
          add(cpu, who, figures.cpuMicros());
          double queries = figures.perSecond() * SECONDS;
          add(serverCpu, who, unbound.cpu().minus(before).toNanos() / 1e3 / queries);
        }
        for (int threads : THREADS) {
          Duration before = unbound.cpu();
          LoadReport report = LoadReport.closed(agent, threads, LOOKUPS, Unbound.DOMAIN);
          if (report.failed() > 0) {
            throw new IllegalStateException(report.toString());
          }
          String who = "agent, " + threads + " threads";
          add(perSecond, who, QUERIES * report.perSecond());
          add(cpu, who, report.cpuMicros() / QUERIES);
          double queries = QUERIES * report.lookups();
          add(serverCpu, who, unbound.cpu().minus(before).toNanos() / 1e3 / queries);
        }
      }
      perSecond.forEach(
          (who, values) ->
              print(
                  "Java %d: %s: %.0f queries/s, %.1f us of processor each, %.1f us of Unbound's",
                  java.major(),
                  who,
                  Median.of(values),
                  Median.of(cpu.get(who)),
                  Median.of(serverCpu.get(who))));
      double ratio = best(perSecond, "agent") / best(perSecond, "dnsperf");
      print("Java %d: agent at its best / dnsperf at its best: %.2f", java.major(), ratio);
      System.out.println("connections of the agent: " + agent.ask("threads dot-agent"));
    }
  }

  private static double best(Map<String, List<Double>> figures, String who) {
    return figures.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(who))
        .mapToDouble(entry -> Median.of(entry.getValue()))
        .max()
        .orElseThrow();
  }

  private static void add(Map<String, List<Double>> figures, String who, double value) {
    figures.computeIfAbsent(who, key -> new ArrayList<>()).add(value);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
