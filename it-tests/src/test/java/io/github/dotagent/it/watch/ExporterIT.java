package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.FreePort;
import io.github.dotagent.it.install.ThirdParty;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's jmx_exporter, with the configuration that we ship. */
class ExporterIT {
  private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(90); // it takes three
  private static final long BETWEEN_MILLIS = 100;
  private static final String HELP = "# HELP ";

  @TempDir Path folder;

  @EachJava(few = true)
  void theExporterServesEachMetric(JavaHome java) throws Exception {
    int port = FreePort.next();
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent()
                .uncachedOn(ChildJvm.program(java, "ManagedLookups"))
                .jvmArgs(
                    "-javaagent:"
                        + ThirdParty.jar("jmx-exporter")
                        + "=127.0.0.1:"
                        + port
                        + ":"
                        + configuration())
                .start()) {
      assertEquals("ok 192.0.2.9", program.ask("byName one.many.example.test"));
      assertEquals("ok 192.0.2.9", program.ask("byName one.many.example.test"));
      assertTrue(program.ask("why broken.example.test").contains("SERVFAIL"));
      List<String> lines = scrapedWithUs(port);
      String upstream = "{upstream=\"" + dot.upstream() + "\"";
      for (String expected :
          List.of(
              "dotagent_lookups_total 3.0",
              "dotagent_hits_total 2.0",
              "dotagent_misses_total 4.0",
              "dotagent_stale_answers_total 0.0",
              "dotagent_coalesced_total 0.0",
              "dotagent_prefetches_total 0.0",
              "dotagent_pin_mismatches_total 0.0",
              "dotagent_failures_total{kind=\"server_failure\"} 1.0",
              "dotagent_failures_total{kind=\"untrusted\"} 0.0",
              "dotagent_failures_total{kind=\"bogus\"} 0.0",
              "dotagent_failures_total{kind=\"malformed\"} 0.0",
              "dotagent_secure_answers_total 0.0",
              "dotagent_insecure_answers_total 0.0",
              "dotagent_failures_total{kind=\"unreachable\"} 0.0",
              "dotagent_failures_total{kind=\"timeout\"} 0.0",
              "dotagent_names_in_clear_total 0.0",
              "dotagent_may_have_been_in_clear_total 0.0",
              "dotagent_answers_total{source=\"upstream\"} 1.0",
              "dotagent_answers_total{source=\"cache\"} 1.0",
              "dotagent_answers_total{source=\"opportunistic\"} 0.0",
              "dotagent_cache_size 1.0",
              "dotagent_cache_max_entries 100000.0",
              "dotagent_version{version=\"" + System.getProperty("it.version") + "\"} 1.0",
              "dotagent_upstream_queries_total" + upstream + "} 4.0",
              "dotagent_upstream_failures_total" + upstream + "} 0.0",
              "dotagent_upstream_connections" + upstream + "} 1.0",
              "dotagent_upstream_queries_in_flight" + upstream + "} 0.0")) {
        assertTrue(lines.contains(expected), expected + " is not in " + lines);
      }
      assertEquals(
          helpOfTheConfiguration(),
          lines.stream()
              .filter(line -> line.startsWith(HELP))
              .map(line -> line.substring(HELP.length()))
              .collect(Collectors.toCollection(TreeSet::new)),
          "each series has the help that is written for it, and no other");
      assertTrue(
          lines.stream()
              .anyMatch(
                  line -> line.matches("dotagent_upstream_state\\{.*state=\"in use\".*\\} 1\\.0")),
          lines.toString());
      double days =
          lines.stream()
              .filter(line -> line.startsWith("dotagent_upstream_certificate_days_left" + upstream))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .findFirst()
              .orElseThrow();
      assertTrue(days > 0 && days < 4_000, "days: " + days);
      double seconds =
          lines.stream()
              .filter(line -> line.startsWith("dotagent_upstream_round_trip_seconds" + upstream))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .findFirst()
              .orElseThrow();
      assertTrue(seconds > 0 && seconds < 5, "seconds: " + seconds);
    }
  }

  /** {@code NAME HELP} of each series. */
  private static Set<String> helpOfTheConfiguration() throws IOException {
    Set<String> all = new TreeSet<>();
    String name = "";
    for (String line : Files.readAllLines(configuration())) {
      String stripped = line.strip();
      if (stripped.startsWith("name: ")) {
        name = stripped.substring("name: ".length());
      } else if (stripped.startsWith("help: ")) {
        all.add(name + " " + stripped.substring("help: ".length()));
      }
    }
    return all;
  }

  private static Path configuration() {
    Path docs = ProgramClasses.java8().getParent().getParent().getParent().resolveSibling("docs");
    Path file = docs.resolve("jmx-exporter.yml");
    assertTrue(Files.isRegularFile(file), file.toString());
    return file;
  }

  /**
   * What the exporter serves, once the agent is in it: the upstreams are there first, then the
   * resolver.
   */
  private static List<String> scrapedWithUs(int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
    long end = System.nanoTime() + WITHIN_NANOS;
    while (true) {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      List<String> lines =
          response
              .body()
              .lines()
              .filter(line -> line.replace(HELP, "").startsWith("dotagent"))
              .toList();
      if (lines.stream().anyMatch(line -> line.startsWith("dotagent_lookups_total"))) {
        return lines;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(response.statusCode() + " " + lines);
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
  }
}
