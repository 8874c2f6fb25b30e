package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which a server may prove who it is. */
class TrustIT {
  @TempDir Path folder;

  @EachJava
  void aTrustStoreOfAnyForm(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      // other tests have PEM; of these two formats one is given by name, one is detected
      Agent agent = dot.agent().set("trustStorePassword", dot.trust.password());
      assertResolves(
          java,
          agent.set("trustStore", dot.trust.pkcs12().toString()).set("trustStoreType", "PKCS12"));
      assertResolves(java, agent.set("trustStore", dot.trust.jks().toString()));
    }
  }

  @EachJava(every = true)
  void aServerThatKnowsTls12Alone(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE, "TLSv1.2")) {
      assertResolves(java, dot.agent().set("pins", dot.certificate.pin()));
      dot.server.log().queries().forEach(query -> assertEquals("TLSv1.2", query.tls().version()));
    }
  }

  @EachJava
  void withoutANameTheCertificateHoldsTheAddress(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      dot.server.present(dot.authority.issue(CertificateSpec.forAddresses("127.0.0.1")));
      assertResolves(java, dot.agent().set("upstreams", dot.server.upstream()));
      dot.server
          .log()
          .queries()
          .forEach(query -> assertEquals(Optional.empty(), query.tls().serverName()));
    }
  }

  /** The program's own trust store may be missing or other: the agent does not use it. */
  @EachJava
  void theProgramsTlsAndProxyPropertiesAreIgnored(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      String nowhere = folder.resolve("nowhere").toString();
      ChildResult result =
          dot.agent()
              .on(ChildJvm.program(java, "LookupProgram"))
              .jvmArgs("-Djavax.net.ssl.trustStore=" + nowhere)
              .jvmArgs("-Djavax.net.ssl.keyStore=" + nowhere)
              .jvmArgs("-DsocksProxyHost=127.0.0.1", "-DsocksProxyPort=1")
              .jvmArgs("-DsocksNonProxyHosts=") // none: the JDK takes loopback for one otherwise
              .args("byName", "www.example.test")
              .run()
              .quiet();
      assertEquals(List.of("ok 192.0.2.1"), result.stdout());
    }
  }

  private static void assertResolves(JavaHome java, Agent agent) {
    ChildResult result =
        agent
            .on(ChildJvm.program(java, "LookupProgram"))
            .args("byName", "www.example.test")
            .run()
            .quiet();
    assertEquals(List.of("ok 192.0.2.1"), result.stdout());
  }
}
