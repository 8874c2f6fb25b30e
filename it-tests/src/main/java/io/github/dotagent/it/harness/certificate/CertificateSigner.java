package io.github.dotagent.it.harness.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * One signing key and the name it signs under (RFC 5280 §4). Stateless between calls: serial and
 * time are the caller's.
 */
record CertificateSigner(X500Principal name, KeyPair key) {

  /** Longer than any server certificate it signs, so that only the leaf is ever out of date. */
  private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

  /** Before every certificate of {@link CertificateSpec#expired()}. */
  private static final Duration AUTHORITY_AGE = Duration.ofDays(365);

  X509Certificate signAuthority(
      X500Principal subject, KeyPair subjectKey, long serial, Instant now) {
    Instant from = now.minus(AUTHORITY_AGE);
    return sign(
        subject,
        subjectKey,
        serial,
        from,
        from.plus(AUTHORITY_VALIDITY),
        certificate ->
            certificate
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
  }

  X509Certificate signServer(CertificateSpec spec, KeyPair subjectKey, long serial, Instant now) {
    return sign(
        // Not a host name: a client that matched the subject's CN would fail its test.
        new X500Principal("CN=Test server " + serial),
        subjectKey,
        serial,
        spec.notBefore(now),
        spec.notAfter(now),
        certificate -> {
          certificate
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(
                      new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                      }));
          GeneralName[] names = subjectAlternativeNames(spec);
          if (names.length > 0) {
            certificate.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(names));
          }
        });
  }

  private static GeneralName[] subjectAlternativeNames(CertificateSpec spec) {
    List<GeneralName> names = new ArrayList<>();
    spec.names().forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
    spec.addresses().forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, ip)));
    return names.toArray(GeneralName[]::new);
  }

  private X509Certificate sign(
      X500Principal subject,
      KeyPair subjectKey,
      long serial,
      Instant notBefore,
      Instant notAfter,
      Extensions extensions) {
    try {
      JcaX509v3CertificateBuilder certificate =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(serial),
              Date.from(notBefore),
              Date.from(notAfter),
              subject,
              subjectKey.getPublic());
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      certificate
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              identifiers.createSubjectKeyIdentifier(subjectKey.getPublic()))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              identifiers.createAuthorityKeyIdentifier(key.getPublic()));
      extensions.addTo(certificate);
      return new JcaX509CertificateConverter()
          .getCertificate(
              certificate.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException broken) {
      throw new IllegalStateException("cannot sign a certificate for " + subject, broken);
    }
  }

  /** The extensions that tell one kind of certificate from another. */
  private interface Extensions {
    void addTo(JcaX509v3CertificateBuilder certificate) throws IOException;
  }
}
