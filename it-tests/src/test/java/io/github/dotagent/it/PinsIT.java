package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.SpkiPins;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A server must have one of the user's pins, or it is refused. */
class PinsIT {
  private static final String NAME = "www.example.test";

  @TempDir Path folder;

  @EachJava(one = true)
  void aKeyThatIsNotPinned(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ServerCertificate other = dot.otherCertificate();
      String pins = SpkiPins.ofNobody() + "," + dot.certificate.pin();
      dot.server.present(other);
      try (RunningChild program = start(java, dot.agent().set("pins", pins))) {
        String presented =
            other.pin() + ", " + dot.authority.issuerPin() + ", " + dot.authority.rootPin();
        Refused.because(program, NAME, dot, "pin mismatch (presented " + presented + ")");

        dot.server.present(dot.certificate);
        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));

        // from then on, too: a connection that is open proves nothing about the next one
        dot.server.present(other);
        dot.server.dropConnections();
        dot.server.log().forgetQueries();
        Refused.because(program, "one.many.example.test", dot, "pin mismatch (presented ");

        String remedy =
            "-Ddotagent.pins=" + pins + "," + other.pin() + "," + dot.authority.issuerPin();
        List<String> said = program.finish().stderr();
        assertEquals(
            1, said.stream().filter(line -> line.endsWith(remedy)).count(), "once: " + said);
      }
    }
  }

  /** The authority is pinned, and may give its server another key (RFC 7858 §4.2). */
  @EachJava(one = true)
  void theKeyOfAnAuthority(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      String bare = dot.authority.issuerPin().substring("sha256/".length());
      for (String pin : List.of(bare, dot.authority.rootPin())) {
        dot.server.present(dot.otherCertificate());
        try (RunningChild program = start(java, dot.agent().set("pins", pin))) {
          assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
        }
      }
    }
  }

  @EachJava(one = true)
  void reportedAndUsed(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      String otherPin = SpkiPins.ofNobody();
      Agent agent = dot.agent().set("pins", otherPin).set("pins.mode", "report");
      try (RunningChild program = start(java, agent)) {
        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
        List<String> said = program.finish().stderr();
        String presented = "pin mismatch (presented " + dot.certificate.pin();
        assertEquals(
            1, said.stream().filter(line -> line.contains(presented)).count(), said.toString());
        String remedy = "-Ddotagent.pins=" + otherPin + "," + dot.certificate.pin();
        assertTrue(said.get(0).contains(remedy), "ready to be pasted: " + said);
      }
    }
  }

  /** With auth=pins only the pin counts: not the authority, the name or the dates. */
  @EachJava(one = true)
  void pinsAlone(JavaHome java) {
    TestAuthority unknown = TestAuthority.create(Instant.now(), 1);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ServerCertificate pinned = unknown.issue(CertificateSpec.forNames("other.example").expired());
      Agent agent =
          Agent.patient()
              .set("upstreams", dot.upstream())
              .set("auth", "pins")
              .set("pins", pinned.pin() + "," + dot.authority.rootPin());
      try (RunningChild program = start(java, agent)) {
        // as good as can be, but its key is not pinned, and its root is not presented
        Refused.because(program, NAME, dot, "pin mismatch (presented " + dot.certificate.pin());

        // any server may send the pinned certificate along behind its own
        ServerCertificate forged = unknown.issue(CertificateSpec.forNames(DotUpstream.NAME));
        dot.server.present(behind(forged, dot.authority));
        Refused.because(program, NAME, dot, "pin mismatch (presented " + forged.pin());

        dot.server.present(pinned);
        assertEquals("ok 192.0.2.1", program.ask("byName " + NAME));
      }
    }
  }

  /**
   * A chain that ends in the root of an authority that signed nothing in it. Both roots have the
   * same name, so that nothing but the signature tells.
   */
  private static ServerCertificate behind(ServerCertificate forged, TestAuthority pinned) {
    return new ServerCertificate(
        forged.key(), Stream.concat(forged.chain().stream(), Stream.of(pinned.root())).toList());
  }

  private static RunningChild start(JavaHome java, Agent agent) {
    return agent.uncachedOn(ChildJvm.program(java, "LookupProgram")).args("-").start();
  }
}
