package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which settings of the whole JVM keep the agent from servers, and which do not. */
class TlsPropertiesTest {
  /** A JVM in which no property is set. */
  static final TlsProperties NONE = properties(Map.of(), Map.of(), true);

  private static final long NOW = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

  private static final String DEFAULT_DISABLED =
      "SSLv3, TLSv1, TLSv1.1, DTLSv1.0, RC4, DES, MD5withRSA, DH keySize < 1024, EC keySize < 224,"
          + " 3DES_EDE_CBC, anon, NULL, ECDH, TLS_RSA_*, include jdk.disabled.namedCurves,"
          + " rsa_pkcs1_sha1 usage HandshakeSignature";

  private static final String DEFAULT_CERTPATH =
      "MD2, MD5, SHA1 jdkCA & usage TLSServer, RSA keySize < 1024, DSA keySize < 1024,"
          + " EC keySize < 224, SHA1 usage SignedJAR & denyAfter 2019-01-01";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdk.tls.namedGroups                             | secp521r1              | add x25519,secp256r1
          jdk.tls.namedGroups                             | "x25519"               | add x25519,secp256r1
          jdk.tls.namedGroups                             | nonsense               | add x25519,secp256r1
          jdk.tls.namedGroups                             | X25519, secp256r1      |
          jdk.tls.client.SignatureSchemes                 | rsa_pkcs1_sha256       | add ecdsa_secp256r1_sha256
          jdk.tls.client.SignatureSchemes                 | ecdsa_secp256r1_sha256,rsa_pss_rsae_sha256 |
          jdk.tls.maxHandshakeMessageSize                 | 500                    | allow 32768
          jdk.tls.maxHandshakeMessageSize                 | 65536                  |
          jdk.tls.maxHandshakeMessageSize                 | many                   |
          jdk.tls.maxCertificateChainLength               | 1                      | allow 3
          jdk.tls.maxCertificateChainLength               | 5                      |
          jdk.tls.client.maxInboundCertificateChainLength | 2                      | allow 3
          jdk.tls.client.disableExtensions                | supported_groups       | leave out
          jdk.tls.client.disableExtensions                | max_fragment_length    |
          jsse.enableSNIExtension                         | false                  | which one is meant
          jsse.enableSNIExtension                         | true                   |
          com.sun.net.ssl.enableECC                       | false                  | no elliptic curves
          sun.security.ssl.allowLegacyHelloMessages       | false                  | RFC 5746
          jdk.tls.allowLegacyMasterSecret                 | false                  | RFC 7627
          jdk.tls.client.protocols                        | TLSv1.1                |
          jdk.tls.client.cipherSuites                     | TLS_RSA_WITH_AES_128_CBC_SHA |
          javax.net.ssl.trustStore                        | /nowhere               |
          jdk.tls.namedGroups                             | ''                     |
          """)
  void aSystemProperty(String name, String value, String remedy) {
    told(properties(Map.of(name, value), Map.of(), false), name, value.replace("\"", ""), remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdk.tls.disabledAlgorithms      | TLSv1.3                        | TLSv1.3
          jdk.tls.disabledAlgorithms      | SSLv3, TLSv1.2, TLSv1          | TLSv1.2
          jdk.tls.disabledAlgorithms      | EC keySize < 384               | EC keySize < 384
          jdk.tls.disabledAlgorithms      | EC keySize <= 256              | EC keySize <= 256
          jdk.tls.disabledAlgorithms      | EC keySize < 256               |
          jdk.tls.disabledAlgorithms      | RSA keySize < 2048             |
          jdk.tls.disabledAlgorithms      | RSA keySize < 4096             | RSA keySize < 4096
          jdk.tls.disabledAlgorithms      | RSA keySize < many             |
          jdk.tls.disabledAlgorithms      | ECDHE                          | ECDHE
          jdk.tls.disabledAlgorithms      | TLS_ECDHE_*                    | TLS_ECDHE_*
          jdk.tls.disabledAlgorithms      | TLS_AES_128_GCM_SHA256         | TLS_AES_128_GCM_SHA256
          jdk.tls.disabledAlgorithms      | AES_128_CBC                    |
          jdk.tls.disabledAlgorithms      | EC keySize < 384 & usage TLSServer | EC keySize < 384 & usage TLSServer
          jdk.tls.disabledAlgorithms      | EC keySize<384                 |
          jdk.tls.disabledAlgorithms      | EC keySize == 256              | EC keySize == 256
          jdk.tls.disabledAlgorithms      | EC keySize == 224              |
          jdk.tls.disabledAlgorithms      | EC keySize != 521              | EC keySize != 521
          jdk.tls.disabledAlgorithms      | RSA keySize > 2048             | RSA keySize > 2048
          jdk.tls.disabledAlgorithms      | RSA keySize >= 8192            |
          jdk.tls.disabledAlgorithms      | EC keySize < 384 & usage TLSClient |
          jdk.tls.disabledAlgorithms      | EC keySize < 384 & usage SignedJAR TLSServer | EC keySize < 384 & usage SignedJAR TLSServer
          jdk.tls.disabledAlgorithms      | RSA jdkCA                      | RSA jdkCA
          jdk.tls.disabledAlgorithms      | rsa_pss_rsae_sha256            | rsa_pss_rsae_sha256
          jdk.tls.disabledAlgorithms      | ecdsa_secp384r1_sha384 usage HandshakeSignature | ecdsa_secp384r1_sha384 usage HandshakeSignature
          jdk.tls.disabledAlgorithms      | rsa_pkcs1_sha1                 |
          jdk.certpath.disabledAlgorithms | RSA denyAfter 2025-01-01       | RSA denyAfter 2025-01-01
          jdk.certpath.disabledAlgorithms | RSA denyAfter 2030-01-01       |
          jdk.certpath.disabledAlgorithms | RSA denyAfter soon             |
          jdk.certpath.disabledAlgorithms | SHA256withRSA jdkCA & usage TLSServer & denyAfter 2025-01-01 | SHA256withRSA jdkCA & usage TLSServer & denyAfter 2025-01-01
          jdk.certpath.disabledAlgorithms | SHA256withRSA jdkCA & denyAfter 2030-01-01 |
          jdk.certpath.disabledAlgorithms | SHA256 usage SignedJAR         |
          jdk.certpath.disabledAlgorithms | EC keySize < 256 & usage TLSServer |
          jdk.certpath.disabledAlgorithms | RSA somethingNew               |
          jdk.tls.disabledAlgorithms      | "SHA256withECDSA"              | SHA256withECDSA
          jdk.certpath.disabledAlgorithms | SHA256                         | SHA256
          jdk.certpath.disabledAlgorithms | SHA1                           |
          jdk.disabled.namedCurves        | secp256k1, secp256r1           | secp256r1
          jdk.disabled.namedCurves        | secp256k1                      |
          """)
  void aSecurityProperty(String name, String value, String entry) {
    TlsProperties properties = properties(Map.of(), Map.of(name, value), true);
    told(properties, name, entry, entry == null ? null : "take this entry out");
    assertEquals(properties.inTheWay(), properties.certificates());
  }

  @Test
  void keyLimitsThatJsseCannotRead() {
    TlsProperties wrong = properties(Map.of(), Map.of("jdk.tls.keyLimits", "nonsense"), true);
    told(wrong, "jdk.tls.keyLimits", "nonsense", "write ALGORITHM KeyUpdate OCTETS");
    String usual = "AES/GCM/NoPadding KeyUpdate 2^37, ChaCha20-Poly1305 KeyUpdate 2^37";
    assertEquals(
        List.of(), properties(Map.of(), Map.of("jdk.tls.keyLimits", usual), true).inTheWay());
  }

  @Test
  void theDefaultsOfTheJdkAreNoProblem() {
    Map<String, String> usual =
        Map.of(
            "jdk.tls.disabledAlgorithms",
            DEFAULT_DISABLED,
            "jdk.certpath.disabledAlgorithms",
            DEFAULT_CERTPATH,
            "jdk.disabled.namedCurves",
            "secp112r1, secp256k1, brainpoolP256r1");
    assertEquals(List.of(), properties(Map.of(), usual, false).inTheWay());
    assertEquals(List.of(), TlsProperties.ofThisJvm().inTheWay());
  }

  /** From Java 20 and 19 on each connection has its own. */
  @Test
  void propertiesThatAConnectionCanSetAreNoProblem() {
    Map<String, String> narrowed =
        Map.of("jdk.tls.namedGroups", "secp521r1", "jdk.tls.client.SignatureSchemes", "ed448");
    assertEquals(List.of(), properties(narrowed, Map.of(), true).inTheWay());
    assertEquals(2, properties(narrowed, Map.of(), false).inTheWay().size());
  }

  @Test
  void whatAConnectionOfThisJavaCanSet() {
    Set<String> setters =
        Arrays.stream(SSLParameters.class.getMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());
    Handshake.Settable settable = Handshake.Settable.ofThisJava();
    assertEquals(setters.contains("setNamedGroups"), settable.namedGroups());
    assertEquals(setters.contains("setSignatureSchemes"), settable.signatureSchemes());
  }

  /** Then the class that would read it cannot be made (sun.security.ssl.NamedGroup). */
  @Test
  void groupsOfWhichNoneIsKnown() {
    Map<String, String> unknown = Map.of("jdk.tls.namedGroups", "nonsense");
    told(properties(unknown, Map.of(), true), "jdk.tls.namedGroups", "nonsense", "remove it");
    Map<String, String> finite = Map.of("jdk.tls.namedGroups", "ffdhe2048");
    assertEquals(List.of(), properties(finite, Map.of(), true).inTheWay());
  }

  @Test
  void itStandsInTheMessageOfAHandshakeThatFailed() {
    TlsProperties narrowed =
        properties(Map.of("jdk.tls.maxHandshakeMessageSize", "500\n"), Map.of(), true);
    assertEquals(
        "no TLS session: too large; this JVM's TLS is restricted by"
            + " jdk.tls.maxHandshakeMessageSize=500 (remove it, or allow 32768)",
        ConnectReason.ofHandshake(new SSLHandshakeException("too large"), narrowed).getMessage());
  }

  @Test
  void aModuleThatTheImageLacks() {
    TlsProperties image =
        new TlsProperties(
            name -> null,
            name -> null,
            new Handshake.Settable(true, true),
            Optional.of("no jdk.crypto.ec"),
            () -> NOW);
    assertEquals(List.of("its lack of a module: no jdk.crypto.ec"), image.inTheWay());
    assertEquals(Optional.empty(), EllipticCurves.missing(), "the JDK of the build is whole");
  }

  private static void told(TlsProperties properties, String name, String value, String remedy) {
    List<String> told = properties.inTheWay();
    if (remedy == null) {
      assertEquals(List.of(), told);
    } else {
      assertEquals(1, told.size(), told.toString());
      assertTrue(told.get(0).startsWith(name + "=" + value + " ("), told.get(0));
      assertTrue(told.get(0).contains(remedy), told.get(0));
    }
  }

  private static TlsProperties properties(
      Map<String, String> system, Map<String, String> security, boolean settable) {
    return new TlsProperties(
        system::get,
        security::get,
        new Handshake.Settable(settable, settable),
        Optional.empty(),
        () -> NOW);
  }
}
