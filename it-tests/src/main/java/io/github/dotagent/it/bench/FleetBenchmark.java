package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Fifty JVMs with cold caches before one dnsdist and two Unbounds: all look the same names up, then
 * a member of the tier is away for a while, then dnsdist itself. Arguments: how many JVMs, and a
 * Java.
 */
public final class FleetBenchmark {
  private static final int JVMS = 50;
  private static final int JAVA = 17;
  private static final int NAMES = 100; // of a service that has just started
  private static final int AT_ONCE = 4;
  private static final int RATE = 2; // new names a second, of each JVM
  private static final Duration LOAD = Duration.ofSeconds(15);
  private static final long AWAY_MILLIS = 4_000;

  private final FleetTier tier;
  private final List<RunningChild> jvms = new ArrayList<>();
  private final ExecutorService each = Executors.newCachedThreadPool();

  private FleetBenchmark(FleetTier tier) {
    this.tier = tier;
  }

  public static void main(String[] args) throws Exception {
    int count = args.length == 0 ? JVMS : Integer.parseInt(args[0]);
    int major = args.length < 2 ? JAVA : Integer.parseInt(args[1]);
    JavaHome java =
        InstalledJdks.find(major).orElseThrow(() -> new IOException("no Java " + major));
    try (FleetTier tier = new FleetTier()) {
      new FleetBenchmark(tier).run(java, count);
    }
    System.exit(0); // the pool's threads
  }

  private void run(JavaHome java, int count) throws Exception {
    try {
      for (int i = 0; i < count; i++) {
        jvms.add(
            AgentUnderLoad.program(java, tier.upstream(), tier.trust())
                .jvmArgs("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m")
                .start());
      }
      print("cold", all(jvm -> LoadReport.closed(jvm, AT_ONCE, NAMES, FleetTier.DOMAIN)));
      Future<List<LoadReport>> load =
          each.submit(() -> all(jvm -> LoadReport.steady(jvm, RATE, LOAD, FleetTier.DOMAIN)));
      Thread.sleep(AWAY_MILLIS);
      tier.stopMember(0);
      Thread.sleep(AWAY_MILLIS);
      tier.restartMember(0);
      print("a member away for 4 s", load.get());
      load = each.submit(() -> all(jvm -> LoadReport.steady(jvm, RATE, LOAD, FleetTier.DOMAIN)));
      Thread.sleep(AWAY_MILLIS);
      tier.stopFront();
      tier.startFront();
      print("dnsdist restarted", load.get());
    } finally {
      jvms.forEach(RunningChild::close);
    }
  }

  private List<LoadReport> all(Function<RunningChild, LoadReport> load)
      throws InterruptedException, ExecutionException {
    List<Future<LoadReport>> running = new ArrayList<>();
    for (RunningChild jvm : jvms) {
      running.add(each.submit(() -> load.apply(jvm)));
    }
    List<LoadReport> reports = new ArrayList<>();
    for (Future<LoadReport> report : running) {
      reports.add(report.get());
    }
    return reports;
  }

  private void print(String when, List<LoadReport> reports)
      throws IOException, InterruptedException {
    int lookups = reports.stream().mapToInt(LoadReport::lookups).sum();
    int failed = reports.stream().mapToInt(LoadReport::failed).sum();
    Duration took = longest(reports, LoadReport::took);
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s: %d JVMs, %d lookups in %.1f s, %d failed, the longest %.0f ms",
            when,
            reports.size(),
            lookups,
            took.toNanos() / 1e9,
            failed,
            longest(reports, LoadReport::max).toNanos() / 1e6));
    reports.stream()
        .map(LoadReport::firstFailure)
        .filter(failure -> !failure.equals("none"))
        .findFirst()
        .ifPresent(failure -> System.out.println("  first failure: " + failure));
    List<Duration> cpu = tier.cpu();
    System.out.println(
        String.format(
            Locale.ROOT,
            "  so far: dnsdist took %d queries, %d of its cache answered; %.2f s of processor time,"
                + " Unbound %.2f s",
            tier.figure("queries"),
            tier.figure("cache-hits"),
            cpu.get(0).toNanos() / 1e9,
            cpu.get(1).toNanos() / 1e9));
  }

  private static Duration longest(List<LoadReport> reports, Function<LoadReport, Duration> what) {
    return reports.stream().map(what).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
