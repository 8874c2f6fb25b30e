package io.github.dotagent.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's certificate and, of those that it sent with it, the ones that signed it, step by
 * step. With {@code auth=pins}, pins are compared with this chain.
 *
 * <p>The handshake proves that the server has the key of its first certificate. It proves nothing
 * about the others: certificates are public, and any server can send a copy of the pinned one after
 * its own. Only a signature connects them, and only one that others cannot make: with SHA-1, MD5 or
 * a small key they can.
 */
final class SignedChain {
  private SignedChain() {}

  /** Leaf first; the rest in the order of signing, whatever the order of sending. */
  static List<X509Certificate> of(List<X509Certificate> presented, JdkProviders providers) {
    List<X509Certificate> chain = new ArrayList<>();
    X509Certificate next = presented.get(0);
    while (next != null) {
      chain.add(next);
      next = signerOf(next, presented, chain, providers);
    }
    return chain;
  }

  /**
   * Null if only certificates that are already in the chain signed it, or if others may have the
   * key of the signed certificate.
   */
  private static X509Certificate signerOf(
      X509Certificate signed,
      List<X509Certificate> presented,
      List<X509Certificate> chain,
      JdkProviders providers) {
    for (X509Certificate candidate : presented) {
      if (candidate.getSubjectX500Principal().equals(signed.getIssuerX500Principal())
          && !chain.contains(candidate)
          && CertificateRules.areStrong(signed, candidate)
          && providers.hasSigned(candidate, signed)) {
        return candidate;
      }
    }
    return null;
  }
}
