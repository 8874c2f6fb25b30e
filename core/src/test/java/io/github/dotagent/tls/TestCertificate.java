package io.github.dotagent.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with its key, so that it can sign others. Made by {@link #named}. */
record TestCertificate(X509Certificate certificate, KeyPair key) {
  /** The JDK judges by the time of day: no test may fail in some year of its life. */
  static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  static final Instant FAR_AHEAD = Instant.parse("2900-01-01T00:00:00Z");

  static Builder named(String commonName) {
    return named(commonName, newKey());
  }

  static Builder named(String commonName, KeyPair key) {
    return new Builder(new X500Principal("CN=" + commonName), key);
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
    private final List<Extension> extensions = new ArrayList<>();
    private boolean authority;
    private boolean versionOne;
    private String signature = ""; // by the signer's key
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
      return name(GeneralName.dNSName, name);
    }

    Builder name(int kind, String name) {
      names.add(new GeneralName(kind, name));
      return this;
    }

    /** No extensions, and so none of what other methods say. */
    Builder versionOne() {
      versionOne = true;
      return this;
    }

    /** Such as {@code SHA1withECDSA}, as the signer's key has it. */
    Builder signature(String algorithm) {
      signature = algorithm;
      return this;
    }

    Builder usage(int bits) {
      return extension(Extension.keyUsage, true, new KeyUsage(bits));
    }

    Builder purpose(KeyPurposeId... purposes) {
      return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    Builder extension(ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
      try {
        extensions.add(Extension.create(kind, critical, value));
      } catch (IOException broken) {
        throw new AssertionError(broken);
      }
      return this;
    }

    private boolean has(ASN1ObjectIdentifier kind) {
      return extensions.stream().anyMatch(extension -> extension.getExtnId().equals(kind));
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

    private ContentSigner signer(PrivateKey issuer)
        throws GeneralSecurityException, OperatorCreationException {
      String usual =
          switch (issuer.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "DSA" -> "SHA256withDSA";
            default -> "Ed25519";
          };
      JcaContentSignerBuilder builder =
          new JcaContentSignerBuilder(signature.isEmpty() ? usual : signature);
      if (signature.contains("MGF1")) { // the JDK has RSASSA-PSS under that one name alone
        builder.setProvider(new BouncyCastleProvider());
      }
      return builder.build(issuer);
    }

    private X509CertificateHolder versionOne(X500Principal issuer, ContentSigner signer) {
      return new JcaX509v1CertificateBuilder(
              issuer,
              new BigInteger(1, key.getPublic().getEncoded()),
              Date.from(notBefore),
              Date.from(notAfter),
              subject,
              key.getPublic())
          .build(signer);
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
        if (!has(Extension.basicConstraints)) {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        }
        for (Extension extension : extensions) {
          builder.addExtension(extension);
        }
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
        ContentSigner signer = signer(issuerKey.getPrivate());
        X509CertificateHolder signed =
            versionOne ? versionOne(issuer, signer) : builder.build(signer);
        return new TestCertificate(new JcaX509CertificateConverter().getCertificate(signed), key);
      } catch (IOException | GeneralSecurityException | OperatorCreationException broken) {
        throw new AssertionError(broken);
      }
    }
  }

  private static KeyPair newKey() {
    return ecKey("secp256r1");
  }

  static KeyPair ecKey(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  /**
   * @param bits 0: as the algorithm has it
   */
  static KeyPair key(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
