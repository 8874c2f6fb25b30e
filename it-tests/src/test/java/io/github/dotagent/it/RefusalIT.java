package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.ConnectFault;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not prove its identity sees no name, and its answers do not count. */
class RefusalIT {
  private static final String NAME = "www.example.test";

  @TempDir Path folder;

  @EachJava
  void certificatesThatProveNothing(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      CertificateSpec right = CertificateSpec.forNames(DotUpstream.NAME);
      dot.server.present(dot.authority.issue(CertificateSpec.forNames("other.example")));
      try (RunningChild program = start(java, dot.agent())) {
        Refused.because(program, NAME, dot, "name mismatch (");

        dot.server.present(dot.authority.issue(CertificateSpec.forAddresses("127.0.0.1")));
        Refused.because(program, NAME, dot, "name mismatch (");

        TestAuthority unknown = TestAuthority.create(Instant.now(), 1);
        dot.server.present(unknown.issue(right));
        Refused.because(program, NAME, dot, "certificate of an unknown authority (issued by ");

        dot.server.present(dot.authority.issue(right.expired()));
        Refused.because(program, NAME, dot, "certificate expired (");

        dot.server.present(dot.authority.issue(right.notYetValid()));
        Refused.because(program, NAME, dot, "certificate not yet valid by this machine's clock (");

        dot.server.present(dot.authority.issue(right));
        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME), "the program lives on");
      }
    }
  }

  @EachJava(one = true)
  void serversThatSpeakNoTls(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      dot.server.faults().onEveryConnection(ConnectFault.PLAIN_TEXT);
      // a connection that is closed at once is tried anew for as long as there is time
      try (RunningChild program = start(java, dot.agent().set("timeout", "10s"))) {
        Refused.because(program, NAME, dot, "no TLS session: ");

        dot.server.faults().onEveryConnection(ConnectFault.CLOSE);
        Refused.because(program, NAME, dot, "no TLS session: ");

        // the reset may come before the kernel has told that the connection was accepted
        dot.server.faults().onEveryConnection(ConnectFault.RESET);
        String reset = Refused.because(program, NAME, dot, "");
        assertTrue(reset.contains("onnection reset") || reset.contains("roken pipe"), reset);

        dot.server.faults().clear();
        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME), "the program lives on");
      }
    }
  }

  /** A certificate for a name says nothing about an address that is not in it. */
  @EachJava(one = true)
  void withoutANameTheCertificateMustHoldTheAddress(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      Agent agent = dot.agent().set("upstreams", dot.server.upstream());
      try (RunningChild program = start(java, agent)) {
        String said = program.ask("why " + NAME);
        String upstream = dot.server.upstream();
        String expected = NAME + ": no answer over TLS: " + upstream + " name mismatch (";
        assertTrue(said.startsWith("ok java.net.UnknownHostException: " + expected), said);
        assertEquals(0, dot.server.log().queries().size());
      }
    }
  }

  /** The JDK's authorities are what is trusted when no store is named: not the test's. */
  @EachJava
  void withoutATrustStoreThoseOfTheJdkAreTrusted(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ServerCertificate certificate = dot.certificate;
      Agent agent = Agent.patient().set("upstreams", dot.upstream()).set("pins", certificate.pin());
      try (RunningChild program = start(java, agent)) {
        // a pin that matches is no substitute for the authority (RFC 8310 §6.4)
        Refused.because(program, NAME, dot, "certificate of an unknown authority (issued by ");
      }
    }
  }

  private static RunningChild start(JavaHome java, Agent agent) {
    return agent.uncachedOn(ChildJvm.program(java, "LookupProgram")).args("-").start();
  }
}
