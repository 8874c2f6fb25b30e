package io.github.dotagent.it.harness.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * Pins as RFC 7858 §4.2 defines them. Computed here a second time, apart from the resolver's own
 * code: a harness that borrowed it could not find it wrong.
 */
public final class SpkiPins {
  private SpkiPins() {}

  /** {@code sha256/BASE64} of the certificate's SubjectPublicKeyInfo. */
  public static String of(X509Certificate certificate) {
    return of(certificate.getPublicKey().getEncoded());
  }

  /** A well-formed pin that no certificate has. */
  public static String ofNobody() {
    return of(new byte[0]);
  }

  private static String of(byte[] subjectPublicKeyInfo) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(subjectPublicKeyInfo);
      return "sha256/" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
