package io.github.dotagent.it.demo;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.RecordedQuery;
import io.github.dotagent.it.harness.web.HttpServerOnLoopback;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The demo on loopback: our own web server, our own DNS-over-TLS server, nothing leaves. */
final class LoopbackDemo {
  private static final String SERVER_NAME = "dns.example";
  private static final int DNS_PORT = 53;
  private static final int TTL_SECONDS = 300; // longer than the demo runs

  private final Path folder;
  private final boolean inNamespace;
  private final DemoOutput report = new DemoOutput();

  /**
   * @param inNamespace whether this process has a network of its own, where port 53 is free
   */
  LoopbackDemo(Path folder, boolean inNamespace) {
    this.folder = folder;
    this.inNamespace = inNamespace;
  }

  int run() {
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    TrustStores trust = authority.writeTrustStores(folder.resolve("trust"));
    ServerCertificate certificate = authority.issue(CertificateSpec.forNames(SERVER_NAME));
    Zone zone =
        Zone.builder()
            .soa("example", TTL_SECONDS, TTL_SECONDS)
            .addresses("shop.example", TTL_SECONDS, "127.0.0.1")
            .addresses("news.example", TTL_SECONDS, "127.0.0.1")
            .cname("www.shop.example", TTL_SECONDS, "shop.example")
            .build();
    try (HttpServerOnLoopback web = HttpServerOnLoopback.start();
        DotServer dot = DotServer.start(zone, certificate)) {
      web.page("/", "A page.");
      AgentRun agent =
          AgentRun.in(folder)
              .set("upstreams", dot.upstream(SERVER_NAME))
              .set("trustStore", trust.pem().toString());
      List<String> pages =
          List.of(
              page("shop.example", web),
              page("www.shop.example", web),
              page("news.example", web),
              page("shop.example", web));
      if (inNamespace) {
        withoutTheAgent(agent, pages);
      } else {
        report.say("Port 53 is not watched: " + NetworkNamespace.whyUnavailable().orElse(""));
      }
      withTheAgent(agent.set("pins", certificate.pin()), dot, pages);
      withAWrongPin(agent.set("pins", SpkiPins.ofNobody()), dot, pages);
    }
    return report.exitCode();
  }

  private static String page(String host, HttpServerOnLoopback web) {
    return "http://" + host + ":" + web.port() + "/";
  }

  private void withoutTheAgent(AgentRun agent, List<String> pages) {
    report.title("Without the agent: the program asks in the clear");
    try (Port53Witness witness = Port53Witness.open("127.0.0.1", DNS_PORT)) {
      report.lines(agent.runWithout(pages).stdout());
      witness.sightings().forEach(sighting -> report.line("port 53 saw: " + sighting));
      report.check(!witness.sightings().isEmpty(), "every name was readable on port 53");
    }
  }

  private void withTheAgent(AgentRun agent, DotServer dot, List<String> pages) {
    report.title("The same program with -javaagent:dot-agent.jar");
    if (!inNamespace) {
      program(agent, dot, pages);
      return;
    }
    try (Port53Witness witness = Port53Witness.open("127.0.0.1", DNS_PORT)) {
      program(agent, dot, pages);
      report.check(witness.sightings().isEmpty(), "nothing was sent to port 53");
    }
  }

  private void program(AgentRun agent, DotServer dot, List<String> pages) {
    ChildResult result = agent.run(pages);
    report.lines(result.stdout());
    report.lines(result.stderr());
    report.check(result.exitCode() == 0, "the program got all its pages");
    report.say("What the agent did (its log at level debug):");
    List<String> log = agent.log();
    report.lines(log);
    report.check(contains(log, "matched"), "the server's key matched the pin");
    report.check(contains(log, "from the cache"), "a name asked for again came from the cache");
    report.say("What the DNS-over-TLS server saw:");
    for (RecordedQuery query : dot.log().queries()) {
      report.line(
          query.name()
              + " "
              + query.type()
              + ", "
              + query.tls().version()
              + ", padded to "
              + query.octets()
              + " octets");
    }
    report.check(
        dot.log().queries("shop.example").size() == 2
            && !dot.log().queries("www.shop.example").isEmpty()
            && !dot.log().queries("news.example").isEmpty(),
        "every name reached it, each once for A and once for AAAA");
  }

  private void withAWrongPin(AgentRun agent, DotServer dot, List<String> pages) {
    report.title("Again, with a pin that the server's key does not match");
    dot.log().forgetQueries();
    ChildResult result = agent.run(pages.subList(0, 1));
    report.lines(result.stdout());
    report.check(
        result.exitCode() != 0 && contains(result.stdout(), "pin mismatch"),
        "the program is told that no server could be trusted");
    report.check(dot.log().queries().isEmpty(), "no name was sent to a server that is not trusted");
  }

  private static boolean contains(List<String> lines, String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }
}
