package io.github.dotagent.it.command.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.server.ConnectFault;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Set-ups that are broken in one way each, and what the doctor makes of them. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class DoctorIT {
  private static final JavaHome JAVA = JavaHome.current();

  @TempDir Path folder;

  private DotUpstream start() {
    return DotUpstream.start(folder, SampleZone.ZONE);
  }

  private static Doctor of(DotUpstream dot) {
    return Doctor.run(JAVA, dot.agent());
  }

  private static void told(Doctor doctor, String remedy) {
    assertTrue(
        doctor.remedies().stream().anyMatch(line -> line.contains(remedy)), doctor.toString());
  }

  private static void failedFor(Doctor doctor, String check, String reason) {
    assertTrue(doctor.line(check).matches("FAIL +.*" + reason + ".*"), doctor.toString());
  }

  @EachJava
  void allIsWell(JavaHome java) {
    try (DotUpstream dot = start()) {
      String pins = dot.certificate.pin() + "," + dot.authority.issuerPin();
      Agent agent = dot.agent().set("pins", pins);
      // some builds of a JDK have a spawn helper that this machine's C library is too old for
      Doctor doctor =
          Doctor.of(
              Doctor.child(java, agent).jvmArgs("-Djdk.lang.Process.launchMechanism=FORK").run());
      assertEquals(List.of(), doctor.failed(), doctor.toString());
      assertEquals(0, doctor.exitCode());
      assertTrue(doctor.line("TLS").contains("TLSv1.3"), doctor.toString());
      assertEquals("ok    " + DotUpstream.NAME, doctor.line("name"));
      assertTrue(doctor.line("pins").endsWith("matched"), doctor.toString());
      assertEquals("ok    idle connections are kept for 60 s", doctor.line("keepalive"));
      assertTrue(doctor.line("padding").startsWith("ok "), doctor.toString());
      assertEquals("ok    in place and proved, in a JVM of its own", doctor.line("hook"));
      assertEquals("Nothing is wrong.", doctor.lines().get(doctor.lines().size() - 1));
    }
  }

  @Test
  void nothingListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Doctor doctor = Doctor.run(JAVA, Agent.bare().set("upstreams", "127.0.0.1@" + free));
    failedFor(doctor, "connect", "connection refused");
    assertEquals(3, doctor.exitCode());
  }

  /** A listener whose queue is full lets the kernel drop what comes, as a firewall does. */
  @Test
  void theFirewallDropsThePort() throws IOException {
    List<Socket> queued = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try {
        for (int i = 0; i < 4; i++) {
          Socket socket = new Socket();
          queued.add(socket);
          socket.connect(full.getLocalSocketAddress(), 300);
        }
      } catch (IOException itIsFull) {
        // as is meant
      }
      Doctor doctor =
          Doctor.run(JAVA, Agent.bare().set("upstreams", "127.0.0.1@" + full.getLocalPort()));
      failedFor(doctor, "connect", "port " + full.getLocalPort() + " is blocked");
      told(doctor, "have the firewall let TCP port " + full.getLocalPort() + " out");
    } finally {
      for (Socket socket : queued) {
        socket.close();
      }
    }
  }

  @Test
  void aCaptivePortalThatSpeaksNoTls() {
    try (DotUpstream dot = start()) {
      dot.server.faults().onEveryConnection(ConnectFault.PLAIN_TEXT);
      Doctor doctor = of(dot);
      failedFor(doctor, "TLS", "no TLS session");
      told(doctor, "captive portal");
      assertEquals(3, doctor.exitCode());
    }
  }

  @Test
  void aBoxThatTakesTheConnectionAndSaysNothing() {
    try (DotUpstream dot = start()) {
      dot.server.faults().onEveryConnection(ConnectFault.SILENCE);
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("timeout", "1s"));
      failedFor(doctor, "TLS", "and then nothing is said");
    }
  }

  @Test
  void anInterceptingProxy() {
    TestAuthority proxy = TestAuthority.create(Instant.now(), 1);
    try (DotUpstream dot = start()) {
      dot.server.present(proxy.issue(CertificateSpec.forNames("proxy.corp.example")));
      Doctor doctor = of(dot);
      failedFor(doctor, "chain", "unknown authority \\(CN=Test root\\)");
      failedFor(doctor, "name", "name mismatch");
      told(doctor, "somebody on the way answers in the server's place");
      assertEquals(List.of(), dot.server.log().queries(), "nothing is sent to it");
      assertEquals(3, doctor.exitCode());
    }
  }

  @Test
  void anAuthorityThatIsNotInTheTrustStore() {
    TestAuthority own = TestAuthority.withIntermediate(Instant.now(), 1);
    try (DotUpstream dot = start()) {
      dot.server.present(own.issue(CertificateSpec.forNames(DotUpstream.NAME)));
      Doctor doctor = of(dot);
      failedFor(doctor, "chain", "unknown authority");
      assertEquals("ok    " + DotUpstream.NAME, doctor.line("name"));
      told(doctor, "dotagent.trustStore=FILE.pem");
    }
  }

  @Test
  void anExpiredCertificate() {
    try (DotUpstream dot = start()) {
      dot.server.present(dot.authority.issue(CertificateSpec.forNames(DotUpstream.NAME).expired()));
      Doctor doctor = of(dot);
      failedFor(doctor, "chain", "certificate expired");
      told(doctor, "the server's owner has let it end");
      assertTrue(doctor.line("clock").startsWith("ok "), doctor.toString());
    }
  }

  /** The same for a clock that is behind and a certificate that is ahead. */
  @Test
  void aClockThatIsBehind() {
    try (DotUpstream dot = start()) {
      dot.server.present(
          dot.authority.issue(CertificateSpec.forNames(DotUpstream.NAME).notYetValid()));
      Doctor doctor = of(dot);
      failedFor(doctor, "chain", "certificate not yet valid");
      failedFor(doctor, "clock", "before a server's certificate begins");
      told(doctor, "set the clock");
    }
  }

  /** A whole chain of long ago, whose authority has ended as well. */
  @Test
  void aClockThatIsAhead() {
    Instant longAgo = Instant.now().minus(Duration.ofDays(40L * 365));
    TestAuthority old = TestAuthority.withIntermediate(longAgo, 1);
    ServerCertificate certificate = old.issue(CertificateSpec.forNames(DotUpstream.NAME));
    try (DotUpstream dot = start()) {
      dot.server.present(certificate);
      Agent agent =
          dot.agent()
              .set("trustStore", old.writeTrustStores(folder.resolve("old")).pem().toString());
      Doctor doctor = Doctor.run(JAVA, agent);
      failedFor(doctor, "chain", "expired");
      failedFor(doctor, "clock", "after the end of every server's certificate");
    }
  }

  @Test
  void aForeignName() {
    try (DotUpstream dot = start()) {
      dot.server.present(dot.authority.issue(CertificateSpec.forNames("other.example")));
      Doctor doctor = of(dot);
      assertTrue(doctor.line("chain").matches("(ok|note) .*"), doctor.toString());
      failedFor(doctor, "name", "name mismatch");
      told(doctor, "check the NAME in ADDRESS@PORT#NAME");
    }
  }

  @Test
  void aKeyThatIsNotPinned() {
    try (DotUpstream dot = start()) {
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("pins", SpkiPins.ofNobody()));
      failedFor(
          doctor,
          "pins",
          "none of yours; presented: " + Pattern.quote(dot.certificate.pin()) + ", ");
      assertEquals(3, doctor.exitCode());
    }
  }

  @Test
  void aServerThatRefusesToResolve() {
    Zone refusing = Zone.builder().rcode("example.com", ResponseCodes.REFUSED).build();
    try (DotUpstream dot = DotUpstream.start(folder, refusing)) {
      Doctor doctor = of(dot);
      failedFor(doctor, "answer", "example.com: REFUSED");
      assertEquals(1, doctor.exitCode(), "it was reached and authenticated");
    }
  }

  @Test
  void aTrustStoreThatIsNone() throws IOException {
    try (DotUpstream dot = start()) {
      Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("trustStore", empty.toString()));
      failedFor(doctor, "trust store", "empty.pem");
      failedFor(doctor, "hook", "empty.pem");
    }
  }

  @Test
  void whatAClassPathBrings() {
    try (DotUpstream dot = start()) {
      Path dnsjava = Path.of("target", "third-party", "dnsjava.jar").toAbsolutePath();
      Doctor doctor = Doctor.run(JAVA, dot.agent(), "--class-path", dnsjava.toString());
      assertTrue(
          doctor.line("class path").startsWith("note  " + dnsjava + ": resolver provider "),
          doctor.toString());
      assertTrue(doctor.line("hook").startsWith("ok "), doctor.toString());
      assertEquals(0, doctor.exitCode(), "it is no failure");
    }
  }

  @Test
  void forPrograms() {
    try (DotUpstream dot = start()) {
      Doctor doctor = Doctor.run(JAVA, dot.agent(), "--json");
      String text = String.join("\n", doctor.lines());
      assertTrue(text.startsWith("{\n  \"sections\": ["), text);
      assertTrue(text.contains("\"check\": \"round trip\""), text);
      assertTrue(text.endsWith("\"summary\": \"Nothing is wrong.\"\n}"), text);
    }
  }
}
