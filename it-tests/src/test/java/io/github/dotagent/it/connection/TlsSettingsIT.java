package io.github.dotagent.it.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.server.TlsDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JDK's TLS settings of a program are for the program's connections. Where JSSE reads a
 * property that we cannot override, a lookup may fail, and then its message names the reason.
 */
class TlsSettingsIT {
  private static final String NAME = "www.example.test";

  /** The agent must ignore all of them. Each alone is harmless, too. */
  private static final List<String> NOT_OURS =
      List.of(
          "jdk.tls.client.protocols=TLSv1.1",
          "jdk.tls.client.cipherSuites=TLS_RSA_WITH_AES_128_CBC_SHA",
          "jdk.tls.client.enableSessionTicketExtension=false",
          "jdk.tls.client.useCompatibilityMode=false",
          "jdk.tls.useExtendedMasterSecret=false",
          "jdk.tls.acknowledgeCloseNotify=true",
          "jdk.tls.trustNameService=true",
          "com.sun.net.ssl.checkRevocation=true",
          "com.sun.security.enableAIAcaIssuers=true",
          "javax.net.ssl.sessionCacheSize=1",
          "https.protocols=TLSv1.1",
          "https.cipherSuites=nonsense",
          "socksProxyHost=127.0.0.1",
          "socksProxyPort=1",
          "socksNonProxyHosts=", // none: the JDK takes loopback for one otherwise
          "https.proxyHost=127.0.0.1",
          "https.proxyPort=1",
          "http.proxyHost=127.0.0.1",
          "http.proxyPort=1",
          "java.net.useSystemProxies=true");

  /** The same with values that make JSSE fail, or remove an extension. */
  private static final List<String> NONSENSE =
      List.of(
          "jdk.tls.client.protocols=nonsense",
          "jdk.tls.client.cipherSuites=nonsense",
          "jdk.tls.client.SignatureSchemes=nonsense",
          "jdk.tls.namedGroups=secp384r1",
          "jsse.enableSNIExtension=false");

  /** Properties for the whole JVM that no API overrides on each Java: the agent's message. */
  private static final Map<String, String> FORBIDDING =
      Map.of(
          "jdk.tls.namedGroups=nonsense", "jdk.tls.namedGroups",
          "jdk.tls.client.SignatureSchemes=rsa_pkcs1_sha1", "no TLS session: ",
          "jdk.tls.maxHandshakeMessageSize=512", "exceeds the maximum allowed size (512)",
          "jdk.tls.maxCertificateChainLength=1", "exceeds the maximum allowed length (1)");

  @TempDir Path folder;

  @EachJava
  void areTheProgramsOwn(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      assertEquals("ok found 192.0.2.1", said(java, dot, NOT_OURS));
      TlsDetails tls = dot.server.log().queries().get(0).tls();
      assertEquals("TLSv1.3", tls.version());
      assertEquals(Optional.of(DotUpstream.NAME), tls.serverName());
      assertEquals(Optional.of("dot"), tls.protocol());

      assertEquals("ok found 192.0.2.1", said(java, dot, NONSENSE));
    }
  }

  @EachJava(few = true)
  void propertiesThatForbidEverythingAreNamed(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      FORBIDDING.forEach(
          (property, reason) -> {
            if (property.contains("SignatureSchemes") && java.major() >= 19) {
              return; // SSLParameters.setSignatureSchemes: overruled, as TlsPropertiesIT shows
            }
            String said = said(java, dot, List.of(property));
            String refused = "ok java.net.UnknownHostException: " + NAME + ": no answer over TLS: ";
            assertTrue(said.startsWith(refused), said);
            assertTrue(said.contains(reason), property + ": " + said);
          });
      assertEquals(List.of(), dot.server.log().queries(), "and nothing weaker is tried");
    }
  }

  /** The administrator of the machine may forbid a version; there is no third one. */
  @EachJava(few = true)
  void disabledAlgorithms(JavaHome java) throws IOException {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      assertEquals("ok found 192.0.2.1", withoutAlgorithms(java, dot, "TLSv1.3"));
      assertEquals("TLSv1.2", dot.server.log().queries().get(0).tls().version());

      String said = withoutAlgorithms(java, dot, "TLSv1.3, TLSv1.2");
      assertTrue(said.contains("no TLS session: No appropriate protocol"), said);
    }
  }

  private String withoutAlgorithms(JavaHome java, DotUpstream dot, String disabled)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("java.security"), "jdk.tls.disabledAlgorithms=" + disabled + "\n");
    return said(java, dot, List.of("java.security.properties=" + file));
  }

  private static String said(JavaHome java, DotUpstream dot, List<String> properties) {
    ChildJvm program = dot.agent().on(ChildJvm.program(java, "LookupProgram"));
    String[] options = properties.stream().map(property -> "-D" + property).toArray(String[]::new);
    return program.jvmArgs(options).args("why", NAME).run().stdout().get(0);
  }
}
