package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the agent costs at start, on every Java of this machine: an empty program, a program that
 * makes one lookup, and one whose first lookup comes a second after its start. Argument: rounds.
 */
public final class StartBenchmark {
  private static final String NAME = "dns.example";
  private static final int ROUNDS = 21; // odd, so that the median is one of them
  private static final int WARM_LOOKUPS = 20;

  /** Long enough for the warm-up to end before a first lookup 1 s after the start. */
  private static final int PAUSE_MILLIS = 700;

  private final Path folder;
  private final int rounds;
  private final List<String> agentOptions;
  private final String noopAgent;
  private final Path emptyProgram;

  private StartBenchmark(Path folder, int rounds, List<String> agentOptions) throws IOException {
    this.folder = folder;
    this.rounds = rounds;
    this.agentOptions = agentOptions;
    this.noopAgent = "-javaagent:" + BenchmarkAgents.noop(this.folder.resolve("noop.jar"));
    this.emptyProgram = onItsOwn(folder.resolve("empty"));
  }

  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("dot-agent-bench");
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    TrustStores trust = authority.writeTrustStores(folder);
    Zone zone = Zone.builder().addresses("*.bench.example", 300, "127.0.0.1").build();
    try (DotServer server =
        DotServer.start(zone, authority.issue(CertificateSpec.forNames(NAME)))) {
      List<String> options =
          List.of(
              "-javaagent:" + BuiltAgent.jar(),
              "-Ddotagent.upstreams=" + server.upstream(NAME),
              "-Ddotagent.trustStore=" + trust.pem());
      StartBenchmark benchmark = new StartBenchmark(folder, rounds, options);
      System.out.println(
          "medians of " + rounds + " rounds; milliseconds of the whole process, MiB at its peak");
      for (int version : InstalledJdks.TESTED_VERSIONS) {
        InstalledJdks.find(version).ifPresent(benchmark::measure);
      }
    }
  }

  private void measure(JavaHome java) {
    List<Double> plain = new ArrayList<>();
    List<Double> noop = new ArrayList<>();
    List<Double> agent = new ArrayList<>();
    List<Double> one = new ArrayList<>();
    List<Double> oneStock = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    List<Double> memoryStock = new ArrayList<>();
    List<Double> cold = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    List<Double> rested = new ArrayList<>();
    for (int round = -1; round < rounds; round++) { // round -1 warms the page cache
      boolean counts = round >= 0;
      String name = "a" + round + ".bench.example";
      add(counts, plain, millis(empty(java).run()));
      add(counts, noop, millis(empty(java).jvmArgs(noopAgent).run()));
      add(counts, agent, millis(withAgent(empty(java)).run()));
      ChildResult stock = lookups(java, 0, List.of("localhost")).run();
      add(counts, oneStock, millis(stock));
      add(counts, memoryStock, peakMib(stock));
      ChildResult looked = withAgent(lookups(java, 0, List.of(name))).run();
      add(counts, one, millis(looked));
      add(counts, memory, peakMib(looked));
      List<Double> timed = micros(withAgent(lookups(java, 1_000, warmNames())).run());
      add(counts, cold, timed.get(0));
      add(counts, warm, Median.of(timed.subList(1, WARM_LOOKUPS + 1)));
      add(counts, rested, timed.get(WARM_LOOKUPS + 1));
    }
    print(
        "Java %d: empty main %.0f, with an agent that does nothing %.0f, with dot-agent %.0f"
            + " (%+.0f); one lookup %.0f (stock, of localhost: %.0f), %.0f MiB (%+.0f);"
            + " first lookup after 1 s %.0f us, a warm one %.0f us (x %.2f),"
            + " one after a pause %.0f us",
        java.major(),
        Median.of(plain),
        Median.of(noop),
        Median.of(agent),
        Median.of(agent) - Median.of(noop),
        Median.of(one),
        Median.of(oneStock),
        Median.of(memory),
        Median.of(memory) - Median.of(memoryStock),
        Median.of(cold),
        Median.of(warm),
        Median.of(cold) / Median.of(warm),
        Median.of(rested));
  }

  /**
   * With the agent that does nothing beside it on the class path, that would be taken from there,
   * and its jar never be opened: a cheaper agent than there can be.
   */
  private static Path onItsOwn(Path folder) throws IOException {
    Path entry = Path.of("io", "github", "dotagent", "it", "programs", "EmptyProgram.class");
    Files.createDirectories(folder.resolve(entry).getParent());
    Files.copy(ProgramClasses.java8().resolve(entry), folder.resolve(entry));
    return folder;
  }

  private ChildJvm empty(JavaHome java) {
    return ChildJvm.program(java, "EmptyProgram").classPath(emptyProgram);
  }

  private static ChildJvm lookups(JavaHome java, int waitMillis, List<String> names) {
    return ChildJvm.program(java, "TimedLookups")
        .args(String.valueOf(waitMillis))
        .args(names.toArray(String[]::new));
  }

  /** The first, the warm ones, and one more after a pause. */
  private static List<String> warmNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= WARM_LOOKUPS; i++) {
      names.add("w" + i + ".bench.example");
    }
    names.add(String.valueOf(PAUSE_MILLIS));
    names.add("rested.bench.example");
    return names;
  }

  private ChildJvm withAgent(ChildJvm program) {
    return program.jvmArgs(agentOptions.toArray(String[]::new));
  }

  private static void add(boolean counts, List<Double> values, double value) {
    if (counts) {
      values.add(value);
    }
  }

  private static double millis(ChildResult result) {
    return result.quiet().took().toNanos() / 1e6;
  }

  private static List<Double> micros(ChildResult result) {
    List<Double> numbers = new ArrayList<>(numbers(result));
    numbers.remove(numbers.size() - 1); // the last is memory
    return numbers;
  }

  private static double peakMib(ChildResult result) {
    List<Double> numbers = numbers(result);
    return numbers.get(numbers.size() - 1) / 1024;
  }

  private static List<Double> numbers(ChildResult result) {
    String line = result.quiet().stdout().get(0);
    return List.of(line.split(" ")).stream().map(Double::valueOf).toList();
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
