package io.github.dotagent.tls;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** One certificate: its shape, its names, its pin, and the rules. */
public final class CertificateFuzz implements FuzzTarget {
  private static final long NOW = TestCertificate.LONG_AGO.plusSeconds(86_400).toEpochMilli();

  private final CertificateFactory factory = factory();

  static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (CertificateException broken) {
      throw new AssertionError(broken);
    }
  }

  @Override
  public void read(byte[] octets) {
    boolean shaped = DerCertificate.isOne(octets);
    boolean plain = PlainCertificate.isOne(octets);
    Findings.check(shaped || !plain, "plain, and not of the shape of a certificate");
    X509Certificate certificate;
    try {
      certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets));
    } catch (CertificateException | RuntimeException damaged) {
      Findings.check(!plain, "plain, and the JDK cannot read it: " + damaged);
      return;
    }
    Findings.checkIsLine(CertificateName.subject(certificate));
    Findings.checkIsLine(CertificateName.issuer(certificate));
    Findings.checkIsLine(SpkiPin.of(certificate).toString());
    for (String peer : new String[] {"dns.example", "192.0.2.1", "2001:db8::1"}) {
      try {
        HostnameCheck.check(certificate, peer);
      } catch (UntrustedServerException refused) {
        Findings.checkIsLine(refused.getMessage());
      }
    }
    for (List<X509Certificate> path :
        List.of(List.of(certificate), List.of(certificate, certificate, certificate))) {
      try {
        CertificateRules.check(path, NOW);
      } catch (UntrustedServerException refused) {
        Findings.checkIsLine(refused.getMessage());
      }
    }
  }

  @Override
  public List<byte[]> found() {
    return List.of(Chains.der(Chains.LEAF), Chains.der(Chains.ROOT));
  }
}
