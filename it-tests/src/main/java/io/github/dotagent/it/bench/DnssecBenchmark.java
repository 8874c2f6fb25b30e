package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.dnssec.SignedTree;
import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.network.Relay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What validation adds, both sides in turn, medians:
 *
 * <ul>
 *   <li>to a lookup that is not in the cache, in a zone whose keys are known (ECDSA P-256, NSEC):
 *       on loopback, and behind a relay that makes 10 ms of a round trip
 *   <li>to a hundred names that the agent's cache has: processor time of the thread that looks up
 *   <li>to the start, with the anchors that are built in and with a file of them: processor time of
 *       a whole program that looks nothing up and ends after a second. It is compared pair by pair,
 *       with the interval in which the median is in 95 of 100 such benchmarks
 * </ul>
 *
 * <p>Arguments: lookups that are not in the cache, or 0 for the start alone; and the Java to take.
 */
public final class DnssecBenchmark {
  private static final int LOOKUPS = 501; // odd, so that the median is one of them
  private static final int WARM = 1_500;
  private static final Duration ONE_WAY = Duration.ofMillis(5);
  private static final int ROUNDS = 9;
  private static final int PAIRS = 3; // two JVMs of one kind differ by what they have inlined

  /** Odd. A start's processor time differs by a tenth, and what is looked for is a hundredth. */
  private static final int STARTS = 51;

  /** What C2 compiles within a second, and how many threads collect, differs the most. */
  private static final String[] STEADY = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

  private static final String HOT_WARM_UP = "time 100 1 6000"; // the JIT compiler is done within it
  private static final String HOT = "time 100 1 1000";

  /** The first touch of each page of a young generation of gigabytes costs more than a lookup. */
  private static final String[] SMALL_HEAP = {"-Xms64m", "-Xmx64m"};

  /** The work in the background has ended by then. */
  private static final String NO_LOOKUP = "1000";

  private final SignedTree tree;

  private DnssecBenchmark(SignedTree tree) {
    this.tree = tree;
  }

  public static void main(String[] args) throws IOException {
    String missing = SignedTree.missing();
    if (!missing.isEmpty()) {
      throw new IOException("this benchmark needs " + missing);
    }
    int lookups = args.length == 0 ? LOOKUPS : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("dot-agent-bench");
    try (SignedTree tree = SignedTree.startForLoad(folder);
        Relay far = Relay.to(tree.port(), ONE_WAY)) {
      List<JavaHome> javas =
          args.length < 2
              ? AgentUnderLoad.javas()
              : List.of(InstalledJdks.find(Integer.parseInt(args[1])).get());
      DnssecBenchmark benchmark = new DnssecBenchmark(tree);
      for (JavaHome java : javas) {
        if (lookups > 0) {
          benchmark.missed(java, tree.port(), "validate", lookups); // Unbound has all from now on
          benchmark.misses(java, "loopback", tree.port(), lookups);
          benchmark.misses(java, "10 ms round trip", far.port(), lookups);
          benchmark.hot(java);
        }
        benchmark.start(java);
      }
    }
  }

  private void misses(JavaHome java, String where, int port, int lookups) {
    LoadReport off = missed(java, port, "off", lookups);
    LoadReport on = missed(java, port, "validate", lookups);
    print(
        "Java %d, %s: miss %.3f ms without, %.3f ms with validation (%.2f x);"
            + " processor %.0f us and %.0f us a lookup",
        java.major(),
        where,
        millis(off),
        millis(on),
        millis(on) / millis(off),
        cpuMicros(off),
        cpuMicros(on));
  }

  private LoadReport missed(JavaHome java, int port, String dnssec, int lookups) {
    ChildJvm program = AgentUnderLoad.program(java, upstream(port), tree.trust());
    try (RunningChild running = set(program, dnssec).start()) {
      LoadReport.begin(running, SignedTree.LOAD);
      LoadReport warm = LoadReport.closed(running, 2, WARM, SignedTree.LOAD);
      LoadReport report = LoadReport.closed(running, 1, lookups, SignedTree.LOAD);
      if (warm.failed() + report.failed() > 0) {
        throw new IllegalStateException(warm + " " + report);
      }
      return report;
    }
  }

  private void hot(JavaHome java) {
    ChildJvm program =
        agent(ChildJvm.program(java, "CachedLookups"))
            .asUsersStartIt()
            .jvmArgs("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0")
            .jvmArgs(SMALL_HEAP);
    List<List<Double>> nanos = List.of(new ArrayList<>(), new ArrayList<>());
    for (int pair = 0; pair < PAIRS; pair++) {
      try (RunningChild off = set(program, "off").start();
          RunningChild on = set(program, "validate").start()) {
        List<RunningChild> both = List.of(off, on);
        for (RunningChild child : both) {
          child.ask(HOT_WARM_UP);
        }
        for (int round = 0; round < ROUNDS; round++) {
          for (int i = 0; i < both.size(); i++) {
            nanos.get(i).add(Double.valueOf(both.get(i).ask(HOT)));
          }
        }
      }
    }
    double without = Median.of(nanos.get(0));
    double with = Median.of(nanos.get(1));
    print(
        "Java %d, in the agent's cache: %.0f ns without, %.0f ns with validation (%.2f x)",
        java.major(), without, with, with / without);
  }

  private void start(JavaHome java) throws IOException {
    ChildJvm program =
        agent(ChildJvm.program(java, "TimedLookups").args(NO_LOOKUP)).jvmArgs(STEADY);
    List<ChildJvm> ways =
        List.of(
            program.jvmArgs("-Ddotagent.dnssec=off"),
            program.jvmArgs("-Ddotagent.dnssec=validate"),
            program.jvmArgs(
                "-Ddotagent.dnssec=validate", "-Ddotagent.dnssec.anchors=" + tree.anchors()));
    List<List<Double>> costs = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = -1; round < STARTS; round++) { // round -1 warms the page cache
      for (int i = 0; i < ways.size(); i++) {
        double cost = ProcessCost.Measure.PROCESSOR.median(List.of(ProcessCost.of(ways.get(i))));
        if (round >= 0) {
          costs.get(i).add(cost);
        }
      }
    }
    print(
        "Java %d, nothing looked up, processor time of the whole: %.0f ms without, %s with"
            + " validation, %s with a file of anchors",
        java.major(),
        sorted(costs.get(0)).get(STARTS / 2),
        more(costs.get(1), costs.get(0)),
        more(costs.get(2), costs.get(0)));
  }

  /** The median of the differences, and its interval by their ranks (sign test). */
  private static String more(List<Double> with, List<Double> without) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      differences.add(with.get(i) - without.get(i));
    }
    List<Double> ranked = sorted(differences);
    int within = (int) (Math.sqrt(STARTS) * 1.96 / 2); // 95 of 100
    return String.format(
        Locale.ROOT,
        "%+.0f (%+.0f to %+.0f)",
        ranked.get(STARTS / 2),
        ranked.get(STARTS / 2 - within),
        ranked.get(STARTS / 2 + within));
  }

  private static List<Double> sorted(List<Double> values) {
    return values.stream().sorted().toList();
  }

  private ChildJvm agent(ChildJvm program) {
    return program.jvmArgs(
        "-javaagent:" + BuiltAgent.jar(),
        "-Ddotagent.upstreams=" + upstream(tree.port()),
        "-Ddotagent.trustStore=" + tree.trust());
  }

  private ChildJvm set(ChildJvm program, String dnssec) {
    ChildJvm set = program.jvmArgs("-Ddotagent.dnssec=" + dnssec, "-Ddotagent.system.suffixes=off");
    return dnssec.equals("off") ? set : set.jvmArgs("-Ddotagent.dnssec.anchors=" + tree.anchors());
  }

  private static String upstream(int port) {
    return "127.0.0.1@" + port + "#" + SignedTree.SERVER;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static double millis(LoadReport report) {
    return report.p50().toNanos() / 1e6;
  }

  private static double cpuMicros(LoadReport report) {
    return report.cpu().toNanos() / 1e3 / report.lookups();
  }
}
