package io.github.dotagent.tls;

import static io.github.dotagent.tls.TestCertificate.FAR_AHEAD;
import static io.github.dotagent.tls.TestCertificate.LONG_AGO;
import static io.github.dotagent.tls.TestCertificate.named;
import static io.github.dotagent.tls.TestCertificate.root;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

/** The rules alone, for paths that the JDK has accepted. */
class CertificateRulesTest {
  private static final long NOW = Instant.parse("2026-12-04T00:00:00Z").toEpochMilli();
  private static final TestCertificate ROOT = root("Root");

  private static void check(TestCertificate... path) throws UntrustedServerException {
    CertificateRules.check(List.of(TestCertificate.chain(path)), NOW);
  }

  private static void assertRefused(String reason, TestCertificate... path) {
    String message = assertThrows(UntrustedServerException.class, () -> check(path)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void aPathEndsWithItsFirstCertificateThatEnds() {
    Instant sooner = Instant.parse("2030-01-01T00:00:00Z");
    TestCertificate middle = named("Middle").authority().validUntil(sooner).signedBy(ROOT);
    TestCertificate leaf = named("leaf").signedBy(middle);
    assertEquals(
        sooner.toEpochMilli(),
        CertificateRules.end(List.of(TestCertificate.chain(leaf, middle, ROOT))));
    assertEquals(
        FAR_AHEAD.toEpochMilli(), CertificateRules.end(List.of(TestCertificate.chain(ROOT))));
  }

  @Test
  void theFirstAndTheLastMomentAreWithinTheValidity() {
    Instant now = Instant.ofEpochMilli(NOW);
    assertDoesNotThrow(() -> check(named("leaf").validUntil(now).signedBy(ROOT), ROOT));
    assertDoesNotThrow(() -> check(named("leaf").validFrom(now).signedBy(ROOT), ROOT));
    assertRefused("expired", named("leaf").validUntil(now.minusSeconds(1)).signedBy(ROOT), ROOT);
    assertRefused(
        "not yet valid", named("leaf").validFrom(now.plusSeconds(1)).signedBy(ROOT), ROOT);
  }

  @Test
  void anAuthorityThatHasEndedIsNamed() {
    TestCertificate old = named("Old").authority().validUntil(LONG_AGO.plusSeconds(1)).selfSigned();
    assertRefused("authority CN=Old", named("leaf").signedBy(old), old);
  }

  /** A certificate of version 1 has no extensions. */
  @Test
  void theTrustedAuthorityMayBeOfVersionOne() {
    TestCertificate first = named("First").versionOne().selfSigned();
    assertDoesNotThrow(() -> check(named("leaf").signedBy(first), first));
  }

  @Test
  void theTrustedCertificateMustBeAnAuthoritys() {
    TestCertificate server = named("server").selfSigned();
    assertRefused("CN=server: not an authority", named("leaf").signedBy(server), server);
    TestCertificate crl = named("crl").authority().usage(KeyUsage.cRLSign).selfSigned();
    assertRefused("CN=crl: not an authority", named("leaf").signedBy(crl), crl);
    TestCertificate signer = named("signer").authority().usage(KeyUsage.keyCertSign).selfSigned();
    assertDoesNotThrow(() -> check(named("leaf").signedBy(signer), signer));
    assertDoesNotThrow(() -> check(server), "it is in the trust store itself");
  }

  private static TestCertificate authority(int most) {
    return named("Limited")
        .authority()
        .extension(Extension.basicConstraints, true, new BasicConstraints(most))
        .selfSigned();
  }

  @Test
  void theTrustedAuthorityBoundsTheAuthoritiesBelowIt() {
    TestCertificate none = authority(0);
    TestCertificate middle = named("Middle").authority().signedBy(none);
    TestCertificate leaf = named("leaf").signedBy(middle);
    assertRefused("CN=Limited: 1 authorities below it, 0 allowed", leaf, middle, none);
    assertDoesNotThrow(() -> check(named("leaf").signedBy(none), none));
    TestCertificate one = authority(1);
    TestCertificate between = named("Middle").authority().signedBy(one);
    assertDoesNotThrow(() -> check(named("leaf").signedBy(between), between, one));
    TestCertificate lower = named("Lower").authority().signedBy(between);
    assertRefused("2 authorities", named("leaf").signedBy(lower), lower, between, one);
  }

  /** RFC 5280 §4.2.1.9: one that has its own name as its issuer's does not count. */
  @Test
  void aSelfIssuedAuthorityDoesNotCount() {
    TestCertificate none = authority(0);
    TestCertificate again = none.signedAgainBy(none);
    assertDoesNotThrow(() -> check(named("leaf").signedBy(again), again, none));
  }

  private static TestCertificate onlyFor(String domain) {
    return named("Company")
        .authority()
        .extension(
            Extension.nameConstraints,
            true,
            new NameConstraints(
                new GeneralSubtree[] {
                  new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain))
                },
                null))
        .selfSigned();
  }

  @Test
  void theTrustedAuthorityMayBeForSomeNamesAlone() {
    TestCertificate company = onlyFor("corp.example");
    assertDoesNotThrow(
        () -> check(named("leaf").host("dns.corp.example").signedBy(company), company));
    assertRefused(
        "CN=Company: name constraints",
        named("leaf").host("dns.example").signedBy(company),
        company);
    TestCertificate middle = named("Middle").authority().host("other.example").signedBy(company);
    assertRefused(
        "name constraints",
        named("leaf").host("dns.corp.example").signedBy(middle),
        middle,
        company);
  }

  /** RFC 5280 §6.1.3 (b). */
  @Test
  void aSelfIssuedAuthorityNeedsNoneOfTheNames() {
    TestCertificate company = onlyFor("corp.example");
    TestCertificate again =
        named("Company", company.key()).authority().host("other.example").signedBy(company);
    assertDoesNotThrow(
        () -> check(named("leaf").host("dns.corp.example").signedBy(again), again, company));
    TestCertificate selfIssuedLeaf = named("Company").host("other.example").signedBy(company);
    assertRefused("name constraints", selfIssuedLeaf, company);
  }

  /** Constraints with more than 127 octets have a length of two. */
  @Test
  void longConstraintsAreRead() {
    String domain = "a-rather-long-label-of-a-domain.".repeat(4) + "corp.example";
    TestCertificate company = onlyFor(domain);
    assertDoesNotThrow(() -> check(named("leaf").host("dns." + domain).signedBy(company), company));
    assertRefused("name constraints", named("leaf").host("dns.example").signedBy(company), company);
  }

  @Test
  void constraintsThatCannotBeReadAreForNoName() {
    TestCertificate odd =
        named("Odd")
            .authority()
            .extension(Extension.nameConstraints, false, new DERUTF8String("x"))
            .selfSigned();
    assertRefused("name constraints", named("leaf").host("dns.example").signedBy(odd), odd);
  }

  @Test
  void theLeafIsForServersAndSignatures() {
    assertRefused(
        "key usage: not for signatures",
        named("leaf").usage(KeyUsage.keyEncipherment).signedBy(ROOT),
        ROOT);
    assertDoesNotThrow(
        () -> check(named("leaf").usage(KeyUsage.digitalSignature).signedBy(ROOT), ROOT));
  }
}
