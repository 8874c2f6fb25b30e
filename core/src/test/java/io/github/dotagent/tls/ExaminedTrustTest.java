package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each check has its own say, and none of them makes the whole more lenient. */
class ExaminedTrustTest {
  private static final String NAME = "dns.example";
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final TestCertificate STRANGER = TestCertificate.root("Stranger");

  private final PinCheck noPins = new PinCheck(Set.of(), PinMode.ENFORCE, new RecordedLog());

  private ExaminedTrust examined(PinCheck pins) throws Exception {
    return new ExaminedTrust(ServerTrust.byNameAndPins(Anchors.of(ROOT), pins));
  }

  private static void show(ExaminedTrust trust, TestCertificate... chain)
      throws CertificateException {
    trust.checkServerTrusted(
        TestCertificate.chain(chain), "UNKNOWN", (Socket) new HandshakeSocket(NAME));
  }

  private static String refusal(ExaminedTrust trust, TestCertificate... chain) {
    return assertThrows(CertificateException.class, () -> show(trust, chain)).getMessage();
  }

  @Test
  void asItShouldBe() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host(NAME).signedBy(ROOT);
    ExaminedTrust trust = examined(noPins);
    show(trust, leaf);
    assertNull(trust.chainProblem());
    assertNull(trust.nameProblem());
    assertEquals(List.of(TestCertificate.chain(leaf)), trust.presented());
    assertEquals(List.of(TestCertificate.chain(leaf, ROOT)), trust.validated());
  }

  @Test
  void foreignNameOfAKnownAuthority() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host("other.example").signedBy(ROOT);
    ExaminedTrust trust = examined(noPins);
    assertTrue(refusal(trust, leaf).startsWith("name mismatch"));
    assertNull(trust.chainProblem());
    assertTrue(trust.nameProblem().contains(NAME), trust.nameProblem());
  }

  @Test
  void rightNameOfAnUnknownAuthority() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host(NAME).signedBy(STRANGER);
    ExaminedTrust trust = examined(noPins);
    String reason = "certificate of an unknown authority (issued by CN=Stranger)";
    assertEquals(reason, refusal(trust, leaf, STRANGER));
    assertEquals(reason, trust.chainProblem());
    assertNull(trust.nameProblem());
    assertEquals(List.of(TestCertificate.chain(leaf, STRANGER)), trust.presented());
    assertEquals(List.<X509Certificate>of(), trust.validated());
  }

  @Test
  void bothAreWrong() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host("proxy.example").signedBy(STRANGER);
    ExaminedTrust trust = examined(noPins);
    refusal(trust, leaf, STRANGER);
    assertTrue(trust.chainProblem().contains("Stranger"), trust.chainProblem());
    assertTrue(trust.nameProblem().startsWith("name mismatch"), trust.nameProblem());
  }

  @Test
  void anExpiredOneStillHasItsName() throws Exception {
    TestCertificate leaf =
        TestCertificate.named("x")
            .host(NAME)
            .validUntil(Instant.parse("2002-02-02T00:00:00Z"))
            .signedBy(ROOT);
    ExaminedTrust trust = examined(noPins);
    assertTrue(refusal(trust, leaf).startsWith("certificate expired"));
    assertTrue(trust.chainProblem().startsWith("certificate expired"), trust.chainProblem());
    assertNull(trust.nameProblem());
  }

  @Test
  void aPinThatDoesNotMatchIsStillRefused() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host(NAME).signedBy(ROOT);
    PinCheck pinned = new PinCheck(Set.of(STRANGER.pin()), PinMode.ENFORCE, new RecordedLog());
    ExaminedTrust trust = examined(pinned);
    assertTrue(refusal(trust, leaf).startsWith("pin mismatch"));
    assertNull(trust.chainProblem());
    assertNull(trust.nameProblem());
  }

  @Test
  void withPinsAloneNeitherIsAsked() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host("other.example").signedBy(STRANGER);
    PinCheck pinned = new PinCheck(Set.of(leaf.pin()), PinMode.ENFORCE, new RecordedLog());
    ExaminedTrust trust = new ExaminedTrust(ServerTrust.byPinsAlone(pinned));
    show(trust, leaf, STRANGER);
    assertNull(trust.chainProblem());
    assertNull(trust.nameProblem());
    assertEquals(List.of(TestCertificate.chain(leaf, STRANGER)), trust.validated());
  }
}
