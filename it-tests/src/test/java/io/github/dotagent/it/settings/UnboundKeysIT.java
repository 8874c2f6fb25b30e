package io.github.dotagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.RealServer;
import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.FreePort;
import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two Unbounds get new keys in turn, under load, as an operator does it: the next pin is written
 * into the settings, the server is started with its key, the pin before is taken out.
 */
@Isolated("makes load")
class UnboundKeysIT {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final String ANSWER = "9"; // the last octet of each address
  private static final Zone ZONE =
      Zone.builder()
          .soa("example.test", 300, 300)
          .addresses("*.many.example.test", 300, "192.0.2.9")
          .addresses("*.hot.example.test", 300, "192.0.2.9")
          .build();

  @TempDir Path folder;
  private final TestAuthority authority = TestAuthority.create(Instant.now(), 1);
  private final List<Unbound> servers = new ArrayList<>();
  private ChangingSettings settings;
  private RunningChild program;

  @EachJava(one = true)
  void noLookupFailsWhileTheKeysAreReplaced(JavaHome java) throws Exception {
    boolean there = RealServer.UNBOUND.binary().isPresent();
    if (!there) {
      System.out.println("UnboundKeysIT skipped: unbound is not on this machine");
    }
    Assumptions.assumeTrue(there, "unbound is not on this machine");
    settings = new ChangingSettings(folder.resolve("agent.properties"));
    try (Port53Witness plain = Port53Witness.answering(ZONE, "127.0.0.1", 0)) {
      servers.add(new Unbound(1, plain.port()));
      servers.add(new Unbound(2, plain.port()));
      settings
          .set("trustStore", authority.writeTrustStores(folder).pem())
          .set("timeout", "30s")
          .set("pins", pins());
      named(servers);
      settings.write();
      try (RunningChild child = settings.on(ChildJvm.program(java, "SettingsUnderLoad")).start()) {
        program = child;
        assertEquals(ANSWER, program.ask("once first.many.example.test"));
        awaitBeans();
        program.ask("from " + ANSWER);
        program.ask("load 200 8");
        for (int i = 0; i < Breadth.times(2, 10); i++) {
          replaceKey(servers.get(i % servers.size()));
        }
        program.ask("rest");
        String[] figures = program.ask("figures").split(" ", 4);
        assertEquals("0 0 none", figures[1] + " " + figures[2] + " " + figures[3]);
        for (Unbound server : servers) { // each by itself, by the key that it has now
          named(List.of(server));
          holds();
          assertEquals(ANSWER, program.ask("once of" + server.number + ".many.example.test"));
        }
      }
    } finally {
      servers.forEach(Unbound::close);
    }
  }

  private void replaceKey(Unbound server) throws IOException {
    ServerCertificate next = server.anotherKey();
    settings.set("pins", pins() + "," + next.pin());
    holds();
    server.startAgain(next);
    settings.set("pins", pins());
    holds();
  }

  private void named(List<Unbound> some) {
    settings.set(
        "upstreams", some.stream().map(Unbound::upstream).collect(Collectors.joining(",")));
  }

  private String pins() {
    return servers.stream()
        .map(server -> server.certificate.pin())
        .collect(Collectors.joining(","));
  }

  /** The new settings hold when this returns. */
  private void holds() {
    settings.write();
    String said = program.ask("reload");
    assertTrue(said.startsWith("ok "), said + "\n" + settings.text());
  }

  /** They are there some time after the first lookup. */
  private void awaitBeans() throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    for (String said = program.ask("reload");
        !said.startsWith("ok ");
        said = program.ask("reload")) {
      assertTrue(System.nanoTime() < end, said);
      Thread.sleep(100);
    }
  }

  /** One of the servers, on a port that it keeps. */
  private final class Unbound {
    private final int number;
    private final int plainPort;
    private final int port = FreePort.next();
    private ServerCertificate certificate;
    private RunningChild running;

    Unbound(int number, int plainPort) throws IOException {
      this.number = number;
      this.plainPort = plainPort;
      start(anotherKey());
    }

    private String name() {
      return "dns" + number + ".example";
    }

    String upstream() {
      return "127.0.0.1@" + port + "#" + name();
    }

    ServerCertificate anotherKey() {
      return authority.issue(CertificateSpec.forNames(name()));
    }

    void startAgain(ServerCertificate next) throws IOException {
      running.close();
      start(next);
    }

    private void start(ServerCertificate shown) throws IOException {
      certificate = shown;
      Path own = Files.createDirectories(folder.resolve(name()));
      RealServer.Setup setup =
          new RealServer.Setup(own, port, shown.writePem(own), plainPort, plainPort);
      Path binary = RealServer.UNBOUND.binary().orElseThrow();
      running = RunningChild.of(RealServer.UNBOUND.command(binary, setup), WITHIN);
      running.awaitLine(RealServer.UNBOUND.ready());
    }

    void close() {
      running.close();
    }
  }
}
