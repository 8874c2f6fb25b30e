package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildLimits;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The first seconds of a JVM, as ratios: both sides in one run and in turn, medians of the rounds.
 * In a network namespace, for stubby listens on port 53. Arguments: a part ({@code one}, {@code
 * interpreted}, {@code burst}, {@code rate}, {@code quota}, {@code archive}; or {@code all}),
 * rounds, then Javas (8, 17 and 25 where none is named).
 *
 * <ul>
 *   <li>{@code one}: one lookup and the end, over a program that asks the same on one connection of
 *       the JDK's; the processor time is the whole process's
 *   <li>{@code interpreted}: a new name with {@code -Xint}, over two queries of {@code BareLoad}
 *   <li>{@code burst}: new names by 16 threads from the start of {@code main} on, over the stock
 *       JDK with stubby beside it
 *   <li>{@code rate}: new names by 16 threads in the first four seconds, over the last four of 20
 *   <li>{@code quota}: 200 new names a second with a part of a processor, over the stock JDK with
 *       stubby under the same quota
 *   <li>{@code archive}: from Java 17 on, one lookup and the end, and the burst, with the archive
 *       that {@code docs/start.md} has for that Java, over the same without
 * </ul>
 */
public final class ColdBenchmark {
  private static final List<String> PARTS =
      List.of("one", "interpreted", "burst", "rate", "quota", "archive");

  private static final String ROUNDS = "5"; // odd, so that the median is one of them
  private static final Duration WITHIN = Duration.ofMinutes(2);
  private static final Duration WHOLE = Duration.ofHours(1);

  /** Longer than the JVM's own first use of each class; far less than would be compiled. */
  private static final int FIRST = 30;

  private static final int INTERPRETED = 150;

  private static final int THREADS = 16;
  private static final List<Integer> NUMBERS = List.of(1, 200, 1_000, 5_000);
  private static final int BURST_SECONDS = 60; // none takes as long

  private static final int COLD_SECONDS = 4;
  private static final int RATE_SECONDS = 20;
  private static final int MOST_NAMES = 4_000_000; // more than any machine looks up in that time

  private static final List<Double> QUOTAS = List.of(0.5, 0.25);
  private static final int STEADY = 200;
  private static final Duration STEADY_TIME = Duration.ofSeconds(8);

  private static final int FIRST_WITH_ARCHIVE = 13; // -XX:ArchiveClassesAtExit, JEP 350
  private static final int FIRST_WITH_CACHE = 25; // -XX:AOTCacheOutput, JEP 514

  private final Unbound unbound;
  private final Path folder;
  private final int rounds;

  private ColdBenchmark(Unbound unbound, Path folder, int rounds) {
    this.unbound = unbound;
    this.folder = folder;
    this.rounds = rounds;
  }

  public static void main(String[] args) throws IOException {
    if (args.length > 0 && Files.isDirectory(Path.of(args[0]))) {
      ExitWithParent.watch();
      inside(args);
      return;
    }
    Path folder = Files.createTempDirectory("dot-agent-bench");
    try (RunningChild child =
        ChildJvm.sameClassPath(ColdBenchmark.class)
            .args(folder.toString())
            .args(args.length < 1 ? "all" : args[0], args.length < 2 ? ROUNDS : args[1])
            .args(Arrays.stream(args).skip(2).toArray(String[]::new))
            .within(WHOLE)
            .inside(NetworkNamespace.in(folder.resolve("network")).hosts("127.0.0.1 localhost\n"))
            .start()) {
      child.await().quiet().stdout().forEach(System.out::println);
    }
  }

  private static void inside(String[] args) throws IOException {
    List<String> parts = args[1].equals("all") ? PARTS : List.of(args[1]);
    List<String> versions = Arrays.asList(args).subList(3, args.length);
    List<JavaHome> javas =
        versions.isEmpty()
            ? AgentUnderLoad.javas()
            : versions.stream()
                .flatMap(version -> InstalledJdks.find(Integer.parseInt(version)).stream())
                .toList();
    try (Unbound unbound = Unbound.start()) {
      ColdBenchmark benchmark =
          new ColdBenchmark(unbound, Path.of(args[0]), Integer.parseInt(args[2]));
      for (String part : parts) {
        for (JavaHome java : javas) {
          benchmark.measure(part, java);
        }
      }
    }
  }

  private void measure(String part, JavaHome java) throws IOException {
    switch (part) {
      case "one" -> one(java);
      case "interpreted" -> interpreted(java);
      case "burst" -> burst(java);
      case "rate" -> rate(java);
      case "quota" -> quota(java);
      case "archive" -> archive(java);
      default -> throw new IOException("no such part: " + part + "; there are " + PARTS);
    }
  }

  private void one(JavaHome java) throws IOException {
    List<ProcessCost> withAgent = new ArrayList<>();
    List<ProcessCost> bare = new ArrayList<>();
    List<ProcessCost> without = new ArrayList<>();
    for (int round = -1; round < rounds; round++) { // round -1 warms the page cache
      String name = "a" + round + "." + Unbound.DOMAIN;
      ProcessCost agent =
          ProcessCost.of(withAgent(ChildJvm.program(java, "TimedLookups").args(name)));
      ProcessCost connection = ProcessCost.of(bareLookup(java, name));
      ProcessCost nothing = ProcessCost.of(ChildJvm.program(java, "TimedLookups"));
      if (round >= 0) {
        withAgent.add(agent);
        bare.add(connection);
        without.add(nothing);
      }
    }
    for (ProcessCost.Measure measure : ProcessCost.Measure.values()) {
      double agent = measure.median(withAgent);
      double connection = measure.median(bare);
      print(
          "Java %d, one lookup and the end, %s: agent %.0f, bare connection %.0f, neither %.0f:"
              + " x %.2f, %+.0f",
          java.major(),
          measure.text(),
          agent,
          connection,
          measure.median(without),
          agent / connection,
          agent - connection);
    }
  }

  private void interpreted(JavaHome java) {
    List<LoadReport> lookups = new ArrayList<>();
    List<LoadReport> queries = new ArrayList<>();
    ChildJvm bareLoad =
        ChildJvm.program(java, "BareLoad")
            .args("" + unbound.port(), unbound.trust().toString(), Unbound.NAME)
            .within(WITHIN)
            .jvmArgs("-Xint");
    try (RunningChild agent = withAgent(AgentUnderLoad.uncached(java).jvmArgs("-Xint")).start();
        RunningChild bare = bareLoad.start()) {
      LoadReport.closed(agent, 1, FIRST, Unbound.DOMAIN);
      LoadReport.closed(bare, 1, FIRST, Unbound.DOMAIN);
      for (int round = 0; round < rounds; round++) {
        lookups.add(well(LoadReport.closed(agent, 1, INTERPRETED, Unbound.DOMAIN)));
        queries.add(well(LoadReport.closed(bare, 1, INTERPRETED, Unbound.DOMAIN)));
      }
    }
    ToDoubleFunction<LoadReport> wall = report -> report.p50().toNanos() / 1e3;
    double name = median(lookups, LoadReport::cpuMicros);
    double pair = median(queries, LoadReport::cpuMicros);
    print(
        "Java %d, -Xint: a new name %.0f us of processor time, two bare queries %.0f: x %.2f;"
            + " p50 %.0f and %.0f us: x %.2f",
        java.major(),
        name,
        pair,
        name / pair,
        median(lookups, wall),
        median(queries, wall),
        median(lookups, wall) / median(queries, wall));
  }

  private void burst(JavaHome java) throws IOException {
    List<List<Double>> agent = new ArrayList<>();
    List<List<Double>> stock = new ArrayList<>();
    int most = NUMBERS.get(NUMBERS.size() - 1);
    try (RunningChild stubby =
        Stubby.start(
            folder,
            unbound.trust(),
            List.of(unbound.port()),
            Unbound.NAME,
            UnaryOperator.identity(),
            WHOLE)) {
      ChildJvm program = firstNames(java, most, BURST_SECONDS).args(numbers());
      for (int round = 0; round < rounds; round++) {
        agent.add(figures(withAgent(program).run()));
        stock.add(figures(program.run()));
      }
      if (!stubby.isAlive()) {
        throw new IllegalStateException("stubby is gone");
      }
    }
    for (int i = 0; i < NUMBERS.size(); i++) {
      int at = i;
      double ours = median(agent, figures -> figures.get(at)) / 1e3;
      double theirs = median(stock, figures -> figures.get(at)) / 1e3;
      print(
          "Java %d, %d new names by %d threads: agent %.0f ms, stubby %.0f: x %.2f",
          java.major(), NUMBERS.get(i), THREADS, ours, theirs, ours / theirs);
    }
  }

  private void rate(JavaHome java) {
    List<List<Double>> agent = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      agent.add(figures(withAgent(firstNames(java, MOST_NAMES, RATE_SECONDS)).run()));
    }
    double cold = median(agent, counts -> counts.get(COLD_SECONDS - 1) / COLD_SECONDS);
    double warm =
        median(
            agent,
            counts ->
                (counts.get(RATE_SECONDS - 1) - counts.get(RATE_SECONDS - 1 - COLD_SECONDS))
                    / COLD_SECONDS);
    print(
        "Java %d, new names a second by %d threads: the first %d s %.0f, after %d s %.0f: x %.2f",
        java.major(), THREADS, COLD_SECONDS, cold, RATE_SECONDS - COLD_SECONDS, warm, cold / warm);
  }

  private void quota(JavaHome java) throws IOException {
    String why = ChildLimits.whyUnavailable();
    if (!why.isEmpty()) {
      print("skipped: Java %d with a part of a processor: %s", java.major(), why);
      return;
    }
    ChildJvm program = AgentUnderLoad.uncached(java);
    for (double processors : QUOTAS) {
      List<LoadReport> agent = new ArrayList<>();
      List<LoadReport> stock = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        try (ChildLimits quota = ChildLimits.ofProcessors(processors)) {
          agent.add(steady(quota, withAgent(program).jvmArgs("-Ddotagent.log.level=off")));
        }
        try (ChildLimits quota = ChildLimits.ofProcessors(processors);
            RunningChild stubby =
                Stubby.start(
                    folder,
                    unbound.trust(),
                    List.of(unbound.port()),
                    Unbound.NAME,
                    quota::wrap,
                    WITHIN)) {
          stock.add(steady(quota, program));
          if (!stubby.isAlive()) {
            throw new IllegalStateException("stubby is gone");
          }
        }
      }
      ToDoubleFunction<LoadReport> p99 = report -> report.p99().toNanos() / 1e6;
      print(
          "Java %d, %.2f of a processor, %d new names a second: p99 agent %.0f ms, stubby %.0f;"
              + " failed: agent %d, stubby %d",
          java.major(),
          processors,
          STEADY,
          median(agent, p99),
          median(stock, p99),
          agent.stream().mapToInt(LoadReport::failed).sum(),
          stock.stream().mapToInt(LoadReport::failed).sum());
    }
  }

  private void archive(JavaHome java) throws IOException {
    if (java.major() < FIRST_WITH_ARCHIVE) {
      print("skipped: Java %d: no archive of a program's own classes", java.major());
      return;
    }
    Path jar = folder.resolve("programs.jar");
    ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(
            System.out,
            System.err,
            List.of("-cf", jar.toString(), "-C", ProgramClasses.java8().toString(), ".")
                .toArray(String[]::new));
    int most = NUMBERS.get(NUMBERS.size() - 1);
    ChildJvm burst =
        withAgent(firstNames(java, most, BURST_SECONDS).args(numbers())).classPath(jar);
    String file = folder.resolve("programs." + java.major()).toString();
    String[] use = use(java, burst, file, jar);
    List<ProcessCost> with = new ArrayList<>();
    List<ProcessCost> without = new ArrayList<>();
    List<ProcessCost> neither = new ArrayList<>();
    List<List<Double>> withBurst = new ArrayList<>();
    List<List<Double>> withoutBurst = new ArrayList<>();
    for (int round = -1; round < rounds; round++) { // round -1 warms the page cache
      ChildJvm nothing = ChildJvm.program(java, "TimedLookups").classPath(jar);
      ChildJvm one = withAgent(nothing.args("a" + round + "." + Unbound.DOMAIN));
      ProcessCost plain = ProcessCost.of(one);
      ProcessCost archived = ProcessCost.of(one.jvmArgs(use));
      ProcessCost empty = ProcessCost.of(nothing);
      if (round >= 0) {
        without.add(plain);
        with.add(archived);
        neither.add(empty);
        withoutBurst.add(figures(burst.run()));
        withBurst.add(figures(burst.jvmArgs(use).run()));
      }
    }
    for (ProcessCost.Measure measure : ProcessCost.Measure.values()) {
      print(
          "Java %d, one lookup and the end, %s: without an archive %.0f, with it %.0f, neither"
              + " agent nor lookup %.0f",
          java.major(),
          measure.text(),
          measure.median(without),
          measure.median(with),
          measure.median(neither));
    }
    for (int i = 0; i < NUMBERS.size(); i++) {
      int at = i;
      print(
          "Java %d, %d new names by %d threads: without an archive %.0f ms, with it %.0f",
          java.major(),
          NUMBERS.get(i),
          THREADS,
          median(withoutBurst, figures -> figures.get(at)) / 1e3,
          median(withBurst, figures -> figures.get(at)) / 1e3);
    }
  }

  /** Writes the archive; returns the options that use it. */
  private String[] use(JavaHome java, ChildJvm burst, String file, Path jar) {
    if (java.major() >= FIRST_WITH_CACHE) {
      burst.writesAotCache(Path.of(file)).jvmArgs("-Xlog:aot=off").run();
      return new String[] {"-XX:AOTCache=" + file};
    }
    bareLookup(java, "archive." + Unbound.DOMAIN)
        .classPath(jar)
        .jvmArgs("-XX:ArchiveClassesAtExit=" + file)
        .run();
    return new String[] {"-XX:SharedArchiveFile=" + file, "-Xlog:cds=off"};
  }

  private ChildJvm bareLookup(JavaHome java, String name) {
    return ChildJvm.program(java, "BareLookup")
        .args("" + unbound.port(), unbound.trust().toString(), Unbound.NAME, name);
  }

  private static LoadReport steady(ChildLimits quota, ChildJvm program) {
    try (RunningChild child = RunningChild.of(quota.wrap(program.command()), WITHIN)) {
      return LoadReport.steady(child, STEADY, STEADY_TIME, Unbound.DOMAIN);
    }
  }

  private ChildJvm withAgent(ChildJvm program) {
    return program.jvmArgs(
        "-javaagent:" + BuiltAgent.jar(),
        "-Ddotagent.upstreams=127.0.0.1@" + unbound.port() + "#" + Unbound.NAME,
        "-Ddotagent.trustStore=" + unbound.trust());
  }

  private static ChildJvm firstNames(JavaHome java, int names, int seconds) {
    return ChildJvm.program(java, "FirstNames")
        .within(WITHIN)
        .args("" + THREADS, "" + names, "" + seconds, Unbound.DOMAIN);
  }

  private static String[] numbers() {
    return NUMBERS.stream().map(String::valueOf).toArray(String[]::new);
  }

  private static List<Double> figures(ChildResult result) {
    return Stream.of(result.quiet().stdout().get(0).split(" ")).map(Double::valueOf).toList();
  }

  private static LoadReport well(LoadReport report) {
    if (report.failed() > 0) {
      throw new IllegalStateException(report.toString());
    }
    return report;
  }

  private static <T> double median(List<T> values, ToDoubleFunction<T> of) {
    return Median.of(values.stream().map(of::applyAsDouble).toList());
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
