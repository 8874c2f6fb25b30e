package io.github.dotagent.it.command.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates with a defect, and its cause. */
class DoctorCertificatesIT {
  private static final JavaHome JAVA = JavaHome.current();

  @TempDir Path folder;

  private DotUpstream start() {
    return DotUpstream.start(folder, SampleZone.ZONE);
  }

  private static Doctor of(DotUpstream dot) {
    return Doctor.run(JAVA, dot.agent());
  }

  @Test
  void anInterceptingProxy() {
    TestAuthority proxy = TestAuthority.create(Instant.now(), 1);
    try (DotUpstream dot = start()) {
      dot.server.present(proxy.issue(CertificateSpec.forNames("proxy.corp.example")));
      Doctor doctor = of(dot);
      doctor.failedFor("chain", "unknown authority \\(issued by CN=Test root\\)");
      doctor.failedFor("name", "name mismatch");
      doctor.told("something on the way answers in the server's place");
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
      doctor.failedFor("chain", "unknown authority");
      assertEquals("ok    " + DotUpstream.NAME, doctor.line("name"));
      doctor.told("dotagent.trustStore=FILE.pem");
    }
  }

  @Test
  void anExpiredCertificate() {
    try (DotUpstream dot = start()) {
      dot.server.present(dot.authority.issue(CertificateSpec.forNames(DotUpstream.NAME).expired()));
      Doctor doctor = of(dot);
      doctor.failedFor("chain", "certificate expired");
      doctor.told("the server's owner has not renewed it");
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
      doctor.failedFor("chain", "certificate not yet valid");
      doctor.failedFor("clock", "before a server's certificate becomes valid");
      doctor.told("set the clock");
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
      doctor.failedFor("chain", "expired");
      doctor.failedFor("clock", "after the expiry of every server's certificate");
    }
  }

  @Test
  void aForeignName() {
    try (DotUpstream dot = start()) {
      dot.server.present(dot.authority.issue(CertificateSpec.forNames("other.example")));
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("pins", SpkiPins.ofNobody()));
      assertTrue(doctor.line("chain").matches("(ok|note) .*"), doctor.toString());
      doctor.failedFor("name", "name mismatch");
      doctor.told("check the NAME in ADDRESS@PORT#NAME");
      doctor.failedFor("pins", "no match");
      doctor.told("see the name");
    }
  }

  @Test
  void aKeyThatIsNotPinned() {
    try (DotUpstream dot = start()) {
      Doctor doctor = Doctor.run(JAVA, dot.agent().set("pins", SpkiPins.ofNobody()));
      doctor.failedFor(
          "pins", "no match; presented: " + Pattern.quote(dot.certificate.pin()) + ", ");
      assertEquals(3, doctor.exitCode());
    }
  }
}
