package io.github.dotagent.tls;

import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The SHA-256 of a certificate's SubjectPublicKeyInfo: the pin of RFC 7858 §4.2, which kdig prints
 * as {@code SHA-256 PIN}. Immutable.
 */
public final class SpkiPin {
  private static final String SCHEME = "sha256/";
  private static final int SHA_256_OCTETS = 32; // FIPS 180-4

  private final byte[] digest;

  private SpkiPin(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Reads {@code sha256/BASE64} or bare {@code BASE64}.
   *
   * @throws IllegalArgumentException when it is not the base64 of 32 octets; the message says why
   */
  public static SpkiPin parse(String text) {
    String base64 = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException("is not base64", notBase64);
    }
    if (octets.length != SHA_256_OCTETS) {
      throw new IllegalArgumentException(
          "is " + octets.length + " octets long where a SHA-256 has " + SHA_256_OCTETS);
    }
    return new SpkiPin(octets);
  }

  /** The pin that a certificate presents. */
  public static SpkiPin of(X509Certificate certificate) {
    try {
      // getEncoded of an X.509 public key is its SubjectPublicKeyInfo (java.security.Key)
      byte[] spki = certificate.getPublicKey().getEncoded();
      return new SpkiPin(JdkProviders.ofThisJvm().sha256().digest(spki));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  /** The pins that a chain presents, in its order. */
  public static List<SpkiPin> of(List<X509Certificate> chain) {
    List<SpkiPin> pins = new ArrayList<>(chain.size());
    for (X509Certificate certificate : chain) {
      pins.add(of(certificate));
    }
    return pins;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpkiPin && Arrays.equals(digest, ((SpkiPin) other).digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** {@code sha256/BASE64}, ready to be pasted into {@code dotagent.pins}. */
  @Override
  public String toString() {
    return SCHEME + Base64.getEncoder().encodeToString(digest);
  }
}
