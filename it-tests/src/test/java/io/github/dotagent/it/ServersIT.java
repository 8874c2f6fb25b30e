package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.network.FreePort;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent with servers of other makes, on three Javas that stand for the rest. */
class ServersIT {
  private static final String NAME = "dns.example";

  /** Both hooks, both Caffeines. */
  private static final List<Integer> JAVAS = List.of(8, 17, 25);

  /** A server starts within a second; this is for a machine under load. */
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private static final Zone ZONE =
      Zone.builder()
          .soa("shop.example", 300, 300)
          .addresses("www.shop.example", 300, "192.0.2.1", "2001:db8::1")
          .cname("alias.shop.example", 300, "www.shop.example")
          .ptr("192.0.2.1", 300, "www.shop.example")
          .addresses("*.many.shop.example", 300, "192.0.2.9", "2001:db8::9")
          .build();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void resolves(RealServer make) throws IOException {
    Optional<Path> binary = make.binary();
    if (binary.isEmpty()) {
      // the report has the reason as well; the console would show a bare count
      System.out.println("ServersIT skipped: " + make.program() + " is not on this machine");
    }
    Assumptions.assumeTrue(binary.isPresent(), make.program() + " is not on this machine");
    TestAuthority authority = TestAuthority.withIntermediate(Instant.now(), 1);
    var certificate = authority.issue(CertificateSpec.forNames(NAME));
    int port = FreePort.next();
    try (Port53Witness plain = Port53Witness.answering(ZONE, "127.0.0.1", 0);
        DotServer tls = DotServer.start(ZONE, certificate)) {
      var pem = certificate.writePem(folder);
      var setup = new RealServer.Setup(folder, port, pem, plain.port(), tls.port());
      List<String> command = make.command(binary.get(), setup);
      try (RunningChild server = RunningChild.of(command, WITHIN)) {
        server.awaitLine(make.ready());
        Agent agent =
            Agent.patient()
                .set("upstreams", "127.0.0.1@" + port + "#" + NAME)
                .set("trustStore", authority.writeTrustStores(folder).pem().toString())
                .set("pins", certificate.pin());
        for (int java : JAVAS) {
          assertResolves(java, agent);
        }
        assertOutlived(server, agent, () -> RunningChild.of(command, WITHIN), make.ready());
        boolean asked = !plain.sightings().isEmpty() || !tls.log().queries().isEmpty();
        assertTrue(asked, "the answers came through this server");
      }
    }
  }

  private static void assertResolves(int major, Agent agent) {
    var java = InstalledJdks.find(major);
    if (java.isEmpty()) {
      System.out.println("ServersIT: " + InstalledJdks.missing(major));
      return;
    }
    ChildResult result =
        agent
            .uncachedOn(ChildJvm.program(java.get(), "LookupProgram"))
            .args("allByName", "www.shop.example", "byName", "alias.shop.example")
            .args("reverse", "192.0.2.1", "why", "nobody.shop.example")
            .run()
            .quiet();
    assertEquals(
        List.of(
            "ok 192.0.2.1" + (Ipv6OfThisMachine.PRESENT ? " 2001:db8:0:0:0:0:0:1" : ""),
            "ok 192.0.2.1",
            "ok canonical=www.shop.example host=www.shop.example",
            "ok java.net.UnknownHostException: nobody.shop.example: "
                + "no such name (NXDOMAIN from 127.0.0.1)"),
        result.stdout());
  }

  /** Pipelined, as much as each of them allows on one connection; then the server is another. */
  private static void assertOutlived(
      RunningChild server, Agent agent, Supplier<RunningChild> again, String ready) {
    List<RunningChild> programs = new ArrayList<>();
    try {
      for (int major : JAVAS) {
        InstalledJdks.find(major)
            .map(java -> agent.uncachedOn(ChildJvm.program(java, "LoadProgram")).start())
            .ifPresent(programs::add);
      }
      programs.forEach(ServersIT::assertManyAtOnce);
      server.close();
      try (RunningChild restarted = again.get()) {
        restarted.awaitLine(ready);
        programs.forEach(ServersIT::assertManyAtOnce);
      }
    } finally {
      programs.forEach(RunningChild::close);
    }
  }

  private static void assertManyAtOnce(RunningChild program) {
    LoadReport.begin(program, "many.shop.example");
    LoadReport report = LoadReport.closed(program, 32, 300, "many.shop.example");
    assertEquals("none", report.firstFailure());
  }
}
