package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.net.Socket;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which certificates a pin may match: with an authority to ask, and with pins alone. */
class PinnedServerTest {
  private static final String HOST = "dns.example";
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final TestCertificate INTERMEDIATE =
      TestCertificate.named("Intermediate").authority().signedBy(ROOT);
  private static final TestCertificate LEAF = leafFor(HOST);
  private static final TestCertificate OTHER = TestCertificate.root("Other");

  private final RecordedLog log = new RecordedLog();

  /** {@code auth=name} with pins. */
  @Nested
  class WithNames {
    @Test
    void theLeafAnIntermediateOrTheAuthority() throws Exception {
      judge(LEAF, LEAF, INTERMEDIATE);
      judge(INTERMEDIATE, LEAF, INTERMEDIATE);
      // the authority is trusted, not presented
      judge(ROOT, LEAF, INTERMEDIATE);
    }

    @Test
    void anotherPinIsAMismatchThatTellsTheValidatedChain() {
      assertEquals(
          "pin mismatch (presented "
              + LEAF.pin()
              + ", "
              + INTERMEDIATE.pin()
              + ", "
              + ROOT.pin()
              + ")",
          refusal(OTHER, LEAF, INTERMEDIATE));
    }

    @Test
    void aCertificateThatWasOnlySentAlongDoesNotCount() {
      String reason = refusal(OTHER, LEAF, INTERMEDIATE, OTHER);
      assertTrue(reason.startsWith("pin mismatch ("), reason);
    }

    @Test
    void aRightPinDoesNotMakeUpForAWrongName() {
      TestCertificate wrongName = leafFor("other.example");
      String reason = refusal(wrongName, wrongName, INTERMEDIATE);
      assertTrue(reason.startsWith("name mismatch ("), reason);
    }

    @Test
    void aMismatchThatIsOnlyReportedIsUsed() throws Exception {
      PinCheck report = new PinCheck(Set.of(OTHER.pin()), PinMode.REPORT, log);
      handshake(ServerTrust.byNameAndPins(Anchors.of(ROOT), report), LEAF, INTERMEDIATE);
      assertEquals(1, log.lines().size());
    }

    @Test
    void reportSaysNothingOfNames() {
      TestCertificate wrongName = leafFor("other.example");
      PinCheck report = new PinCheck(Set.of(wrongName.pin()), PinMode.REPORT, log);
      assertThrows(
          UntrustedServerException.class,
          () ->
              handshake(
                  ServerTrust.byNameAndPins(Anchors.of(ROOT), report), wrongName, INTERMEDIATE));
    }

    /** A home server's own certificate, put into the trust store as it is. */
    @Test
    void aSelfSignedServerThatIsItselfTrusted() throws Exception {
      TestCertificate server = TestCertificate.named("home").host(HOST).selfSigned();
      handshake(ServerTrust.byNameAndPins(Anchors.of(server), enforcing(server)), server);
    }

    @Test
    void aSelfSignedAuthorityThatIsItselfTheServer() throws Exception {
      TestCertificate server = TestCertificate.named("home").authority().host(HOST).selfSigned();
      handshake(ServerTrust.byNameAndPins(Anchors.of(server), enforcing(server)), server);
    }

    @Test
    void aLeafThatIsItselfTrustedWhileItsAuthorityIsNot() throws Exception {
      KeyStore anchors = Anchors.of(LEAF);
      handshake(ServerTrust.byNameAndPins(anchors, enforcing(LEAF)), LEAF, INTERMEDIATE);
    }

    private void judge(TestCertificate pinned, TestCertificate... chain) throws Exception {
      handshake(ServerTrust.byNameAndPins(Anchors.of(ROOT), enforcing(pinned)), chain);
    }

    private String refusal(TestCertificate pinned, TestCertificate... chain) {
      return assertThrows(UntrustedServerException.class, () -> judge(pinned, chain)).getMessage();
    }
  }

  /** {@code auth=pins}. */
  @Nested
  class WithPinsAlone {
    @Test
    void noAuthorityNoNameNoDate() throws Exception {
      TestCertificate server =
          TestCertificate.named("x").validUntil(Instant.parse("2002-02-02T00:00:00Z")).selfSigned();
      judge(server, server);
    }

    @Test
    void anyCertificateThatSignedTheServers() throws Exception {
      judge(LEAF, LEAF, INTERMEDIATE, ROOT);
      judge(INTERMEDIATE, LEAF, INTERMEDIATE, ROOT);
      judge(ROOT, LEAF, INTERMEDIATE, ROOT);
    }

    /** Certificates are public: a server that sends a copy of the right one proves nothing. */
    @Test
    void notACopyOfTheRightOneSentAlong() {
      TestCertificate attacker = TestCertificate.named("leaf").host(HOST).selfSigned();
      assertEquals(
          "pin mismatch (presented " + attacker.pin() + ")",
          refusal(LEAF, attacker, LEAF, INTERMEDIATE));
    }

    @Test
    void norUnderTheRightName() {
      TestCertificate attackersRoot = TestCertificate.root("Root");
      TestCertificate attacker = TestCertificate.named("leaf").signedBy(attackersRoot);
      assertEquals(
          "pin mismatch (presented " + attacker.pin() + ")", refusal(ROOT, attacker, ROOT));
    }

    /** Others can make a second certificate that has the same signature. */
    @Test
    void aWeakSignatureDoesNotTieAKeyToAPin() {
      for (String weak : List.of("SHA1withECDSA", "SHA256withECDSA")) {
        TestCertificate server =
            TestCertificate.named("leaf").host(HOST).signature(weak).signedBy(ROOT);
        if (weak.startsWith("SHA1")) {
          assertEquals(
              "pin mismatch (presented " + server.pin() + ")", refusal(ROOT, server, ROOT));
        } else {
          assertDoesNotThrow(() -> judge(ROOT, server, ROOT));
        }
      }
    }

    @Test
    void norByAKeyThatIsSmall() throws Exception {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(1024);
      TestCertificate small =
          TestCertificate.named("Small", rsa.generateKeyPair()).authority().signedBy(ROOT);
      TestCertificate server = TestCertificate.named("leaf").host(HOST).signedBy(small);
      assertEquals(
          "pin mismatch (presented " + server.pin() + ")", refusal(ROOT, server, small, ROOT));
    }

    @Test
    void anotherPinIsAMismatch() {
      assertEquals(
          "pin mismatch (presented " + LEAF.pin() + ", " + INTERMEDIATE.pin() + ")",
          refusal(OTHER, LEAF, INTERMEDIATE));
    }

    private void judge(TestCertificate pinned, TestCertificate... chain) throws Exception {
      handshake(ServerTrust.byPinsAlone(enforcing(pinned)), chain);
    }

    private String refusal(TestCertificate pinned, TestCertificate... chain) {
      return assertThrows(UntrustedServerException.class, () -> judge(pinned, chain)).getMessage();
    }
  }

  private PinCheck enforcing(TestCertificate pinned) {
    return new PinCheck(Set.of(pinned.pin()), PinMode.ENFORCE, log);
  }

  private static void handshake(ServerTrust trust, TestCertificate... chain) throws Exception {
    trust.checkServerTrusted(
        TestCertificate.chain(chain), "ECDHE_ECDSA", (Socket) new HandshakeSocket(HOST));
  }

  private static TestCertificate leafFor(String host) {
    return TestCertificate.named("leaf").host(host).signedBy(INTERMEDIATE);
  }
}
