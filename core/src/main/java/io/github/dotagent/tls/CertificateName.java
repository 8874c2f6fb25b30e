package io.github.dotagent.tls;

import io.github.dotagent.net.TerminalText;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * Subject and issuer of a certificate, as people may read them (RFC 2253). A certificate that is
 * not verified yet may contain anything, even control characters, and the JDK passes them on.
 */
public final class CertificateName {
  /** A name goes into one line of the log, and a chain has room for 32 KB of names. */
  private static final int LONGEST = 300;

  private CertificateName() {}

  /** The subject; one line. */
  public static String subject(X509Certificate certificate) {
    return line(certificate.getSubjectX500Principal());
  }

  /** The issuer; one line. */
  public static String issuer(X509Certificate certificate) {
    return line(certificate.getIssuerX500Principal());
  }

  private static String line(X500Principal principal) {
    return TerminalText.of(principal.getName(), LONGEST);
  }
}
