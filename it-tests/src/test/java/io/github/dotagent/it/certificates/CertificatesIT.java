package io.github.dotagent.it.certificates;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.Agent;
import io.github.dotagent.it.Ipv6OfThisMachine;
import io.github.dotagent.it.certificates.CertificateCases.Case;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each case of {@code certificate-cases.txt} is a server of its own, in TLS 1.2 and in 1.3, and all
 * of them are the upstreams of one JVM. A server that is believed answers SERVFAIL, so that the one
 * lookup goes on to the next: it is believed if it was asked, and refused for the reason that the
 * JVM's MBean says.
 */
@Timeout(240)
class CertificatesIT {
  private static final String NAME = "www.example.test";
  private static final String IPV6 = "::1";
  private static final int ENOUGH = 60;
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");
  private static final Zone ZONE = Zone.builder().servfail(NAME, 0, "the next one, please").build();

  private static CertificateCases table;

  @TempDir Path folder;

  @BeforeAll
  static void readTable() {
    table = CertificateCases.read();
    assertTrue(table.cases().size() >= ENOUGH, "cases: " + table.cases().size());
  }

  /** A case in one version of TLS. */
  private record Shown(Case of, String version, DotServer server) {
    String upstream() {
      return of.isByAddress() ? server.upstream() : server.upstream(of.server());
    }

    /** In the form of the table: the expected and the actual outcome. */
    void assertVerdict(JavaHome java, RunningChild child) {
      String wanted = of.wanted(java.major(), version);
      boolean asked = !server.log().queries().isEmpty();
      String bean = "io.github.dotagent:type=Upstream,address=\"" + upstream() + "\"";
      String error = child.ask("get " + bean + " LastError").replaceFirst("^ok \\S+Z ", "");
      String what = of.name() + ", " + version + " on " + java + " (" + of.source() + ")";
      if (wanted.equals(CertificateCases.BELIEVED)) {
        assertTrue(asked, what + ": not believed, " + error);
      } else {
        assertEquals(List.of(), server.log().queries(), what + ": no query to it");
        assertTrue(error.startsWith(wanted), what + ": " + error + ", not " + wanted);
      }
      assertTrue(!server.log().connections().isEmpty(), what + ": nothing connected to it");
    }
  }

  @EachJava(one = true)
  void eachCase(JavaHome java) throws IOException {
    assertVerdicts(java, List.of());
  }

  /** A program may lift the JDK's limits for its own connections; the agent keeps its limits. */
  @EachJava(one = true)
  void eachCaseWithoutTheLimitsOfTheJdk(JavaHome java) throws IOException {
    Path none =
        Files.writeString(
            folder.resolve("java.security"),
            String.join(
                "=\n",
                "jdk.certpath.disabledAlgorithms",
                "jdk.tls.disabledAlgorithms",
                "jdk.tls.legacyAlgorithms",
                "jdk.disabled.namedCurves",
                ""));
    assertVerdicts(java, List.of("-Djava.security.properties=" + none));
  }

  private void assertVerdicts(JavaHome java, List<String> jvmArgs) throws IOException {
    List<Shown> all = new ArrayList<>();
    try {
      for (Case each : table.cases()) {
        if (each.server().equals(IPV6) && !Ipv6OfThisMachine.PRESENT) {
          continue;
        }
        for (String version : VERSIONS) {
          DotServerOptions options = DotServerOptions.of(ZONE, each.shown()).tls(version);
          if (each.isByAddress()) {
            options = options.on(each.server());
          }
          all.add(new Shown(each, version, DotServer.start(options)));
        }
      }
      Agent agent =
          Agent.bare()
              .set("upstreams", all.stream().map(Shown::upstream).collect(Collectors.joining(",")))
              .set("trustStore", trusted().toString())
              .set("timeout", "2m");
      ChildJvm program =
          agent
              .uncachedOn(ChildJvm.program(java, "ManagedLookups"))
              .jvmArgs(jvmArgs.toArray(String[]::new));
      try (RunningChild child = program.start()) {
        String said = child.ask("byName " + NAME);
        assertTrue(said.startsWith("failed java.net.UnknownHostException: " + NAME), said);
        assertEquals("ok there", child.ask("await io.github.dotagent:type=Resolver"));
        List<Executable> verdicts = new ArrayList<>();
        all.forEach(shown -> verdicts.add(() -> shown.assertVerdict(java, child)));
        assertAll(verdicts);
      }
    } finally {
      all.forEach(shown -> shown.server().close());
    }
  }

  private Path trusted() throws IOException {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : table.trusted()) {
      pem.append(PemFiles.certificate(certificate));
    }
    return Files.writeString(folder.resolve("trusted.pem"), pem.toString());
  }
}
