package io.github.dotagent.it;

import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ExitWithParent;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import java.util.TreeSet;

/**
 * Runs in a network of its own, where port 53 is watched and Cloudflare's addresses are loopback's.
 * Prints what the programs printed and, after {@code seen}, what came to port 53.
 */
final class LeakScenario {
  private static final String ONE = "one.one.one.one";

  private static final Zone LOCAL =
      Zone.builder()
          .addresses("printer", 60, "10.1.2.3")
          .addresses("nas.local", 60, "10.1.2.4")
          .addresses("db.internal", 60, "10.1.2.5")
          .ptr("10.1.2.5", 60, "db.internal")
          .build();

  private final JavaHome java;
  private final Path folder;

  private LeakScenario(JavaHome java, Path folder) {
    this.java = java;
    this.folder = folder;
  }

  /** The arguments: a java home, its major version, a folder to write to. */
  public static void main(String[] args) {
    ExitWithParent.watch();
    JavaHome java = new JavaHome(Path.of(args[0]), Integer.parseInt(args[1]));
    new LeakScenario(java, Path.of(args[2])).run();
  }

  private void run() {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      watched(
          dot.agent(),
          "byName www.example.test allByName alias.example.test reverse 192.0.2.1"
              + " why nobody.example.test why text.example.test why broken.example.test"
              + " reverse 192.0.2.200 why secret.onion why a..b byName localhost");
      if (!Breadth.isWhole(java)) {
        return; // the hook is the Java's own, and what it leads to is not
      }
      watched(
          dot.agent().set("pins", SpkiPins.ofNobody()), "why www.example.test reverse 192.0.2.1");
      watched(
          dot.agent().set("upstreams", "127.0.0.1@1#" + DotUpstream.NAME),
          "why www.example.test reverse 192.0.2.1");
      dot.server.log().forgetQueries();
      watched(dot.agent(), "byName printer byName nas.local byName db.internal reverse 10.1.2.5");
      System.out.println("upstream " + dot.questions());
      defaults(dot);
    }
  }

  /** No upstream is named: Cloudflare's, by its name and at its addresses. */
  private void defaults(DotUpstream authority) {
    var certificate = authority.authority.issue(CertificateSpec.forNames(ONE));
    DotServerOptions options =
        DotServerOptions.of(SampleZone.ZONE, certificate).on("1.1.1.1").port(853);
    try (DotServer cloudflare = DotServer.start(options)) {
      Agent agent = Agent.patient().set("trustStore", authority.trust.pem().toString());
      watched(agent, "byName www.example.test");
      cloudflare.log().queries().stream()
          .map(query -> query.type() + " for " + query.tls().serverName().orElse("no name"))
          .sorted()
          .forEach(System.out::println);
    }
  }

  private void watched(Agent agent, String commands) {
    try (Port53Witness witness = Port53Witness.answering(LOCAL, "127.0.0.1", 53)) {
      ChildJvm program =
          ChildJvm.program(java, "LookupProgram")
              .jvmArgs("-Djava.net.preferIPv4Stack=true")
              .args(commands.split(" "));
      agent.uncachedOn(program).run().stdout().forEach(System.out::println);
      TreeSet<String> seen = new TreeSet<>();
      witness.sightings().stream().map(Sighting::question).forEach(seen::add);
      System.out.println("seen " + seen);
    }
  }
}
