package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authority, validity and name, as the JDK judges them, in our words. */
class ServerTrustTest {
  private static final String AUTH_TYPE = "ECDHE_ECDSA";
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final TestCertificate INTERMEDIATE =
      TestCertificate.named("Intermediate").authority().signedBy(ROOT);

  private final PinCheck noPins = new PinCheck(Set.of(), PinMode.ENFORCE, new RecordedLog());

  @ParameterizedTest
  @ValueSource(strings = {"dns.example", "a.wild.example", "192.0.2.1", "2001:db8::1"})
  void aServerThatIsWhoItShouldBe(String peer) throws Exception {
    TestCertificate leaf =
        TestCertificate.named("x")
            .host("dns.example")
            .host("*.wild.example")
            .address("192.0.2.1")
            .address("2001:db8::1")
            .signedBy(INTERMEDIATE);
    judge(peer, leaf, INTERMEDIATE);
  }

  @Test
  void anotherName() throws Exception {
    TestCertificate leaf =
        TestCertificate.named("dns.example").host("other.example").signedBy(INTERMEDIATE);
    String reason = refusal("dns.example", leaf, INTERMEDIATE);
    assertTrue(reason.startsWith("name mismatch ("), reason);
    assertTrue(reason.contains("dns.example"), reason);
  }

  @Test
  void anotherAddress() throws Exception {
    TestCertificate leaf =
        TestCertificate.named("x").host("192.0.2.1").address("192.0.2.2").signedBy(INTERMEDIATE);
    String reason = refusal("192.0.2.1", leaf, INTERMEDIATE);
    assertTrue(reason.startsWith("name mismatch ("), reason);
  }

  /** The JDK's messages have the subject, in which a server may put 30 KB. */
  @Test
  void theReasonIsShort() throws Exception {
    TestCertificate leaf =
        TestCertificate.named("x".repeat(20_000), TestCertificate.key("RSA", 512))
            .host("dns.example")
            .signedBy(ROOT);
    String reason = refusal("dns.example", leaf);
    assertTrue(reason.startsWith("certificate not accepted ("), reason);
    assertTrue(reason.length() < 1_000, reason);
  }

  @Test
  void theCommonNameIsNoName() throws Exception {
    TestCertificate leaf = TestCertificate.named("dns.example").signedBy(INTERMEDIATE);
    assertEquals(
        "name mismatch (the certificate has no name in subjectAltName)",
        refusal("dns.example", leaf, INTERMEDIATE));
  }

  @Test
  void norWhereThereAreAddresses() throws Exception {
    TestCertificate leaf =
        TestCertificate.named("dns.example").address("192.0.2.1").signedBy(INTERMEDIATE);
    assertEquals(
        "name mismatch (the certificate has no name in subjectAltName)",
        refusal("dns.example", leaf, INTERMEDIATE));
  }

  @Test
  void anUnknownAuthority() throws Exception {
    TestCertificate stranger = TestCertificate.root("Stranger");
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(stranger);
    assertEquals(
        "certificate of an unknown authority (issued by CN=Stranger)",
        refusal("dns.example", leaf, stranger));
  }

  @Test
  void anAuthorityOfTheSameNameWithAnotherKey() throws Exception {
    TestCertificate impostor = TestCertificate.root("Root");
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(impostor);
    String reason = "certificate of an unknown authority (issued by CN=Root)";
    assertEquals(reason, refusal("dns.example", leaf, impostor));
    assertEquals(reason, refusal("dns.example", leaf));
  }

  @Test
  void anIntermediateThatIsMissing() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(INTERMEDIATE);
    assertEquals(
        "certificate of an unknown authority (issued by CN=Intermediate)",
        refusal("dns.example", leaf));
  }

  @Test
  void aLeafThatSignsAsIfItWereAnAuthority() throws Exception {
    TestCertificate evil =
        TestCertificate.named("evil").host("evil.example").signedBy(INTERMEDIATE);
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(evil);
    String reason = refusal("dns.example", leaf, evil, INTERMEDIATE);
    assertTrue(reason.startsWith("certificate "), reason);
  }

  @Test
  void anExpiredCertificate() throws Exception {
    TestCertificate leaf =
        TestCertificate.named("x")
            .host("dns.example")
            .validUntil(Instant.parse("2002-02-02T00:00:00Z"))
            .signedBy(INTERMEDIATE);
    String reason = refusal("dns.example", leaf, INTERMEDIATE);
    assertTrue(reason.startsWith("certificate expired ("), reason);
    assertTrue(reason.contains("2002"), reason);
  }

  @Test
  void anExpiredIntermediate() throws Exception {
    TestCertificate expired =
        TestCertificate.named("Old")
            .authority()
            .validUntil(Instant.parse("2002-02-02T00:00:00Z"))
            .signedBy(ROOT);
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(expired);
    String reason = refusal("dns.example", leaf, expired);
    assertTrue(reason.startsWith("certificate expired ("), reason);
  }

  @Test
  void aCertificateOfTheFuture() throws Exception {
    TestCertificate leaf =
        TestCertificate.named("x")
            .host("dns.example")
            .validFrom(Instant.parse("2899-01-01T00:00:00Z"))
            .signedBy(INTERMEDIATE);
    String reason = refusal("dns.example", leaf, INTERMEDIATE);
    assertTrue(reason.startsWith("certificate not yet valid by this machine's clock ("), reason);
  }

  @Test
  void aNameAloneDoesNotSaveAnUnknownAuthorityWithTheRightPin() throws Exception {
    TestCertificate stranger = TestCertificate.root("Stranger");
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(stranger);
    PinCheck pinned = new PinCheck(Set.of(leaf.pin()), PinMode.ENFORCE, new RecordedLog());
    assertEquals(
        "certificate of an unknown authority (issued by CN=Stranger)",
        refusal(pinned, "dns.example", leaf, stranger));
  }

  /** The message goes to logs and terminals, and an interceptor may have written it. */
  @Test
  void nothingThatATerminalObeys() {
    TestCertificate stranger = TestCertificate.root("x\u001b[2J\nStranger");
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(stranger);
    assertEquals(
        "certificate of an unknown authority (issued by CN=x\\027[2J\\010Stranger)",
        refusal("dns.example", leaf, stranger));
  }

  @Test
  void norALineOfManyKilobytes() throws Exception {
    String name = "x".repeat(20_000);
    TestCertificate stranger = TestCertificate.root(name);
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(stranger);
    assertEquals(
        "certificate of an unknown authority (issued by CN=" + name.substring(0, 297) + "...)",
        refusal("dns.example", leaf, stranger));
  }

  @Test
  void nothingIsTrustedWithoutItsConnection() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(INTERMEDIATE);
    X509Certificate[] chain = TestCertificate.chain(leaf, INTERMEDIATE);
    PinCheck pinned = new PinCheck(Set.of(leaf.pin()), PinMode.ENFORCE, new RecordedLog());
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    for (ServerTrust trust :
        new ServerTrust[] {
          ServerTrust.byNameAndPins(Anchors.of(ROOT), pinned), ServerTrust.byPinsAlone(pinned)
        }) {
      refused(() -> trust.checkServerTrusted(chain, AUTH_TYPE));
      refused(() -> trust.checkServerTrusted(chain, AUTH_TYPE, engine));
      refused(() -> trust.checkClientTrusted(chain, AUTH_TYPE));
      refused(() -> trust.checkClientTrusted(chain, AUTH_TYPE, (Socket) null));
      refused(() -> trust.checkClientTrusted(chain, AUTH_TYPE, engine));
      assertEquals(0, trust.getAcceptedIssuers().length);
    }
  }

  /** TLS 1.2 lets a server begin a handshake on a connection that is in use. */
  @Test
  void aServerThatWouldProveItselfOnceMore() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host("dns.example").signedBy(INTERMEDIATE);
    X509Certificate[] chain = TestCertificate.chain(leaf, INTERMEDIATE);
    PinCheck pinned = new PinCheck(Set.of(leaf.pin()), PinMode.ENFORCE, new RecordedLog());
    for (ServerTrust trust :
        new ServerTrust[] {
          ServerTrust.byNameAndPins(Anchors.of(ROOT), noPins), ServerTrust.byPinsAlone(pinned)
        }) {
      Socket socket = new HandshakeSocket("dns.example");
      trust.checkServerTrusted(chain, AUTH_TYPE, socket);
      assertNotNull(trust.isOver(socket), "it had to prove itself");
      refused(() -> trust.checkServerTrusted(chain, AUTH_TYPE, socket));
      assertNull(trust.isOver(socket), "and nothing is kept of the second time");
      trust.checkServerTrusted(chain, AUTH_TYPE, (Socket) new HandshakeSocket("dns.example"));
    }
  }

  private static void refused(Executable check) {
    assertThrows(CertificateException.class, check);
  }

  private void judge(String peer, TestCertificate... chain) throws Exception {
    judge(noPins, peer, chain);
  }

  private static void judge(PinCheck pins, String peer, TestCertificate... chain) throws Exception {
    ServerTrust.byNameAndPins(Anchors.of(ROOT), pins)
        .checkServerTrusted(
            TestCertificate.chain(chain), AUTH_TYPE, (Socket) new HandshakeSocket(peer));
  }

  private String refusal(String peer, TestCertificate... chain) {
    return refusal(noPins, peer, chain);
  }

  private static String refusal(PinCheck pins, String peer, TestCertificate... chain) {
    CertificateException refused =
        assertThrows(CertificateException.class, () -> judge(pins, peer, chain));
    return assertInstanceOf(UntrustedServerException.class, refused).getMessage();
  }
}
