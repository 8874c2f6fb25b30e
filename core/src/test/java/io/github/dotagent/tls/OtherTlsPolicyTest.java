package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector that follows another one: whether a server has to prove the same to both. */
class OtherTlsPolicyTest {
  private static final TestCertificate ONE_OF = TestCertificate.root("One");
  private static final SpkiPin ONE = ONE_OF.pin();
  private static final TestCertificate TWO_OF = TestCertificate.root("Two");
  private static final SpkiPin TWO = TWO_OF.pin();
  private static final String A = "a.example";
  private static final String B = "b.example";

  @TempDir Path folder;
  private final RecordedLog log = new RecordedLog();

  private static TlsPolicy policy(Set<SpkiPin> pins, Map<String, Set<SpkiPin>> byName) {
    return new TlsPolicy(Authentication.NAME, pins, PinMode.ENFORCE, null, byName, Map.of());
  }

  private boolean isSame(TlsPolicy before, TlsPolicy after, String peer) throws TlsFailure {
    TlsConnector connector = new TlsConnector(before, log);
    return connector.next(after).isSame(connector, peer);
  }

  @Test
  void theSamePinsAreTheSame() throws TlsFailure {
    assertTrue(isSame(policy(Set.of(ONE, TWO), Map.of()), policy(Set.of(TWO, ONE), Map.of()), A));
  }

  @Test
  void pinsOfOneServerConcernNoOther() throws TlsFailure {
    TlsPolicy before = policy(Set.of(), Map.of(A, Set.of(ONE)));
    TlsPolicy after = policy(Set.of(), Map.of(A, Set.of(TWO)));
    assertFalse(isSame(before, after, A));
    assertTrue(isSame(before, after, B));
  }

  @Test
  void anotherProofIsAnother() throws TlsFailure {
    TlsPolicy before = policy(Set.of(ONE), Map.of());
    TlsPolicy report = new TlsPolicy(Authentication.NAME, Set.of(ONE), PinMode.REPORT, null);
    TlsPolicy pinsAlone = new TlsPolicy(Authentication.PINS, Set.of(ONE), PinMode.ENFORCE, null);
    assertFalse(isSame(before, report, A));
    assertFalse(isSame(before, pinsAlone, A));
    assertFalse(isSame(before, policy(Set.of(), Map.of()), A));
  }

  @Test
  void aTrustStoreThatCannotBeReadIsRefused() {
    TlsConnector connector = new TlsConnector(policy(Set.of(), Map.of()), log);
    TlsPolicy other =
        new TlsPolicy(
            Authentication.NAME,
            Set.of(),
            PinMode.ENFORCE,
            new TrustStoreSpec(folder.resolve("none.pem"), null, null));
    TlsFailure refused = assertThrows(TlsFailure.class, () -> connector.next(other));
    assertTrue(refused.getMessage().contains("none.pem"), refused.getMessage());
  }

  @Test
  void aTrustStoreIsComparedByItsContent() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), ClientKeyTest.certificate(ONE_OF));
    TlsPolicy policy =
        new TlsPolicy(
            Authentication.NAME, Set.of(), PinMode.ENFORCE, new TrustStoreSpec(file, null, null));
    TlsConnector before = new TlsConnector(policy, log).next(policy);
    Files.writeString(file, "a comment\n" + ClientKeyTest.certificate(ONE_OF));
    TlsConnector same = before.next(policy);
    assertTrue(same.hasSameFiles(before));
    assertTrue(same.isSame(before, A));
    Files.writeString(file, ClientKeyTest.certificate(TWO_OF));
    TlsConnector other = same.next(policy);
    assertFalse(other.hasSameFiles(same));
    assertFalse(other.isSame(same, A));
  }

  @Test
  void aClientCertificateIsComparedByItsContent() throws Exception {
    Path file =
        Files.writeString(folder.resolve("client.pem"), ClientKeyTest.keyAndCertificate(ONE_OF));
    TlsPolicy policy =
        new TlsPolicy(
            Authentication.NAME,
            Set.of(),
            PinMode.ENFORCE,
            null,
            Map.of(),
            Map.of(A, new ClientCertificateSpec(file, null)));
    TlsConnector before = new TlsConnector(policy, log).next(policy);
    Files.writeString(file, "a comment\n" + ClientKeyTest.keyAndCertificate(ONE_OF));
    TlsConnector same = before.next(policy);
    assertTrue(same.hasSameFiles(before));
    assertTrue(same.isSame(before, A));
    Files.writeString(file, ClientKeyTest.keyAndCertificate(TWO_OF));
    TlsConnector other = same.next(policy);
    assertFalse(other.hasSameFiles(same));
    assertFalse(other.isSame(same, A));
    assertTrue(other.isSame(same, B), "it is shown another server");
    TlsConnector none = same.next(policy(Set.of(), Map.of()));
    assertFalse(none.hasSameFiles(same));
    assertFalse(none.isSame(same, A));
  }

  @Test
  void aPathIsTakenForAnyPinOfTheServerAlone() {
    List<X509Certificate> path = List.of(ONE_OF.certificate());
    TlsPolicy wants = policy(Set.of(TWO), Map.of(A, Set.of(TWO, ONE)));
    assertTrue(wants.takes(A, path));
    assertFalse(wants.takes(B, path));
    assertTrue(policy(Set.of(), Map.of()).takes(A, path));
  }

  @Test
  void aPathIsTakenWhileItsAuthorityIsTrusted() throws Exception {
    X509Certificate leaf = TestCertificate.named("x").host(A).signedBy(ONE_OF).certificate();
    List<X509Certificate> path = List.of(leaf, ONE_OF.certificate());
    TlsPolicy byName = policy(Set.of(), Map.of());
    TlsPolicy one = trusting("one.pem", ONE_OF);
    TlsPolicy two = trusting("two.pem", TWO_OF);
    TlsPolicy pinned = new TlsPolicy(Authentication.PINS, Set.of(ONE), PinMode.ENFORCE, null);
    TlsConnector before = new TlsConnector(one, log);
    assertTrue(before.next(trusting("both.pem", ONE_OF, TWO_OF)).takes(A, path));
    assertFalse(before.next(two).takes(A, path));
    assertFalse(before.next(byName).takes(A, path), "the JDK's own do not have it");
    assertTrue(before.next(pinned).takes(A, path), "to pins it is no matter");
    assertFalse(new TlsConnector(pinned, log).next(byName).takes(A, path));
    assertTrue(new TlsConnector(byName, log).next(byName).takes(A, path), "nothing has changed");
  }

  private TlsPolicy trusting(String name, TestCertificate... authorities) throws IOException {
    StringBuilder pem = new StringBuilder();
    for (TestCertificate authority : authorities) {
      pem.append(ClientKeyTest.certificate(authority));
    }
    Path file = Files.writeString(folder.resolve(name), pem);
    return new TlsPolicy(
        Authentication.NAME, Set.of(), PinMode.ENFORCE, new TrustStoreSpec(file, null, null));
  }
}
