package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
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
 * How long a program takes to end, without the agent, with it, and with it after a lookup, when a
 * connection is open. From the program's last line to the end of its process. Argument: rounds.
 */
public final class EndBenchmark {
  private static final String NAME = "dns.example";
  private static final int ROUNDS = 11; // odd, so that the median is one of them
  private static final List<String> WAYS = List.of("return", "exit", "halt");

  private final int rounds;
  private final List<String> agentOptions;

  private EndBenchmark(int rounds, List<String> agentOptions) {
    this.rounds = rounds;
    this.agentOptions = agentOptions;
  }

  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("dot-agent-bench");
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    Zone zone = Zone.builder().addresses("*.bench.example", 300, "127.0.0.1").build();
    try (DotServer server =
        DotServer.start(zone, authority.issue(CertificateSpec.forNames(NAME)))) {
      List<String> options =
          List.of(
              "-javaagent:" + BuiltAgent.jar(),
              "-Ddotagent.upstreams=" + server.upstream(NAME),
              "-Ddotagent.trustStore=" + authority.writeTrustStores(folder).pem());
      EndBenchmark benchmark = new EndBenchmark(rounds, options);
      System.out.println("medians of " + rounds + " rounds; milliseconds from last line to end");
      for (int version : InstalledJdks.TESTED_VERSIONS) {
        InstalledJdks.find(version).ifPresent(benchmark::measure);
      }
    }
  }

  private void measure(JavaHome java) {
    for (String way : WAYS) {
      List<Double> stock = new ArrayList<>();
      List<Double> idle = new ArrayList<>();
      List<Double> looked = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        ChildJvm program = ChildJvm.program(java, "EndingProgram").args(way);
        ChildJvm withAgent = program.jvmArgs(agentOptions.toArray(String[]::new));
        stock.add(toTheEnd(program.args("localhost")));
        idle.add(toTheEnd(withAgent));
        looked.add(toTheEnd(withAgent.args("a" + round + ".bench.example")));
      }
      System.out.println(
          String.format(
              Locale.ROOT,
              "Java %d, %s: without the agent %.0f, with it %.0f, after a lookup %.0f",
              java.major(),
              way,
              Median.of(stock),
              Median.of(idle),
              Median.of(looked)));
    }
  }

  private static double toTheEnd(ChildJvm program) {
    ChildResult result = program.run();
    double ended = System.currentTimeMillis();
    return ended - Double.parseDouble(result.quiet().stdout().get(0));
  }
}
