package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.dnssec.SignedTree;
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
import java.util.List;
import java.util.Locale;

/**
 * What the check of signatures adds to a lookup that is not in the cache, in a zone whose keys are
 * known (ECDSA P-256, NSEC): on loopback, and behind a relay that makes 10 ms of a round trip. Both
 * sides run in turn. Arguments: lookups of each kind, and the Java to take.
 */
public final class DnssecBenchmark {
  private static final int LOOKUPS = 501; // odd, so that the median is one of them
  private static final int WARM = 1_500;
  private static final Duration ONE_WAY = Duration.ofMillis(5);

  private DnssecBenchmark() {}

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
      for (JavaHome java : javas) {
        measured(java, tree, tree.port(), "validate", lookups); // Unbound has all of it from now on
        for (int port : new int[] {tree.port(), far.port()}) {
          LoadReport off = measured(java, tree, port, "off", lookups);
          LoadReport on = measured(java, tree, port, "validate", lookups);
          System.out.println(
              String.format(
                  Locale.ROOT,
                  "Java %d, %s: miss %.3f ms without, %.3f ms with validation (%.2f x);"
                      + " processor %.0f us and %.0f us a lookup",
                  java.major(),
                  port == far.port() ? "10 ms round trip" : "loopback",
                  millis(off),
                  millis(on),
                  millis(on) / millis(off),
                  cpuMicros(off),
                  cpuMicros(on)));
        }
      }
    }
  }

  private static LoadReport measured(
      JavaHome java, SignedTree tree, int port, String dnssec, int lookups) {
    ChildJvm program =
        AgentUnderLoad.program(java, "127.0.0.1@" + port + "#" + SignedTree.SERVER, tree.trust())
            .jvmArgs("-Ddotagent.dnssec=" + dnssec, "-Ddotagent.system.suffixes=off");
    if (!dnssec.equals("off")) {
      program = program.jvmArgs("-Ddotagent.dnssec.anchors=" + tree.anchors());
    }
    try (RunningChild running = program.start()) {
      LoadReport.begin(running, SignedTree.LOAD);
      LoadReport warm = LoadReport.closed(running, 2, WARM, SignedTree.LOAD);
      LoadReport report = LoadReport.closed(running, 1, lookups, SignedTree.LOAD);
      if (warm.failed() + report.failed() > 0) {
        throw new IllegalStateException(warm + " " + report);
      }
      return report;
    }
  }

  private static double millis(LoadReport report) {
    return report.p50().toNanos() / 1e6;
  }

  private static double cpuMicros(LoadReport report) {
    return report.cpu().toNanos() / 1e3 / report.lookups();
  }
}
