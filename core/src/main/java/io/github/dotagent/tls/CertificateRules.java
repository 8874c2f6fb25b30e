package io.github.dotagent.tls;

import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules for a path of certificates beyond the JDK's. The JDK does not check a certificate that
 * is in the trust store itself, nor the end of an authority's validity, and accepts SHA-1 and keys
 * of 1024 bits if its security properties allow it. Stateless.
 */
final class CertificateRules {
  /** RFC 9325 §4.5, CA/Browser Forum Baseline Requirements §6.1.5. */
  private static final int RSA_BITS = 2048;

  /** The same sections: P-256 is the smallest curve. */
  private static final int EC_BITS = 256;

  /** KeyUsage of RFC 5280 §4.2.1.3: the bits in their order. */
  private static final int DIGITAL_SIGNATURE = 0;

  private static final int KEY_CERT_SIGN = 5; // RFC 5280 §4.2.1.3

  /** RFC 5280 §4.2.1.12. */
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  // anyExtendedKeyUsage, RFC 5280 §4.2.1.12
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  /** Signatures over SHA-256 and longer (RFC 4055, 5758, 8410); RFC 9155 and 6194 on SHA-1. */
  private static final Set<String> SIGNATURES =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "1.2.840.113549.1.1.11", // sha256WithRSAEncryption
                  "1.2.840.113549.1.1.12", // sha384
                  "1.2.840.113549.1.1.13", // sha512
                  "1.2.840.10045.4.3.2", // ecdsa-with-SHA256
                  "1.2.840.10045.4.3.3", // SHA384
                  "1.2.840.10045.4.3.4", // SHA512
                  "1.3.101.112", // Ed25519
                  "1.3.101.113"))); // Ed448

  /**
   * The parameters of the algorithm name the digest; without parameters it is SHA-1 (RFC 4055
   * §3.1).
   */
  private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

  /** 2.16.840.1.101.3.4.2: SHA-256, SHA-384 and SHA-512 are 1, 2 and 3 below it. */
  private static final byte[] SHA_2 = {0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 2};

  /** Tags of ASN.1 (X.690): the first element of those parameters, and its content. */
  private static final byte HASH_ALGORITHM = (byte) 0xa0;

  private static final byte OBJECT_IDENTIFIER = 6; // a tag of DER, X.690 §8.19

  /** RFC 5280 §4.2.1.10. */
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private CertificateRules() {}

  /**
   * @param path leaf first, the trusted one last
   * @param now milliseconds since 1970
   * @throws UntrustedServerException if the path is refused; the message says why
   */
  static void check(List<X509Certificate> path, long now) throws UntrustedServerException {
    int last = path.size() - 1;
    for (int i = 0; i <= last; i++) {
      X509Certificate certificate = path.get(i);
      checkTime(certificate, i == 0, Instant.ofEpochMilli(now));
      checkKey(certificate);
      if (i < last) {
        checkSignature(certificate);
      }
    }
    checkPurpose(path.get(0));
    if (last > 0) {
      checkAuthority(path.get(last));
      checkLimits(path);
    }
  }

  /** When the first certificate of the path expires: milliseconds since 1970. */
  static long end(List<X509Certificate> path) {
    long end = Long.MAX_VALUE;
    for (X509Certificate certificate : path) {
      end = Math.min(end, certificate.getNotAfter().toInstant().toEpochMilli());
    }
    return end;
  }

  private static void checkTime(X509Certificate certificate, boolean leaf, Instant now)
      throws UntrustedServerException {
    String whose = leaf ? "" : "authority " + CertificateName.subject(certificate) + ", ";
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw refused(
          "certificate expired (" + whose + "NotAfter: " + certificate.getNotAfter() + ")");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw refused(
          "certificate not yet valid by this machine's clock ("
              + whose
              + "NotBefore: "
              + certificate.getNotBefore()
              + ")");
    }
  }

  /**
   * Whether the signature proves the signer of the certificate: the algorithm is safe, and both
   * keys are too long for an attacker.
   */
  static boolean areStrong(X509Certificate signed, X509Certificate signer) {
    try {
      checkKey(signed);
      checkSignature(signed);
      checkKey(signer);
      return true;
    } catch (UntrustedServerException weak) {
      return false;
    }
  }

  private static void checkKey(X509Certificate certificate) throws UntrustedServerException {
    PublicKey key = certificate.getPublicKey();
    if (key instanceof RSAKey) {
      int bits = ((RSAKey) key).getModulus().bitLength();
      refuseSmall(certificate, "RSA", bits, RSA_BITS);
    } else if (key instanceof ECKey) {
      int bits = ((ECKey) key).getParams().getCurve().getField().getFieldSize();
      refuseSmall(certificate, "EC", bits, EC_BITS);
    } else if (!key.getAlgorithm().startsWith("Ed")) { // Ed25519, Ed448, EdDSA
      throw refused("certificate not accepted (" + of(certificate) + key.getAlgorithm() + " key)");
    }
  }

  private static void refuseSmall(X509Certificate certificate, String kind, int bits, int least)
      throws UntrustedServerException {
    if (bits < least) {
      throw refused(
          "certificate not accepted ("
              + of(certificate)
              + kind
              + " key of "
              + bits
              + " bits, less than "
              + least
              + ")");
    }
  }

  private static void checkSignature(X509Certificate certificate) throws UntrustedServerException {
    String algorithm = certificate.getSigAlgOID();
    boolean strong =
        algorithm.equals(RSASSA_PSS)
            ? isOverSha2(certificate.getSigAlgParams())
            : SIGNATURES.contains(algorithm);
    if (!strong) {
      throw refused(
          "certificate not accepted ("
              + of(certificate)
              + "signature of "
              + certificate.getSigAlgName()
              + ")");
    }
  }

  /**
   * Whether RSASSA-PSS-params (RFC 4055 §3.1) name a digest of SHA-2. The digest comes first; if it
   * is missing, it is SHA-1. The digest of the mask, which comes after it, does not matter.
   */
  static boolean isOverSha2(byte[] parameters) {
    if (parameters == null) {
      return false;
    }
    int first = contentBegins(parameters);
    if (first >= parameters.length || parameters[first] != HASH_ALGORITHM) {
      return false;
    }
    // [0] { SEQUENCE { OBJECT IDENTIFIER, ...: each with a length of one octet
    int digest = first + 2 + 2 + 2 + SHA_2.length;
    return digest < parameters.length
        && parameters[first + 4] == OBJECT_IDENTIFIER
        && Arrays.equals(SHA_2, Arrays.copyOfRange(parameters, digest - SHA_2.length, digest))
        && parameters[digest] >= 1
        && parameters[digest] <= 3;
  }

  /** Where the content of a DER value begins, behind its tag and length. */
  private static int contentBegins(byte[] der) {
    boolean isLong = der.length > 1 && der[1] < 0;
    return isLong ? 2 + (der[1] & 0x7f) : 2;
  }

  /**
   * The leaf must be for signatures, because the server signs in every offered suite (RFC 8446
   * §4.4.2.2, RFC 8422 §2).
   */
  private static void checkPurpose(X509Certificate leaf) throws UntrustedServerException {
    List<String> purposes;
    try {
      purposes = leaf.getExtendedKeyUsage();
    } catch (CertificateParsingException malformed) {
      throw refused("certificate not accepted (its extended key usage cannot be read)");
    }
    if (purposes != null && !purposes.contains(SERVER_AUTH) && !purposes.contains(ANY_PURPOSE)) {
      throw refused("certificate not accepted (extended key usage: not for servers)");
    }
    boolean[] usage = leaf.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      throw refused("certificate not accepted (key usage: not for signatures)");
    }
    if (leaf.hasUnsupportedCriticalExtension()) {
      throw refused("certificate not accepted (a critical extension that is not known)");
    }
  }

  /** A certificate of version 1 has no extensions, so it cannot say that it is an authority's. */
  private static void checkAuthority(X509Certificate authority) throws UntrustedServerException {
    boolean[] usage = authority.getKeyUsage();
    if (authority.getVersion() >= 3 && authority.getBasicConstraints() < 0
        || usage != null && !usage[KEY_CERT_SIGN]) {
      throw refused("certificate not accepted (" + of(authority) + "not an authority)");
    }
  }

  /**
   * The limits in an authority's certificate hold for the trusted authority as well (RFC 5937 §3):
   * a company's own authority may be for the company's names alone. The JDK checks the limits in
   * the certificates below it.
   */
  private static void checkLimits(List<X509Certificate> path) throws UntrustedServerException {
    int last = path.size() - 1;
    X509Certificate authority = path.get(last);
    int between = 0;
    for (X509Certificate certificate : path.subList(1, last)) {
      between += isSelfIssued(certificate) ? 0 : 1;
    }
    int most = authority.getBasicConstraints(); // Integer.MAX_VALUE where there is no bound
    if (authority.getVersion() >= 3 && between > most) {
      throw refused(
          "certificate not accepted ("
              + of(authority)
              + between
              + " authorities below it, "
              + most
              + " allowed)");
    }
    byte[] constraints = authority.getExtensionValue(NAME_CONSTRAINTS);
    if (constraints == null) {
      return;
    }
    for (int i = 0; i < last; i++) {
      boolean exempt = i > 0 && isSelfIssued(path.get(i)); // RFC 5280 §6.1.3 (b)
      if (!exempt && !isWithin(constraints, path.get(i))) {
        throw refused(
            "certificate not accepted (" + of(authority) + "name constraints: not for this name)");
      }
    }
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /**
   * @param constraints the extension's value, an OCTET STRING
   */
  private static boolean isWithin(byte[] constraints, X509Certificate certificate) {
    X509CertSelector selector = new X509CertSelector();
    try {
      selector.setNameConstraints(
          Arrays.copyOfRange(constraints, contentBegins(constraints), constraints.length));
      return selector.match(certificate);
    } catch (IOException | RuntimeException malformed) {
      return false;
    }
  }

  private static String of(X509Certificate certificate) {
    return CertificateName.subject(certificate) + ": ";
  }

  private static UntrustedServerException refused(String reason) {
    return new UntrustedServerException(reason, null);
  }
}
