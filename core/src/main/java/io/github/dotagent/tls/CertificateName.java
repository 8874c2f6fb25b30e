package io.github.dotagent.tls;

import io.github.dotagent.support.TerminalText;
import java.security.cert.X509Certificate;

/**
 * Whom a certificate is of, and by, as people may read it (RFC 2253). A certificate that nobody
 * believes yet may hold anything, control characters as well, and the JDK passes them on.
 */
public final class CertificateName {
  private CertificateName() {}

  /** Whom it is of; one line. */
  public static String subject(X509Certificate certificate) {
    return TerminalText.of(certificate.getSubjectX500Principal().getName());
  }

  /** Who signed it; one line. */
  public static String issuer(X509Certificate certificate) {
    return TerminalText.of(certificate.getIssuerX500Principal().getName());
  }
}
