package io.github.dotagent.it.bench;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.load.RandomFaults;
import io.github.dotagent.it.harness.load.RandomFaults.Victim;
import io.github.dotagent.it.harness.network.Relay;
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

/**
 * Of four servers behind a round trip of 30 ms three are killed, hung, reset or made to talk
 * garbage at random, under 200 lookups of new names a second; the fourth is 10 ms further away, so
 * that it is not the one that is asked first. Then, with all of them well again, whom the load goes
 * to. Arguments: seconds, and a seed for the course.
 */
public final class FailureBenchmark {
  private static final String NAME = "dns.example";
  private static final String DOMAIN = "bench.example";
  private static final int SECONDS = 60;
  private static final int RATE = 200;
  private static final List<Integer> ONE_WAY_MILLIS = List.of(15, 15, 15, 20);
  private static final int CROWD = 64; // lookups at once, more than one server is left alone with

  /** Longer than a server backs off that failed for a few seconds, again and again. */
  private static final int MOST_SECONDS = 90;

  private final TestAuthority authority = TestAuthority.create(Instant.now(), 1);
  private final ServerCertificate certificate = authority.issue(CertificateSpec.forNames(NAME));
  private final Zone zone = Zone.builder().addresses("*." + DOMAIN, 300, "192.0.2.1").build();
  private final Path trust;
  private final int seconds;
  private final long seed;

  private FailureBenchmark(int seconds, long seed) throws IOException {
    this.seconds = seconds;
    this.seed = seed;
    this.trust = authority.writeTrustStores(Files.createTempDirectory("dot-agent-bench")).pem();
  }

  public static void main(String[] args) throws IOException {
    int seconds = args.length == 0 ? SECONDS : Integer.parseInt(args[0]);
    long seed = args.length < 2 ? 1 : Long.parseLong(args[1]);
    FailureBenchmark benchmark = new FailureBenchmark(seconds, seed);
    AgentUnderLoad.javas().forEach(benchmark::measure);
  }

  private void measure(JavaHome java) {
    List<Victim> servers = new ArrayList<>();
    try {
      for (int millis : ONE_WAY_MILLIS) {
        DotServer server = DotServer.start(zone, certificate);
        servers.add(new Victim(server, Relay.to(server.port(), Duration.ofMillis(millis))));
      }
      String upstreams =
          servers.stream()
              .map(server -> server.relay().upstream(NAME))
              .collect(Collectors.joining(","));
      try (RunningChild agent = AgentUnderLoad.start(java, upstreams, trust)) {
        LoadReport.steady(agent, RATE, Duration.ofSeconds(5), DOMAIN); // a JVM that has begun
        print(java, "all well", LoadReport.steady(agent, RATE, Duration.ofSeconds(5), DOMAIN));
        RandomFaults misfortune = RandomFaults.befalls(servers.subList(0, 3), seed);
        LoadReport report = LoadReport.steady(agent, RATE, Duration.ofSeconds(seconds), DOMAIN);
        misfortune.end();
        print(java, "three fail", report);
        print(java, servers, agent);
      }
    } finally {
      servers.forEach(server -> server.relay().close());
      servers.forEach(server -> server.server().close());
    }
  }

  private static void print(JavaHome java, String when, LoadReport report) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "Java %d: %s: %d lookups, %d failed (%s); p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
            java.major(),
            when,
            report.lookups(),
            report.failed(),
            report.firstFailure(),
            millis(report.p50()),
            millis(report.p99()),
            millis(report.max())));
  }

  /** The share of each server in the load, and the time until each had a part of it. */
  private static void print(JavaHome java, List<Victim> servers, RunningChild agent) {
    servers.forEach(server -> server.server().log().forgetQueries());
    long begun = System.nanoTime();
    long most = begun + Duration.ofSeconds(MOST_SECONDS).toNanos();
    while (!asked(servers).stream().allMatch(queries -> queries > CROWD)
        && System.nanoTime() < most) {
      LoadReport.closed(agent, CROWD, CROWD * 20, DOMAIN);
    }
    double after = (System.nanoTime() - begun) / 1e9;
    servers.forEach(server -> server.server().log().forgetQueries());
    LoadReport report = LoadReport.closed(agent, CROWD, CROWD * 100, DOMAIN);
    System.out.println(
        String.format(
            Locale.ROOT,
            "Java %d: all in use again after %.1f s; then of %d queries each had %s",
            java.major(),
            after,
            2 * report.lookups(),
            asked(servers)));
  }

  private static List<Integer> asked(List<Victim> servers) {
    return servers.stream().map(server -> server.server().log().queries().size()).toList();
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
