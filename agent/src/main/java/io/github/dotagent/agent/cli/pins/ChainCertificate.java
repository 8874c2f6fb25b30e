package io.github.dotagent.agent.cli.pins;

import io.github.dotagent.tls.CertificateName;
import io.github.dotagent.tls.SpkiPin;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One certificate of a chain, and its role. Immutable. */
final class ChainCertificate {
  /** The role of a certificate in its chain, in the order in which pinning is useful. */
  enum Role {
    /** The server's own. */
    LEAF,
    /** Signed the leaf. */
    ISSUER,
    /** Between the issuer and the root. */
    AUTHORITY,
    /** Signed by itself. */
    ROOT
  }

  private final Role role;
  private final X509Certificate certificate;

  private ChainCertificate(Role role, X509Certificate certificate) {
    this.role = role;
    this.certificate = certificate;
  }

  /**
   * @param chain leaf first
   */
  static List<ChainCertificate> of(List<X509Certificate> chain) {
    List<ChainCertificate> shown = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      shown.add(new ChainCertificate(role(i, chain.get(i)), chain.get(i)));
    }
    return Collections.unmodifiableList(shown);
  }

  private static Role role(int index, X509Certificate certificate) {
    if (index == 0) {
      return Role.LEAF;
    }
    if (index == 1) {
      return Role.ISSUER; // also a root that signs servers itself
    }
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
        ? Role.ROOT
        : Role.AUTHORITY;
  }

  Role role() {
    return role;
  }

  SpkiPin pin() {
    return SpkiPin.of(certificate);
  }

  /** The subject's name (RFC 2253). */
  String subject() {
    return CertificateName.subject(certificate);
  }

  /** The issuer's name (RFC 2253). */
  String issuer() {
    return CertificateName.issuer(certificate);
  }

  Instant begins() {
    return certificate.getNotBefore().toInstant();
  }

  Instant ends() {
    return certificate.getNotAfter().toInstant();
  }
}
