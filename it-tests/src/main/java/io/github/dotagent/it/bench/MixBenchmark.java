package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * 10,000 lookups a second, 90 of 100 of hot names, 9 of warm ones, 1 of a new one: a line for each
 * minute, with the heap that lives and the agent's threads after it. Before that, new names of
 * 1,000 threads at once, and of 100,000 virtual ones. Against Unbound on loopback. Arguments: the
 * Java, minutes, lookups a second.
 */
public final class MixBenchmark {
  private static final int JAVA = 17;
  private static final int MINUTES = 30;
  private static final int RATE = 10_000;

  private static final int PLATFORM = 1_000;
  private static final int VIRTUAL = 100_000;
  private static final int FIRST_VIRTUAL = 21;

  /** 200,000 queries at once: at 10,000 a second the last of them waits for 20 s. */
  private static final String PATIENCE = "2m";

  /** The crowds, and the minutes of the load. */
  private static final Duration MORE = Duration.ofMinutes(10);

  private MixBenchmark() {}

  public static void main(String[] args) throws IOException {
    int major = args.length > 0 ? Integer.parseInt(args[0]) : JAVA;
    int minutes = args.length > 1 ? Integer.parseInt(args[1]) : MINUTES;
    int rate = args.length > 2 ? Integer.parseInt(args[2]) : RATE;
    JavaHome java =
        InstalledJdks.find(major).orElseThrow(() -> new IOException("no Java " + major));
    try (Unbound unbound = Unbound.start()) {
      String upstream = "127.0.0.1@" + unbound.port() + "#" + Unbound.NAME;
      try (RunningChild agent =
          AgentUnderLoad.program(java, upstream, unbound.trust())
              .jvmArgs("-Ddotagent.timeout=" + PATIENCE)
              .within(MORE.plusMinutes(minutes))
              .start()) {
        LoadReport.begin(agent, Unbound.DOMAIN);
        crowd(agent, "platform", PLATFORM);
        if (major >= FIRST_VIRTUAL) {
          crowd(agent, "virtual", VIRTUAL);
        }
        for (int minute = 1; minute <= minutes; minute++) {
          print("minute " + minute, LoadReport.mixed(agent, rate, Unbound.DOMAIN));
          System.out.println("  heap " + agent.ask("heap") + ", " + agent.ask("threads dot-agent"));
        }
      }
    }
  }

  private static void crowd(RunningChild agent, String kind, int threads) {
    print(
        threads + " " + kind + " threads", LoadReport.crowd(agent, kind, threads, Unbound.DOMAIN));
  }

  private static void print(String what, LoadReport report) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s: %d of %d failed (%s), %.0f a second; p50 %.3f ms, p99 %.3f ms, longest %.1f ms;"
                + " %.1f us of processor each",
            what,
            report.failed(),
            report.lookups(),
            report.firstFailure(),
            report.perSecond(),
            report.p50().toNanos() / 1e6,
            report.p99().toNanos() / 1e6,
            report.max().toNanos() / 1e6,
            report.cpuMicros()));
  }
}
