package io.github.dotagent.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's certificate and, of those it sent along, the ones that signed it, step by step. Pins
 * are matched against this chain when no authority is asked.
 *
 * <p>The handshake proves that the server holds the key of its first certificate. Of the others it
 * proves nothing: certificates are public, and any server can send a copy of the pinned one after
 * its own. Only a signature ties them together, and only one that others cannot make: with SHA-1,
 * MD5 or a small key they can.
 */
final class SignedChain {
  private SignedChain() {}

  /** Leaf first; the rest in the order of signing, whatever the order in which they were sent. */
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
   * Null when none of them signed it but those that are in the chain already, or when others than
   * the server may have the key of what is signed.
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
