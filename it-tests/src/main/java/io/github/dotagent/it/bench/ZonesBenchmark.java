package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.BuiltAgent;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
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

/**
 * The cost of zones for a lookup: of a name that the agent's cache answers, and of one that it asks
 * a server for; with none, ten and ten thousand of them. Arguments: rounds, and the Java to take.
 */
public final class ZonesBenchmark {
  private static final String NAME = "dns.example";
  private static final int ROUNDS = 7; // odd, so that the median is one of them
  private static final List<Integer> ZONES = List.of(0, 10, 10_000);
  private static final int KEPT = 100;
  private static final int MISSES = 2_000;

  /** The JIT compiler is done within it. */
  private static final String WARM_UP = " 6000";

  private static final String TIMED = " 1000";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private ZonesBenchmark() {}

  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    JavaHome java = InstalledJdks.find(args.length < 2 ? 17 : Integer.parseInt(args[1])).get();
    Path folder = Files.createTempDirectory("dot-agent-bench");
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    TrustStores trust = authority.writeTrustStores(folder);
    Zone zone =
        Zone.builder()
            .soa("bench.example", 3600, 3600) // or that there is no AAAA would not be kept
            .addresses("*.bench.example", 3600, "192.0.2.1")
            .build();
    List<RunningChild> hits = new ArrayList<>();
    List<RunningChild> misses = new ArrayList<>();
    try (DotServer server =
        DotServer.start(zone, authority.issue(CertificateSpec.forNames(NAME)))) {
      for (int zones : ZONES) {
        Path settings = settings(folder, zones, server.upstream(NAME), trust.pem());
        hits.add(start(java, "CachedLookups", settings));
        misses.add(start(java, "LoadProgram", settings));
      }
      print("%s, medians of %d rounds, in turn", java, rounds);
      hits(hits, rounds);
      misses(misses, rounds);
    } finally {
      hits.forEach(RunningChild::close);
      misses.forEach(RunningChild::close);
    }
  }

  /** The names of the benchmark are in none of the zones, or in the last one. */
  private static Path settings(Path folder, int zones, String server, Path trust)
      throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("upstreams=").append(server).append("\ntrustStore=").append(trust).append('\n');
    for (int i = 0; i < zones; i++) {
      text.append(i == 0 ? "zones=" : ",").append("zone-").append(i).append(".corp.example=");
      text.append(server);
    }
    return Files.writeString(folder.resolve("zones-" + zones + ".properties"), text);
  }

  private static RunningChild start(JavaHome java, String program, Path settings) {
    return ChildJvm.program(java, program)
        .jvmArgs(
            "-javaagent:" + BuiltAgent.jar() + "=" + settings,
            "-Dsun.net.inetaddr.ttl=0",
            "-Dsun.net.inetaddr.negative.ttl=0")
        .within(PATIENCE)
        .start();
  }

  private static void hits(List<RunningChild> children, int rounds) {
    for (RunningChild child : children) {
      child.ask("fill " + KEPT);
      child.ask("time " + KEPT + " 1" + WARM_UP);
    }
    List<List<Double>> nanos = lists(children);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < children.size(); i++) {
        nanos.get(i).add(Double.valueOf(children.get(i).ask("time " + KEPT + " 1" + TIMED)));
      }
    }
    for (int i = 0; i < children.size(); i++) {
      print(
          "  %,d zones: a name from the cache %.0f ns (x %.3f)",
          ZONES.get(i), Median.of(nanos.get(i)), Median.of(nanos.get(i)) / Median.of(nanos.get(0)));
    }
  }

  private static void misses(List<RunningChild> children, int rounds) {
    for (RunningChild child : children) {
      LoadReport.begin(child, "bench.example");
      LoadReport.closed(child, 8, MISSES, "bench.example");
    }
    List<List<Double>> micros = lists(children);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < children.size(); i++) {
        micros
            .get(i)
            .add(LoadReport.closed(children.get(i), 8, MISSES, "bench.example").cpuMicros());
      }
    }
    for (int i = 0; i < children.size(); i++) {
      print(
          "  %,d zones: a name from a server %.0f us of CPU (x %.3f)",
          ZONES.get(i),
          Median.of(micros.get(i)),
          Median.of(micros.get(i)) / Median.of(micros.get(0)));
    }
  }

  private static List<List<Double>> lists(List<RunningChild> children) {
    List<List<Double>> lists = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
