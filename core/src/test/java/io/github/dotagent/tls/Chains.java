package io.github.dotagent.tls;

import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateEncodingException;

/** Certificates that targets begin with. */
final class Chains {
  static final TestCertificate ROOT = TestCertificate.root("Root");

  static final TestCertificate INTERMEDIATE =
      TestCertificate.named("Intermediate").authority().signedBy(ROOT);

  static final TestCertificate LEAF =
      TestCertificate.named("x")
          .host("dns.example")
          .host("*.wild.example")
          .address("192.0.2.1")
          .address("2001:db8::1")
          .signedBy(INTERMEDIATE);

  private Chains() {}

  static byte[] der(TestCertificate certificate) {
    try {
      return certificate.certificate().getEncoded();
    } catch (CertificateEncodingException never) {
      throw new AssertionError(never);
    }
  }

  /** Each with its length before it, in two octets. */
  static byte[] framed(TestCertificate... certificates) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (TestCertificate certificate : certificates) {
      byte[] der = der(certificate);
      octets.write(der.length >> 8);
      octets.write(der.length);
      octets.writeBytes(der);
    }
    return octets.toByteArray();
  }
}
