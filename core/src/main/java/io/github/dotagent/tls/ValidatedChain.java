package io.github.dotagent.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The path from the server's certificate to the authority that is trusted.
 *
 * <p>Pins are matched against this path and not against what the server sent: a server may send
 * certificates that have nothing to do with its own, and a pin that matched one of those would
 * prove nothing (RFC 7858 §4.2, "validated chain"; the authority itself is usually not sent at
 * all). The JDK's trust manager builds the same path and keeps it to itself.
 */
final class ValidatedChain {
  private ValidatedChain() {}

  /** Leaf first, authority last. */
  static List<X509Certificate> of(X509Certificate[] presented, KeyStore anchors)
      throws GeneralSecurityException {
    X509CertSelector leaf = new X509CertSelector();
    leaf.setCertificate(presented[0]);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
    // as ServerTrust has it: revocation would need look-ups of its own
    parameters.setRevocationEnabled(false);
    parameters.addCertStore(
        CertStore.getInstance(
            "Collection", new CollectionCertStoreParameters(Arrays.asList(presented))));
    PKIXCertPathBuilderResult path =
        (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : path.getCertPath().getCertificates()) {
      chain.add((X509Certificate) certificate);
    }
    if (path.getTrustAnchor().getTrustedCert() != null) {
      chain.add(path.getTrustAnchor().getTrustedCert());
    }
    return chain;
  }
}
