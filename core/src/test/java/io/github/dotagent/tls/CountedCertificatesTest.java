package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The factory reads what the JDK's reads, and knows which certificate was the first damaged. */
class CountedCertificatesTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root");

  private CountedCertificates counted;
  private CertificateFactory factory;

  @BeforeEach
  void make() throws CertificateException {
    counted = new CountedCertificates(CertificateFactory.getInstance("X.509"));
    factory = CertificateFactory.getInstance("X.509", counted);
  }

  private static InputStream good() throws CertificateException {
    return new ByteArrayInputStream(ROOT.certificate().getEncoded());
  }

  private static InputStream damaged() {
    return new ByteArrayInputStream(new byte[] {0x30, 3, 2, 1, 1});
  }

  @Test
  void goodCertificatesAreRead() throws CertificateException {
    Certificate first = factory.generateCertificate(good());
    assertEquals(ROOT.certificate(), first);
    assertEquals(0, counted.firstDamaged());
  }

  @Test
  void theFirstDamagedOneIsCounted() throws CertificateException {
    factory.generateCertificate(good());
    assertThrows(CertificateException.class, () -> factory.generateCertificate(damaged()));
    assertEquals(2, counted.firstDamaged());
    factory.generateCertificate(good());
    assertThrows(CertificateException.class, () -> factory.generateCertificate(damaged()));
    assertEquals(2, counted.firstDamaged());
  }

  @Test
  void severalAtOnceAreRead() throws CertificateException {
    assertEquals(List.of(ROOT.certificate()), List.copyOf(factory.generateCertificates(good())));
  }

  @Test
  void revocationListsAreTheJdks() throws CRLException {
    assertThrows(CRLException.class, () -> factory.generateCRL(damaged()));
    assertEquals(List.of(), List.copyOf(factory.generateCRLs(InputStream.nullInputStream())));
  }

  @Test
  void itsShortNameIsKnownToo() throws CertificateException {
    assertEquals("X509", CertificateFactory.getInstance("X509", counted).getType());
  }
}
