package io.github.dotagent.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with its key, so that it can sign others. Made by {@link #named}. */
record TestCertificate(X509Certificate certificate, KeyPair key) {
  /** The JDK judges by the time of day: no test may fail in some year of its life. */
  static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  static final Instant FAR_AHEAD = Instant.parse("2900-01-01T00:00:00Z");

  static Builder named(String commonName) {
    return new Builder(new X500Principal("CN=" + commonName), newKey());
  }

  /** An authority that signs itself. */
  static TestCertificate root(String commonName) {
    return named(commonName).authority().selfSigned();
  }

  /** An authority's second certificate, for the same name and key. */
  TestCertificate signedAgainBy(TestCertificate issuer) {
    return new Builder(certificate.getSubjectX500Principal(), key).authority().signedBy(issuer);
  }

  SpkiPin pin() {
    return SpkiPin.of(certificate);
  }

  static X509Certificate[] chain(TestCertificate... leafFirst) {
    return List.of(leafFirst).stream()
        .map(TestCertificate::certificate)
        .toArray(X509Certificate[]::new);
  }

  /** What the certificate says. Valid for centuries unless told otherwise. */
  static final class Builder {
    private final X500Principal subject;
    private final KeyPair key;
    private final List<GeneralName> names = new ArrayList<>();
    private boolean authority;
    private Instant notBefore = LONG_AGO;
    private Instant notAfter = FAR_AHEAD;

    private Builder(X500Principal subject, KeyPair key) {
      this.subject = subject;
      this.key = key;
    }

    Builder authority() {
      authority = true;
      return this;
    }

    Builder host(String name) {
      names.add(new GeneralName(GeneralName.dNSName, name));
      return this;
    }

    Builder address(String literal) {
      names.add(new GeneralName(GeneralName.iPAddress, literal));
      return this;
    }

    Builder validUntil(Instant end) {
      notAfter = end;
      return this;
    }

    Builder validFrom(Instant start) {
      notBefore = start;
      return this;
    }

    TestCertificate selfSigned() {
      return signed(subject, key);
    }

    TestCertificate signedBy(TestCertificate issuer) {
      return signed(issuer.certificate.getSubjectX500Principal(), issuer.key);
    }

    private TestCertificate signed(X500Principal issuer, KeyPair issuerKey) {
      try {
        JcaX509v3CertificateBuilder builder =
            new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(1, key.getPublic().getEncoded()),
                Date.from(notBefore),
                Date.from(notAfter),
                subject,
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        // as authorities do: the JDK tells two of one name by the key's identifier
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        builder.addExtension(
            Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key.getPublic()));
        builder.addExtension(
            Extension.authorityKeyIdentifier,
            false,
            ids.createAuthorityKeyIdentifier(issuerKey.getPublic()));
        if (!names.isEmpty()) {
          GeneralNames all = new GeneralNames(names.toArray(GeneralName[]::new));
          builder.addExtension(Extension.subjectAlternativeName, false, all);
        }
        return new TestCertificate(
            new JcaX509CertificateConverter()
                .getCertificate(
                    builder.build(
                        new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(issuerKey.getPrivate()))),
            key);
      } catch (IOException | GeneralSecurityException | OperatorCreationException broken) {
        throw new AssertionError(broken);
      }
    }
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
