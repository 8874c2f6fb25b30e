package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The chains that pins are held against: {@link CertificatePaths} and {@link SignedChain}. */
class PinnedChainTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final TestCertificate UPPER =
      TestCertificate.named("Upper").authority().signedBy(ROOT);
  private static final TestCertificate LOWER =
      TestCertificate.named("Lower").authority().signedBy(UPPER);
  private static final TestCertificate LEAF = TestCertificate.named("leaf").signedBy(LOWER);
  private static final TestCertificate OTHER = TestCertificate.root("Other");

  @Test
  void validatedEndsWithTheAuthority() throws Exception {
    assertEquals(list(LEAF, LOWER, UPPER, ROOT), validated(LEAF, LOWER, UPPER));
    assertEquals(list(LEAF, LOWER, UPPER, ROOT), validated(LEAF, LOWER, UPPER, ROOT));
  }

  @Test
  void validatedIsInOrderAndHoldsNothingElse() throws Exception {
    assertEquals(list(LEAF, LOWER, UPPER, ROOT), validated(LEAF, OTHER, UPPER, LOWER));
  }

  @Test
  void aChainToAnotherAuthorityIsNotValid() {
    TestCertificate stranger = TestCertificate.named("leaf").signedBy(OTHER);
    assertThrows(GeneralSecurityException.class, () -> validated(stranger, OTHER));
    assertThrows(GeneralSecurityException.class, () -> validated(LEAF, UPPER));
  }

  @Test
  void validatedHoldsNothingThatIsOutOfDate() {
    TestCertificate expired =
        TestCertificate.named("leaf")
            .validUntil(Instant.parse("2002-02-02T00:00:00Z"))
            .signedBy(LOWER);
    assertThrows(GeneralSecurityException.class, () -> validated(expired, LOWER, UPPER));
  }

  @Test
  void validatedNeedsAuthoritiesThatMaySign() {
    TestCertificate forged = TestCertificate.named("forged").signedBy(LEAF);
    assertThrows(GeneralSecurityException.class, () -> validated(forged, LEAF, LOWER, UPPER));
  }

  @Test
  void signedFollowsTheSignatures() {
    assertEquals(list(LEAF, LOWER, UPPER, ROOT), signed(LEAF, LOWER, UPPER, ROOT));
    assertEquals(list(LEAF, LOWER, UPPER, ROOT), signed(LEAF, ROOT, OTHER, UPPER, LOWER));
  }

  @Test
  void signedEndsWhereASignerIsMissing() {
    assertEquals(list(LEAF), signed(LEAF, UPPER, ROOT));
    assertEquals(list(LEAF), signed(LEAF));
  }

  @Test
  void signedGoesByTheKeyAndNotByTheName() {
    TestCertificate impostor = TestCertificate.root("Lower");
    assertEquals(list(LEAF), signed(LEAF, impostor));
    assertEquals(list(LEAF, LOWER), signed(LEAF, impostor, LOWER));
  }

  /** Others can find the key of a certificate that the pinned authority gave to its server. */
  @Test
  void signedEndsWhereTheKeyOfTheSignedOneIsSmall() {
    TestCertificate small =
        TestCertificate.named("small", TestCertificate.key("RSA", 1024)).signedBy(LOWER);
    assertEquals(list(small), signed(small, LOWER, UPPER));
    TestCertificate large =
        TestCertificate.named("large", TestCertificate.key("RSA", 2048)).signedBy(LOWER);
    assertEquals(list(large, LOWER, UPPER), signed(large, LOWER, UPPER));
  }

  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD) // the danger is an endless loop
  void signedEndsWithTwoThatSignedEachOther() {
    TestCertificate one = TestCertificate.named("One").authority().selfSigned();
    TestCertificate two = TestCertificate.named("Two").authority().signedBy(one);
    TestCertificate oneAgain = one.signedAgainBy(two);
    assertEquals(list(two, oneAgain), signed(two, oneAgain, two));
  }

  private static List<X509Certificate> list(TestCertificate... certificates) {
    return List.of(TestCertificate.chain(certificates));
  }

  private static List<X509Certificate> validated(TestCertificate... presented)
      throws GeneralSecurityException {
    PinCheck noPins = new PinCheck(Set.of(), PinMode.ENFORCE, new RecordedLog());
    return ServerTrust.byNameAndPins(Anchors.of(ROOT), noPins)
        .validated(TestCertificate.chain(presented));
  }

  private static List<X509Certificate> signed(TestCertificate... presented) {
    return SignedChain.of(List.of(TestCertificate.chain(presented)), JdkProviders.ofThisJvm());
  }
}
