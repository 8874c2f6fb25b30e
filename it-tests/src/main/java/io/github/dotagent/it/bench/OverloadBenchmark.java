package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildLimits;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * More new names than a small container can ask for at first: 200 a second for 8 s, from the JVM's
 * first moment on, with a part of a processor. With the agent; and on the stock JDK, with stubby
 * under the same quota. The server that is well stands alone, behind one that takes connections and
 * answers nothing, or behind a port where nothing listens; servers have no quota. In a network
 * namespace, for stubby listens on port 53. Arguments: parts of a processor.
 */
public final class OverloadBenchmark {
  private static final String NAME = "dns.example";
  private static final String DOMAIN = "bench.example";
  private static final int RATE = 200;
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final Duration WITHIN = Duration.ofMinutes(2);
  private static final Duration WHOLE = Duration.ofMinutes(30);
  private static final int NOTHING_LISTENS = 1; // tcpmux, which no machine runs

  private final TestAuthority authority = TestAuthority.create(Instant.now(), 1);
  private final ServerCertificate certificate = authority.issue(CertificateSpec.forNames(NAME));
  private final Path folder;
  private final Path trust;

  private OverloadBenchmark(Path folder) throws IOException {
    this.folder = folder;
    this.trust = authority.writeTrustStores(folder).pem();
  }

  public static void main(String[] args) throws IOException {
    String why = ChildLimits.whyUnavailable();
    if (!why.isEmpty()) {
      throw new IOException(why);
    }
    if (args.length > 0 && Files.isDirectory(Path.of(args[0]))) {
      ExitWithParent.watch();
      OverloadBenchmark benchmark = new OverloadBenchmark(Path.of(args[0]));
      for (int i = 1; i < args.length; i++) {
        benchmark.measure(Double.parseDouble(args[i]));
      }
      return;
    }
    Path folder = Files.createTempDirectory("dot-agent-bench");
    ChildJvm.sameClassPath(OverloadBenchmark.class)
        .args(folder.toString())
        .args(args.length == 0 ? new String[] {"0.25", "0.5"} : args)
        .within(WHOLE)
        .inside(NetworkNamespace.in(folder.resolve("network")).hosts("127.0.0.1 localhost\n"))
        .run()
        .quiet()
        .stdout()
        .forEach(System.out::println);
  }

  private void measure(double processors) throws IOException {
    Zone zone = Zone.builder().addresses("*." + DOMAIN, 300, "192.0.2.1").build();
    try (DotServer well = DotServer.start(zone, certificate);
        DotServer silent = DotServer.start(zone, certificate)) {
      silent.faults().onEveryAnswer(AnswerFault.Kind.HANG);
      for (JavaHome java : AgentUnderLoad.javas()) {
        compare(processors, java, "alone", List.of(well.port()));
        compare(processors, java, "behind a silent one", List.of(silent.port(), well.port()));
        compare(processors, java, "behind a dead one", List.of(NOTHING_LISTENS, well.port()));
      }
    }
  }

  private void compare(double processors, JavaHome java, String where, List<Integer> ports)
      throws IOException {
    String upstreams =
        ports.stream()
            .map(port -> "127.0.0.1@" + port + "#" + NAME)
            .collect(Collectors.joining(","));
    ChildJvm agent =
        AgentUnderLoad.program(java, upstreams, trust).jvmArgs("-Ddotagent.log.level=off");
    try (ChildLimits quota = ChildLimits.ofProcessors(processors)) {
      print(processors, java, where, "agent", load(quota, agent));
    }
    try (ChildLimits quota = ChildLimits.ofProcessors(processors);
        RunningChild stubby = Stubby.start(folder, trust, ports, NAME, quota::wrap, WITHIN)) {
      if (!stubby.isAlive()) {
        throw new IllegalStateException("stubby is gone");
      }
      print(processors, java, where, "stubby", load(quota, AgentUnderLoad.uncached(java)));
    }
  }

  private static LoadReport load(ChildLimits quota, ChildJvm program) {
    try (RunningChild child = RunningChild.of(quota.wrap(program.command()), WITHIN)) {
      return LoadReport.steady(child, RATE, TIME, DOMAIN);
    }
  }

  private static void print(
      double processors, JavaHome java, String where, String who, LoadReport report) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%.2f of a processor, Java %d, the server %s: %s: %d of %d failed; p50 %d ms, p99 %d"
                + " ms, longest %d ms",
            processors,
            java.major(),
            where,
            who,
            report.failed(),
            report.lookups(),
            report.p50().toMillis(),
            report.p99().toMillis(),
            report.max().toMillis()));
  }
}
