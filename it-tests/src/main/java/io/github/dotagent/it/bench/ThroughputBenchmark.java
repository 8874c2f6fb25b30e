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
 * {@code dnsperf} gets out of the same Unbound with 1, 2 or 4 connections, in turn: queries given
 * to the agent's connection as dnsperf gives them to its own, and lookups of threads that each wait
 * for {@code InetAddress}. Argument: rounds.
 */
public final class ThroughputBenchmark {
  private static final int ROUNDS = 5; // odd, so that the median is one of them
  private static final int SECONDS = 3;
  private static final List<Integer> CONNECTIONS = List.of(1, 2, 4);
  private static final List<Integer> THREADS = List.of(16, 64, 256);

  /** dnsperf's default is 100 on each connection. */
  private static final List<Integer> IN_FLIGHT = List.of(100, 200);

  /** A and AAAA of each name. */
  private static final int QUERIES = 2;

  /** The compilers of the JVM are done after so many. */
  private static final int WARM_LOOKUPS = 150_000;

  private static final int LOOKUPS = 60_000;

  /** Queries without a lookup; about three seconds, as dnsperf has. */
  private static final int BARE_QUERIES = 300_000;

  private final Unbound unbound;
  private final Map<String, List<Double>> perSecond = new LinkedHashMap<>();
  private final Map<String, List<Double>> cpu = new LinkedHashMap<>();
  private final Map<String, List<Double>> serverCpu = new LinkedHashMap<>();

  private ThroughputBenchmark(Unbound unbound) {
    this.unbound = unbound;
  }

  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    Dnsperf dnsperf = new Dnsperf();
    try (Unbound unbound = Unbound.start()) {
      for (JavaHome java : AgentUnderLoad.javas()) {
        new ThroughputBenchmark(unbound).measure(java, dnsperf, rounds);
      }
    }
  }

  private void measure(JavaHome java, Dnsperf dnsperf, int rounds) {
    String upstream = "127.0.0.1@" + unbound.port() + "#" + Unbound.NAME;
    try (RunningChild agent = AgentUnderLoad.start(java, upstream, unbound.trust())) {
      LoadReport.closed(agent, 64, WARM_LOOKUPS, Unbound.DOMAIN);
      LoadReport.queries(agent, 100, BARE_QUERIES, Unbound.DOMAIN);
      for (int round = 0; round < rounds; round++) {
        for (int connections : CONNECTIONS) {
          Duration before = unbound.cpu();
          Dnsperf.Rates figures = dnsperf.run(unbound.port(), connections, SECONDS);
          String who = "dnsperf, " + connections + " connections";
          add(who, figures.perSecond(), figures.cpuMicros(), before, SECONDS);
        }
        for (int inFlight : IN_FLIGHT) {
          Duration before = unbound.cpu();
          LoadReport report = LoadReport.queries(agent, inFlight, BARE_QUERIES, Unbound.DOMAIN);
          add("connection, " + inFlight + " in flight", report, 1, before);
        }
        for (int threads : THREADS) {
          Duration before = unbound.cpu();
          LoadReport report = LoadReport.closed(agent, threads, LOOKUPS, Unbound.DOMAIN);
          add("lookups, " + threads + " threads", report, QUERIES, before);
        }
      }
      print(java);
      System.out.println("connections of the agent: " + agent.ask("threads dot-agent"));
    }
  }

  private void add(String who, LoadReport report, int queries, Duration unboundBefore) {
    if (report.failed() > 0) {
      throw new IllegalStateException(report.toString());
    }
    double seconds = report.took().toNanos() / 1e9;
    add(who, queries * report.perSecond(), report.cpuMicros() / queries, unboundBefore, seconds);
  }

  private void add(
      String who, double queriesPerSecond, double micros, Duration unboundBefore, double seconds) {
    add(perSecond, who, queriesPerSecond);
    add(cpu, who, micros);
    double spent = unbound.cpu().minus(unboundBefore).toNanos() / 1e3;
    add(serverCpu, who, spent / (queriesPerSecond * seconds));
  }

  private static void add(Map<String, List<Double>> figures, String who, double value) {
    figures.computeIfAbsent(who, key -> new ArrayList<>()).add(value);
  }

  private void print(JavaHome java) {
    perSecond.forEach(
        (who, values) ->
            print(
                "Java %d: %s: %.0f queries/s, %.1f us of processor each, %.1f us of Unbound's",
                java.major(),
                who,
                Median.of(values),
                Median.of(cpu.get(who)),
                Median.of(serverCpu.get(who))));
    for (String ours : List.of("connection", "lookups")) {
      double ratio = best(ours) / best("dnsperf");
      print("Java %d: %s at their best / dnsperf at its best: %.2f", java.major(), ours, ratio);
    }
  }

  private double best(String who) {
    return perSecond.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(who))
        .mapToDouble(entry -> Median.of(entry.getValue()))
        .max()
        .orElseThrow();
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
