package io.github.dotagent.it.demo;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
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
  private static final String LOOPBACK = "127.0.0.1";
  private static final int DNS_PORT = 53;
  private static final int TTL_SECONDS = 300; // longer than the demo runs

  private final Path folder;
  private final boolean inNamespace;
  private final DemoOutput report = DemoOutput.toStdout();

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
            .addresses("shop.example", TTL_SECONDS, LOOPBACK)
            .addresses("news.example", TTL_SECONDS, LOOPBACK)
            .cname("www.shop.example", TTL_SECONDS, "shop.example")
            .build();
    report.say(
        "dot-agent on Java "
            + JavaHome.current().major()
            + ". All programs and servers are on this machine, and nothing leaves it.");
    if (!inNamespace) {
      report.say(
          "Scenes with port 53 are left out: " + NetworkNamespace.whyUnavailable().orElse(""));
    }
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
      }
      withTheAgent(agent.set("pins", certificate.pin()), dot, pages);
      new LongRunningScene(report, folder, agent, authority, SERVER_NAME, certificate).play();
      if (inNamespace) {
        aLeak(agent.set("pins", certificate.pin()).set("bypass", "block"));
      }
    }
    report.title(report.exitCode() == 0 ? "All of it held." : "Something did not hold.");
    report.say("To put the agent into your own service: README.md, \"Add it to a service\".");
    return report.exitCode();
  }

  private static String page(String host, HttpServerOnLoopback web) {
    return "http://" + host + ":" + web.port() + "/";
  }

  private void withoutTheAgent(AgentRun agent, List<String> pages) {
    report.title("Without the agent");
    report.say("A program fetches pages by name. The JDK asks for the names in the clear:");
    try (Port53Witness witness = Port53Witness.open(LOOPBACK, DNS_PORT)) {
      agent.runWithout(pages);
      witness.sightings().stream()
          .map(sighting -> "port 53 saw: " + sighting.question())
          .distinct() // the system resolver sends a question again
          .forEach(report::line);
      report.check(!witness.sightings().isEmpty(), "every name was readable on port 53");
    }
  }

  private void withTheAgent(AgentRun agent, DotServer dot, List<String> pages) {
    report.title("The same program with -javaagent:dot-agent.jar");
    report.say("The names go over TLS, to a server that proves its name and its key (a pin):");
    if (!inNamespace) {
      program(agent, dot, pages);
      return;
    }
    try (Port53Witness witness = Port53Witness.open(LOOPBACK, DNS_PORT)) {
      program(agent, dot, pages);
      report.check(witness.sightings().isEmpty(), "nothing was sent to port 53");
    }
  }

  private void program(AgentRun agent, DotServer dot, List<String> pages) {
    ChildResult result = agent.run(pages);
    report.lines(result.stdout());
    report.lines(result.stderr());
    List<String> log = agent.log();
    log.stream().filter(line -> line.contains("connected to")).forEach(report::line);
    for (RecordedQuery query : dot.log().queries()) {
      report.line(
          "the server saw: "
              + query.name()
              + " "
              + query.type()
              + ", "
              + query.tls().version()
              + ", padded to "
              + query.octets()
              + " octets");
    }
    report.check(result.exitCode() == 0, "the program got all its pages");
    report.check(contains(log, "matched"), "the server's key matched the pin");
    report.check(contains(log, "from the cache"), "a name asked for again came from the cache");
    report.check(
        dot.log().queries("shop.example").size() == 2
            && !dot.log().queries("www.shop.example").isEmpty()
            && !dot.log().queries("news.example").isEmpty(),
        "every name reached the server once, for its IPv4 and its IPv6 addresses");
  }

  private void aLeak(AgentRun agent) {
    report.title("A library asks DNS servers by itself (bypass=block)");
    report.say("It sends two queries to port 53. The first one can go over TLS; the second");
    report.say("one is for that server alone, so it could leave in the clear only:");
    try (Port53Witness witness = Port53Witness.open(LOOPBACK, DNS_PORT)) {
      ChildResult result =
          agent
              .on(ChildJvm.program(JavaHome.current(), "OwnDns"))
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .args(LOOPBACK, "socket", "shop.example", "authoritative", "shop.example")
              .run();
      List<String> said = result.stdout();
      agent.log().stream().filter(line -> line.contains("@" + DNS_PORT)).forEach(report::line);
      report.check(
          said.size() == 2 && said.get(0).contains("rcode 0, 1 answers"),
          "the library has the answer to the first, over TLS");
      report.check(
          said.size() == 2 && said.get(1).contains("rcode 5, "), // REFUSED, RFC 1035 §4.1.1
          "the second was refused");
      report.check(witness.sightings().isEmpty(), "neither was sent to port 53");
      if (report.exitCode() != 0) { // the reason may be here
        report.lines(said);
        report.lines(result.stderr());
      }
    }
  }

  private static boolean contains(List<String> lines, String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }
}
