package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS properties of the whole JVM: the agent ignores them, or warns. */
@Timeout(180)
class TlsPropertiesIT {
  private static final String NAME = "www.example.test";

  /** Each would make a client that follows it fail, or ask others over HTTP and LDAP. */
  private static final List<String> NOT_FOLLOWED =
      List.of(
          "-Djdk.tls.client.protocols=nonsense",
          "-Djdk.tls.client.cipherSuites=TLS_RSA_WITH_AES_128_CBC_SHA",
          "-Dhttps.protocols=SSLv3",
          "-Djavax.net.ssl.sessionCacheSize=1",
          "-Djdk.tls.trustNameService=true",
          "-Djdk.tls.useExtendedMasterSecret=false",
          "-Djdk.tls.client.useCompatibilityMode=false",
          "-Djdk.tls.client.enableCAExtension=true",
          "-Djdk.tls.client.enableSessionTicketExtension=false",
          "-Djdk.tls.client.enableStatusRequestExtension=false",
          "-Djdk.tls.acknowledgeCloseNotify=true",
          "-Djdk.tls.ephemeralDHKeySize=8192",
          "-Djsse.enableFFDHE=false",
          "-Djsse.enableMFLNExtension=true",
          "-Djsse.enableCBCProtection=false",
          "-Dcom.sun.net.ssl.checkRevocation=true",
          "-Dcom.sun.net.ssl.requireCloseNotify=true",
          "-Dcom.sun.net.ssl.rsaPreMasterSecretFix=true",
          "-Dcom.sun.security.enableCRLDP=true",
          "-Dcom.sun.security.enableAIAcaIssuers=true",
          "-Dcom.sun.security.onlyCheckRevocationOfEECert=true",
          "-Dsun.security.ssl.allowUnsafeRenegotiation=true",
          "-Djdk.security.allowNonCaAnchor=true");

  private static final String NOT_FOLLOWED_SECURITY =
      """
      ssl.TrustManagerFactory.algorithm=nonsense
      ssl.KeyManagerFactory.algorithm=nonsense
      ssl.SocketFactory.provider=nonsense
      keystore.type=nonsense
      ocsp.enable=true
      ocsp.responderURL=http://127.0.0.1:1/
      jdk.tls.legacyAlgorithms=AES,RSA,EC
      jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^20
      """;

  @TempDir Path folder;

  @EachJava
  void propertiesThatTheAgentIgnores(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      List<String> all = new ArrayList<>(NOT_FOLLOWED);
      all.add(securityProperties(NOT_FOLLOWED_SECURITY));
      if (java.major() >= 19) {
        all.add("-Djdk.tls.client.SignatureSchemes=rsa_pkcs1_sha256");
      }
      if (java.major() >= 20) {
        all.add("-Djdk.tls.namedGroups=secp521r1");
      }
      ChildResult result = run(java, dot, all).quiet();
      assertEquals(List.of("ok 192.0.2.1"), result.stdout());
      dot.server.log().queries().forEach(query -> assertEquals("TLSv1.3", query.tls().version()));
    }
  }

  /** One line at the start, and the same words in what the program is told. */
  @EachJava(few = true)
  void propertiesThatTheAgentReports(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      refused(java, dot, "jdk.tls.namedGroups=nonsense");
      refused(java, dot, "jdk.tls.maxHandshakeMessageSize=500");
      refused(java, dot, "jdk.tls.maxCertificateChainLength=1");
      if (java.major() < 19) {
        refused(java, dot, "jdk.tls.client.SignatureSchemes=rsa_pkcs1_sha256");
      }
      if (java.major() > 8) {
        refused(java, dot, "jdk.tls.client.disableExtensions=supported_groups");
      }
      refusedForSecurity(java, dot, "jdk.tls.keyLimits", "nonsense");
      String small = "EC keySize < 384";
      refusedForSecurity(java, dot, "jdk.tls.disabledAlgorithms", small);
      refusedForSecurity(java, dot, "jdk.certpath.disabledAlgorithms", small);
      assertEquals(0, dot.server.log().queries().size());
    }
  }

  private static void refused(JavaHome java, DotUpstream dot, String set) {
    assertTold(set, run(java, dot, List.of("-D" + set)));
  }

  private void refusedForSecurity(JavaHome java, DotUpstream dot, String property, String entry)
      throws IOException {
    String set = property + "=" + entry;
    assertTold(set, run(java, dot, List.of(securityProperties(set + "\n"))));
  }

  private static void assertTold(String set, ChildResult result) {
    String narrowed = "this JVM's TLS is restricted by " + set + " (";
    assertEquals(1, result.stdout().size(), result.toString());
    assertTrue(result.stdout().get(0).startsWith("failed java.net.Unk"), result.toString());
    assertTrue(result.stdout().get(0).contains(narrowed), result.toString());
    long atTheStart = result.stderr().stream().filter(line -> line.contains(narrowed)).count();
    assertTrue(atTheStart >= 1, result.toString());
    assertTrue(result.stderr().get(0).contains(" dot-agent warn " + narrowed), result.toString());
  }

  private static ChildResult run(JavaHome java, DotUpstream dot, List<String> jvmArgs) {
    return dot.agent()
        .on(ChildJvm.program(java, "LookupProgram"))
        .jvmArgs(jvmArgs.toArray(new String[0]))
        .args("byName", NAME)
        .run();
  }

  private String securityProperties(String lines) throws IOException {
    return "-Djava.security.properties="
        + Files.writeString(folder.resolve("java.security"), lines);
  }
}
