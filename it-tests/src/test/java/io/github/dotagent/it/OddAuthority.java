package io.github.dotagent.it;

import io.github.dotagent.it.harness.certificate.EcKeys;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs certificates with defects. */
final class OddAuthority {
  private static final X500Principal NAME = new X500Principal("CN=Odd root");

  private final KeyPair key = EcKeys.newPair();
  private final AtomicLong serial = new AtomicLong(1);
  private final Instant now = Instant.now();
  private final X509Certificate root =
      sign(new Leaf(NAME.getName(), key).until(Duration.ofDays(300)).authority());

  X509Certificate root() {
    return root;
  }

  ServerCertificate issue(Leaf leaf) {
    return new ServerCertificate(leaf.key, List.of(sign(leaf)));
  }

  /** Trusts its root, and these. */
  Path trusting(Path folder, X509Certificate... more) throws Exception {
    StringBuilder pem = new StringBuilder(pem(root));
    for (X509Certificate certificate : more) {
      pem.append(pem(certificate));
    }
    return Files.writeString(folder.resolve("odd.pem"), pem.toString());
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private X509Certificate sign(Leaf leaf) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              NAME,
              BigInteger.valueOf(serial.getAndIncrement()),
              Date.from(now.minus(Duration.ofDays(100))),
              Date.from(now.plus(leaf.until)),
              new X500Principal(leaf.subject),
              leaf.key.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(leaf.authority));
      if (leaf.names.length > 0) {
        GeneralName[] names = new GeneralName[leaf.names.length];
        for (int i = 0; i < names.length; i++) {
          names[i] = new GeneralName(GeneralName.dNSName, leaf.names[i]);
        }
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      if (leaf.purpose != null) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(leaf.purpose));
      }
      if (leaf.asks.length > 0) {
        addPlaces(builder, leaf.asks);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void addPlaces(JcaX509v3CertificateBuilder builder, String... urls)
      throws IOException {
    List<AccessDescription> access = new ArrayList<>();
    List<GeneralName> lists = new ArrayList<>();
    for (String url : urls) {
      access.add(new AccessDescription(AccessDescription.id_ad_caIssuers, place(url + "ca")));
      access.add(new AccessDescription(AccessDescription.id_ad_ocsp, place(url + "ocsp")));
      lists.add(place(url + "crl"));
    }
    builder.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(access.toArray(AccessDescription[]::new)));
    DistributionPointName name =
        new DistributionPointName(new GeneralNames(lists.toArray(GeneralName[]::new)));
    builder.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)}));
  }

  private static GeneralName place(String url) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, url);
  }

  /** What a certificate says. Each method changes it. */
  static final class Leaf {
    private final String subject;
    private final KeyPair key;
    private String[] names = {};
    private Duration until = Duration.ofDays(30);
    private KeyPurposeId purpose;
    private String[] asks = {};
    private boolean authority;

    Leaf(String subject, KeyPair key) {
      this.subject = subject;
      this.key = key;
    }

    static Leaf of(String... names) {
      return new Leaf("CN=Odd server", EcKeys.newPair()).named(names);
    }

    Leaf named(String... dnsNames) {
      names = dnsNames;
      return this;
    }

    /** From now on; negative: before. */
    Leaf until(Duration end) {
      until = end;
      return this;
    }

    Leaf purpose(KeyPurposeId only) {
      purpose = only;
      return this;
    }

    /** The URLs of its issuer, of OCSP and of the revocation list. */
    Leaf asks(String... urls) {
      asks = urls;
      return this;
    }

    Leaf authority() {
      authority = true;
      return this;
    }
  }
}
