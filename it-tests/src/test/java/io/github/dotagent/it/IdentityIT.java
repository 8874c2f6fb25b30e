package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.OddAuthority.Leaf;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.EcKeys;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.ProgramClasses;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.server.TlsDetails;
import io.github.dotagent.it.harness.web.HttpServerOnLoopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which servers the agent trusts in real handshakes, with any TLS setup of the program. */
@Timeout(180)
class IdentityIT {
  private static final String NAME = "www.example.test";
  private static final CertificateSpec RIGHT = CertificateSpec.forNames(DotUpstream.NAME);

  /** Some connections on an idle machine, each of which is resumed. */
  private static final Duration LIFE = Duration.ofSeconds(12);

  private static final Duration LONG_LIFE = Duration.ofSeconds(40);

  /** Of two lookups that wait for a certificate to end: each costs a connection. */
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private static final String OTHER_NAME = "other.example";

  /** Two questions each; a connection ends after two answers. */
  private static final int LOOKUPS = 6;

  @TempDir Path folder;

  /** It is first in the program's list, and accepts all paths, signatures and digests. */
  @EachJava
  void aProviderThatAcceptsEverything(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      TestAuthority stranger = TestAuthority.create(Instant.now(), 1);
      // of the trusted authority, from the trusted server, and shown by one without its key
      ServerCertificate copied = new ServerCertificate(EcKeys.newPair(), dot.certificate.chain());
      Agent pinned =
          Agent.bare()
              .set("upstreams", dot.upstream())
              .set("auth", "pins")
              .set("pins", "sha256/" + Base64.getEncoder().encodeToString(new byte[32]));

      dot.server.present(stranger.issue(RIGHT));
      String unknown = hostile(java, dot.agent());
      assertTrue(unknown.contains("certificate of an unknown authority (issued by "), unknown);
      String mismatch = hostile(java, pinned);
      assertTrue(mismatch.contains("pin mismatch ("), mismatch);
      dot.server.present(copied);
      String withoutKey = hostile(java, dot.agent());
      assertTrue(withoutKey.contains("no TLS session: "), withoutKey);
      assertEquals(0, dot.server.log().queries().size());

      dot.server.present(dot.certificate);
      assertEquals("ok 192.0.2.1", hostile(java, dot.agent()));
    }
  }

  /** As with FIPS: one of the JDK's five providers is replaced by another. */
  @EachJava
  void aJvmThatWasSetUpWithAnotherProvider(JavaHome java) throws Exception {
    // the third is SunEC on every Java
    String third = "security.provider.3=" + BouncyCastleProvider.class.getName() + "\n";
    Path security = Files.writeString(folder.resolve("java.security"), third);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program =
          dot.agent()
              .set("timeout", "60s")
              .uncachedOn(ChildJvm.program(java, "LookupProgram"))
              .classPath(ProgramClasses.java8(), bouncyCastle())
              .jvmArgs("-Djava.security.properties=" + security)
              .args("-");
      dot.server.present(TestAuthority.create(Instant.now(), 1).issue(RIGHT));
      try (RunningChild child = program.start()) {
        child.ask("byName " + NAME); // it takes seconds to load the other's curves
        Refused.because(child, NAME, dot, "certificate of an unknown authority (issued by ");
        dot.server.present(dot.certificate);
        assertEquals("ok 192.0.2.1", child.ask("byName " + NAME));
      }
    }
  }

  /** It reads certificates itself, and has no limits for keys. */
  @Tag("wide")
  @EachJava
  void bouncyCastleBeforeTheOthers(JavaHome java) throws Exception {
    OddAuthority odd = new OddAuthority();
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(1024);
    Leaf small = new Leaf("CN=Small", rsa.generateKeyPair()).named(DotUpstream.NAME);
    Path store = odd.trusting(folder);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildJvm program =
          dot.agent()
              .set("timeout", "60s") // it takes seconds to load the other's curves
              .set("trustStore", store.toString())
              .on(ChildJvm.program(java, "HostileProgram"))
              .classPath(ProgramClasses.java8(), bouncyCastle());
      dot.server.present(odd.issue(small));
      assertTrue(said(program, "bouncyCastle").contains("certificate not accepted ("));
      dot.server.present(dot.certificate);
      String unknown = said(program, "bouncyCastle");
      assertTrue(unknown.contains("certificate of an unknown authority (issued by "), unknown);
      assertEquals(0, dot.server.log().queries().size());
      dot.server.present(odd.issue(Leaf.of(DotUpstream.NAME)));
      assertEquals("ok 192.0.2.1", said(program, "bouncyCastle"));
    }
  }

  private static Path bouncyCastle() throws URISyntaxException {
    return Path.of(
        BouncyCastleProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String hostile(JavaHome java, Agent agent) {
    return said(agent.on(ChildJvm.program(java, "HostileProgram")), "accepting");
  }

  private static String said(ChildJvm program, String change) {
    ChildResult result = program.args(change, NAME).run();
    assertEquals(1, result.stdout().size(), result.toString());
    return result.stdout().get(0);
  }

  /** Its certificate has URLs: a request to them would tell a stranger about this client. */
  @EachJava
  void nothingIsFetchedForAnUntrustedCertificate(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        HttpServerOnLoopback witness = HttpServerOnLoopback.start();
        ServerSocket directory = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Leaf leaf =
          Leaf.of(DotUpstream.NAME)
              .asks(
                  "http://127.0.0.1:" + witness.port() + "/",
                  "ldap://127.0.0.1:" + directory.getLocalPort() + "/cn=");
      dot.server.present(new OddAuthority().issue(leaf));
      ChildJvm program =
          dot.agent()
              .uncachedOn(ChildJvm.program(java, "LookupProgram"))
              .jvmArgs("-Dcom.sun.security.enableAIAcaIssuers=true")
              .jvmArgs("-Dcom.sun.security.enableCRLDP=true")
              .jvmArgs("-Dcom.sun.security.allowedAIALocations=any")
              .jvmArgs("-Dcom.sun.net.ssl.checkRevocation=true")
              .jvmArgs("-Djava.security.properties=" + ocsp())
              .args("-");
      try (RunningChild child = program.start()) {
        Refused.because(
            child, NAME, dot, "certificate of an unknown authority (issued by CN=Odd root)");
      }
      assertEquals(List.of(), witness.requests());
      // a connection would wait here, accepted by the kernel
      directory.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, directory::accept);
    }
  }

  private Path ocsp() {
    try {
      return Files.writeString(folder.resolve("java.security"), "ocsp.enable=true\n");
    } catch (IOException cannotWrite) {
      throw new java.io.UncheckedIOException(cannotWrite);
    }
  }

  /**
   * RFC 8446 §4.6.1: a session that is resumed shows nothing, and may not outlive what it showed.
   */
  @EachJava(one = true)
  void aCertificateThatEndsWhileItsSessionLives(JavaHome java) {
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE, version)) {
        Agent agent = dot.agent().set("cache.maxTtl", "0s").set("cache.stale", "0s");
        dot.server.faults().closeAfter(2); // in order, as only such a session may be resumed
        try (RunningChild child = start(java, agent)) {
          assertEquals("ok 192.0.2.1", child.ask("byName " + NAME));
          boolean resumed = endsWhileItIsUsed(dot, child, LIFE);
          // a busy machine may make no second connection in so short a life
          assertTrue(resumed || endsWhileItIsUsed(dot, child, LONG_LIFE), "sessions were resumed");
        }
      }
    }
  }

  /** Whether a session was resumed in its life. */
  private static boolean endsWhileItIsUsed(DotUpstream dot, RunningChild child, Duration life) {
    final int before = dot.server.log().connections().size();
    // an authority counts from the moment in which it was made
    ServerCertificate first = dot.authority.issue(RIGHT.valid(Duration.ZERO, LONG_LIFE));
    Duration since = Duration.between(first.leaf().getNotBefore().toInstant(), Instant.now());
    ServerCertificate brief =
        dot.authority.issue(RIGHT.valid(Duration.ofHours(-1), life.plus(since).plusHours(1)));
    Instant end = brief.leaf().getNotAfter().toInstant();
    dot.server.present(brief);
    dot.server.dropConnections();
    String said = "ok 192.0.2.1";
    Instant limit = end.plusSeconds(60);
    while (said.equals("ok 192.0.2.1") && Instant.now().isBefore(limit)) {
      said = child.ask("byName " + NAME);
      Pause.of(BETWEEN);
    }
    assertTrue(said.contains("certificate expired ("), said);
    assertTrue(Instant.now().isAfter(end.minusSeconds(2)), "not before its time");
    boolean resumed =
        dot.server.log().connections().stream()
            .skip(before)
            .anyMatch(made -> made.tls().map(TlsDetails::resumed).orElse(false));
    dot.server.present(dot.authority.issue(RIGHT));
    assertEquals("ok 192.0.2.1", child.ask("byName " + NAME), "its new one is believed");
    return resumed;
  }

  /**
   * One address and port, and two names: one has a pin of its own. What was agreed on under one of
   * them is nothing that the other may go on with, though the server would let it.
   */
  @EachJava(one = true)
  void sessionsAreNotResumedAcrossIdentities(JavaHome java) {
    Map<String, Boolean> first = new LinkedHashMap<>();
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      try (DotUpstream dot = DotUpstream.start(folder.resolve(version), SampleZone.ZONE, version)) {
        dot.server.present(
            dot.authority.issue(CertificateSpec.forNames(DotUpstream.NAME, OTHER_NAME)));
        dot.server.faults().closeAfter(2); // in order, as only such a session may be resumed
        Agent agent =
            dot.agent()
                .set("zones", "second.example.test=" + dot.server.upstream(OTHER_NAME))
                .set("pins", OTHER_NAME + "=" + dot.authority.rootPin());
        try (RunningChild child = start(java, agent)) {
          for (int i = 0; i < LOOKUPS; i++) { // names of their own: none is in the cache
            child.ask("byName n" + i + ".example.test");
            child.ask("byName n" + i + ".second.example.test");
          }
        }
        for (String name : List.of(DotUpstream.NAME, OTHER_NAME)) {
          List<Boolean> resumed =
              dot.server.log().connections().stream()
                  .flatMap(made -> made.tls().stream())
                  .filter(tls -> tls.serverName().equals(Optional.of(name)))
                  .map(TlsDetails::resumed)
                  .toList();
          first.put(version + " " + name, resumed.get(0));
          assertTrue(resumed.contains(true), version + ", " + name + ": " + resumed);
        }
      }
    }
    assertEquals(List.of(false), first.values().stream().distinct().toList(), first.toString());
  }

  /** The table of all is in the unit tests; these are what a server can show. */
  @EachJava
  void certificatesThatOthersWouldBelieve(JavaHome java) throws Exception {
    OddAuthority odd = new OddAuthority();
    ServerCertificate ended = odd.issue(Leaf.of(DotUpstream.NAME).until(Duration.ofDays(-1)));
    ServerCertificate clients =
        odd.issue(Leaf.of(DotUpstream.NAME).purpose(KeyPurposeId.id_kp_clientAuth));
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(1024);
    Leaf small = new Leaf("CN=Small", rsa.generateKeyPair()).named(DotUpstream.NAME);
    Map<ServerCertificate, String> shown = new LinkedHashMap<>();
    shown.put(ended, "certificate expired (");
    shown.put(clients, "certificate not accepted (extended key usage");
    shown.put(odd.issue(small), "certificate not accepted (");
    shown.put(odd.issue(Leaf.of("d*s.example")), "name mismatch (");
    shown.put(odd.issue(Leaf.of("dns.*")), "name mismatch (");
    shown.put(odd.issue(Leaf.of("*.example")), "name mismatch (");
    shown.put(odd.issue(new Leaf("CN=dns.example", EcKeys.newPair())), "name mismatch (");
    // both are in the trust store themselves, which is no way around
    Path store = odd.trusting(folder, ended.leaf(), clients.leaf());
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE, version);
          RunningChild child = start(java, dot.agent().set("trustStore", store.toString()))) {
        for (Map.Entry<ServerCertificate, String> each : shown.entrySet()) {
          dot.server.present(each.getKey());
          Refused.because(child, NAME, dot, each.getValue());
        }
        dot.server.present(odd.issue(Leaf.of(DotUpstream.NAME)));
        assertEquals("ok 192.0.2.1", child.ask("byName " + NAME));
      }
    }
  }

  private static RunningChild start(JavaHome java, Agent agent) {
    return agent.uncachedOn(ChildJvm.program(java, "LookupProgram")).args("-").start();
  }
}
