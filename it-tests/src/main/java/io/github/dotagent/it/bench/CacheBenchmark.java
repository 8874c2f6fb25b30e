package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cost of a cached name: a hot one, a thousand hot ones, against the JDK alone; and what a
 * hundred thousand of them cost. Arguments: rounds, and the Javas to take; without them those of
 * the documentation.
 */
public final class CacheBenchmark {
  private static final String NAME = "dns.example";
  private static final int ROUNDS = 7; // odd, so that the median is one of them
  private static final List<Integer> VERSIONS = List.of(8, 17, 25);
  private static final int MANY = 1_000;
  private static final int MOST = 100_000;
  private static final int FEW = 100;

  private static final String HEAP = "-Xmx512m"; // of a service that is not a large one

  /** The JIT compiler is done within it. */
  private static final String WARM_UP = " 6000";

  /** Spans an end of the JVM's second, where the agent's cache is asked. */
  private static final String TIMED = " 1000";

  /** A hundred thousand lookups of a server that is written for tests. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int rounds;
  private final List<String> stockOptions;
  private final List<String> agentOptions;

  private CacheBenchmark(int rounds, List<String> stockOptions, List<String> agentOptions) {
    this.rounds = rounds;
    this.stockOptions = stockOptions;
    this.agentOptions = agentOptions;
  }

  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("dot-agent-bench");
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    TrustStores trust = authority.writeTrustStores(folder);
    Zone zone =
        Zone.builder()
            .soa("bench.example", 3600, 3600)
            .addresses("*.bench.example", 3600, "192.0.2.1")
            .build();
    try (DotServer server =
        DotServer.start(zone, authority.issue(CertificateSpec.forNames(NAME)))) {
      List<String> agent =
          List.of(
              "-javaagent:" + BuiltAgent.jar(),
              "-Ddotagent.upstreams=" + server.upstream(NAME),
              "-Ddotagent.trustStore=" + trust.pem());
      // Java 8 has no such property, and is served by the program itself
      List<String> stock =
          List.of("-Djdk.net.hosts.file=" + hostsFile(folder), "-Dstock.names=true");
      CacheBenchmark benchmark = new CacheBenchmark(rounds, stock, agent);
      System.out.println("medians of " + rounds + " rounds; CPU time of the thread that looks up");
      List<Integer> versions =
          args.length < 2 ? VERSIONS : Stream.of(args).skip(1).map(Integer::valueOf).toList();
      for (int version : versions) {
        InstalledJdks.find(version).ifPresent(benchmark::hot);
        InstalledJdks.find(version).ifPresent(benchmark::many);
        InstalledJdks.find(version).ifPresent(benchmark::manyOfTheJdk);
      }
    }
  }

  private static Path hostsFile(Path folder) throws IOException {
    String lines =
        IntStream.range(0, MANY)
            .mapToObj(i -> "192.0.2.1 n" + i + ".bench.example\n")
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve("hosts"), lines);
  }

  /** The JVM's own cache in front, as the agent leaves it. */
  private void hot(JavaHome java) {
    try (RunningChild stock = start(java, stockOptions);
        RunningChild agent = start(java, agentOptions)) {
      for (RunningChild child : List.of(stock, agent)) {
        // the many first: HotSpot's compiled code gives up each rare branch when it is first taken,
        // and the end of the JVM's second is one
        child.ask("time " + MANY + " 1" + WARM_UP);
        child.ask("time 1 2" + WARM_UP);
        child.ask("time 1 1" + WARM_UP);
      }
      print("%s", java);
      compare("a hot name, 1 thread", "time 1 1" + TIMED, stock, agent);
      compare("a hot name, 2 threads", "time 1 2" + TIMED, stock, agent);
      compare("1,000 hot names, 1 thread", "time " + MANY + " 1" + TIMED, stock, agent);
    }
  }

  /** In turn, so that other load on the machine affects both. */
  private void compare(String what, String step, RunningChild stock, RunningChild agent) {
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      without.add(Double.valueOf(stock.ask(step)));
      with.add(Double.valueOf(agent.ask(step)));
    }
    print(
        "  %s: %.1f ns, the JDK alone %.1f ns (x %.3f)",
        what, Median.of(with), Median.of(without), Median.of(with) / Median.of(without));
  }

  /** No cache of the JVM's in front: every lookup reaches the agent's. */
  private void many(JavaHome java) {
    List<String> options = new ArrayList<>(agentOptions);
    options.addAll(List.of("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0", HEAP));
    try (RunningChild small = start(java, options);
        RunningChild big = start(java, options)) {
      small.ask("fill " + FEW);
      big.ask("fill " + FEW);
      double before = Double.parseDouble(big.ask("heap"));
      big.ask("fill " + MOST);
      double after = Double.parseDouble(big.ask("heap"));
      print("  100,000 names: %.1f MB of heap", (after - before) / 1e6);
      small.ask("time " + FEW + " 1" + WARM_UP);
      big.ask("time " + FEW + " 1" + WARM_UP);
      big.ask("time " + MOST + " 1" + WARM_UP);
      List<Double> fewAmongFew = new ArrayList<>();
      List<Double> fewAmongMost = new ArrayList<>();
      List<Double> all = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        fewAmongFew.add(Double.valueOf(small.ask("time " + FEW + " 1" + TIMED)));
        fewAmongMost.add(Double.valueOf(big.ask("time " + FEW + " 1" + TIMED)));
        all.add(Double.valueOf(big.ask("time " + MOST + " 1" + TIMED)));
      }
      print(
          "  100 names that the agent's cache answers: %.0f ns where no others are kept, %.0f ns"
              + " where 100,000 are (x %.2f); all 100,000: %.0f ns (x %.2f)",
          Median.of(fewAmongFew),
          Median.of(fewAmongMost),
          Median.of(fewAmongMost) / Median.of(fewAmongFew),
          Median.of(all),
          Median.of(all) / Median.of(fewAmongFew));
    }
  }

  /** The cost of a hundred thousand names in the JDK's own cache: more memory is slower memory. */
  private void manyOfTheJdk(JavaHome java) {
    List<String> options = new ArrayList<>(agentOptions);
    options.addAll(List.of("-Dsun.net.inetaddr.ttl=3600", HEAP));
    try (RunningChild child = start(java, options)) {
      child.ask("fill " + MOST);
      child.ask("time " + FEW + " 1" + WARM_UP);
      child.ask("time " + MOST + " 1" + WARM_UP);
      List<Double> few = new ArrayList<>();
      List<Double> most = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        few.add(Double.valueOf(child.ask("time " + FEW + " 1" + TIMED)));
        most.add(Double.valueOf(child.ask("time " + MOST + " 1" + TIMED)));
      }
      print(
          "  the JDK's own cache: 100 names %.0f ns, 100,000 names %.0f ns (x %.2f)",
          Median.of(few), Median.of(most), Median.of(most) / Median.of(few));
    }
  }

  private static RunningChild start(JavaHome java, List<String> options) {
    return ChildJvm.program(java, "CachedLookups")
        .jvmArgs(options.toArray(String[]::new))
        .within(PATIENCE)
        .start();
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
