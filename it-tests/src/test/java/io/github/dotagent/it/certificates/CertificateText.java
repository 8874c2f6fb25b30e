package io.github.dotagent.it.certificates;

import io.github.dotagent.it.harness.certificate.EcKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Builds a certificate from a text that names its fields. For one thread. */
final class CertificateText {
  /** A certificate with its key, so that it can sign others. */
  record Signed(X509Certificate certificate, KeyPair key) {}

  private static final ASN1ObjectIdentifier UNKNOWN =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

  private static final Map<String, KeyPurposeId> PURPOSES =
      Map.of(
          "server", KeyPurposeId.id_kp_serverAuth,
          "client", KeyPurposeId.id_kp_clientAuth,
          "mail", KeyPurposeId.id_kp_emailProtection,
          "ocsp", KeyPurposeId.id_kp_OCSPSigning,
          "any", KeyPurposeId.anyExtendedKeyUsage);

  private static final Map<String, Integer> USAGES =
      Map.of(
          "digitalSignature", KeyUsage.digitalSignature,
          "keyEncipherment", KeyUsage.keyEncipherment,
          "keyAgreement", KeyUsage.keyAgreement,
          "keyCertSign", KeyUsage.keyCertSign,
          "cRLSign", KeyUsage.cRLSign);

  private final Instant now = Instant.now();
  private final List<GeneralName> names = new ArrayList<>();
  private final List<KeyPurposeId> purposes = new ArrayList<>();
  private final Map<String, Signed> others;
  private X500Principal subject;
  private KeyPair key;
  private Signed issuer; // null: it signs itself
  private PrivateKeyOf signs = PrivateKeyOf.THE_ISSUER;
  private BasicConstraints basic = new BasicConstraints(false);
  private NameConstraints permitted;
  private int usage;
  private boolean versionOne;
  private boolean unknown;
  private boolean critical;
  private String signature = "";
  private Instant from = now.minus(Duration.ofDays(30));
  private Instant until = now.plus(Duration.ofDays(30));

  private enum PrivateKeyOf {
    THE_ISSUER,
    A_FORGER
  }

  private CertificateText(String name, Map<String, Signed> others) {
    this.others = others;
    this.subject = new X500Principal("CN=" + name);
  }

  /**
   * @param name its common name unless it says another
   * @param text as in the table
   * @param others that it may name
   */
  static Signed sign(String name, String text, Map<String, Signed> others) {
    CertificateText certificate = new CertificateText(name, others);
    for (String word : text.split(" ")) {
      if (!word.isEmpty()) {
        int equals = word.indexOf('=');
        certificate.say(
            equals < 0 ? word : word.substring(0, equals),
            equals < 0 ? "" : word.substring(equals + 1).replace("\\0", "\0"));
      }
    }
    try {
      return certificate.sign();
    } catch (IOException | GeneralSecurityException | OperatorCreationException broken) {
      throw new IllegalStateException(name + ": " + text, broken);
    }
  }

  private void say(String what, String value) {
    switch (what) {
      case "authority" -> basic = new BasicConstraints(true);
      case "pathlen" -> basic = new BasicConstraints(Integer.parseInt(value));
      case "permits" -> permitted = onlyBelow(value);
      case "version1" -> versionOne = true;
      case "key" -> key = newKey(value);
      case "usage" -> usage |= USAGES.get(value);
      case "purpose" -> purposes.add(PURPOSES.get(value));
      case "host" -> names.add(new GeneralName(GeneralName.dNSName, value));
      case "address" -> names.add(new GeneralName(GeneralName.iPAddress, value));
      case "mail" -> names.add(new GeneralName(GeneralName.rfc822Name, value));
      case "uri" -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, value));
      case "cn" -> subject = new X500Principal("CN=" + value);
      case "unknown" -> unknown = true;
      case "critical" -> critical = true;
      case "from" -> from = now.plus(duration(value));
      case "until" -> until = now.plus(duration(value));
      case "signature" -> signature = value;
      case "by" -> issuer = named(value);
      case "forged" -> {
        issuer = named(value);
        signs = PrivateKeyOf.A_FORGER;
      }
      case "same" -> {
        key = named(value).key();
        subject = named(value).certificate().getSubjectX500Principal();
      }
      default -> throw new IllegalArgumentException(what);
    }
  }

  private Signed named(String other) {
    Signed signed = others.get(other);
    if (signed == null) {
      throw new IllegalArgumentException("no certificate is called " + other);
    }
    return signed;
  }

  private static Duration duration(String text) {
    int unit = text.length() - 1;
    long number = Long.parseLong(text.substring(0, unit));
    return text.charAt(unit) == 'd' ? Duration.ofDays(number) : Duration.ofMinutes(number);
  }

  private static NameConstraints onlyBelow(String domain) {
    GeneralSubtree subtree = new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain));
    return new NameConstraints(new GeneralSubtree[] {subtree}, null);
  }

  private static KeyPair newKey(String kind) {
    try {
      KeyPairGenerator generator;
      if (kind.equals("p384")) {
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
      } else if (kind.equals("ed25519")) {
        generator = KeyPairGenerator.getInstance("Ed25519");
      } else {
        generator = KeyPairGenerator.getInstance(kind.substring(0, 3));
        generator.initialize(Integer.parseInt(kind.substring(3)));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  private Signed sign() throws IOException, GeneralSecurityException, OperatorCreationException {
    key = key == null ? EcKeys.newPair() : key;
    X500Principal issuerName =
        issuer == null ? subject : issuer.certificate().getSubjectX500Principal();
    KeyPair issuerKey = issuer == null ? key : issuer.key();
    ContentSigner signer = signer(signs == PrivateKeyOf.A_FORGER ? EcKeys.newPair() : issuerKey);
    X509CertificateHolder signed =
        versionOne ? versionOne(issuerName, signer) : versionThree(issuerName, issuerKey, signer);
    return new Signed(new JcaX509CertificateConverter().getCertificate(signed), key);
  }

  private BigInteger serial() {
    return new BigInteger(1, key.getPublic().getEncoded()).mod(BigInteger.ONE.shiftLeft(128));
  }

  private X509CertificateHolder versionOne(X500Principal issuerName, ContentSigner signer) {
    return new JcaX509v1CertificateBuilder(
            issuerName, serial(), Date.from(from), Date.from(until), subject, key.getPublic())
        .build(signer);
  }

  private X509CertificateHolder versionThree(
      X500Principal issuerName, KeyPair issuerKey, ContentSigner signer)
      throws IOException, GeneralSecurityException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuerName, serial(), Date.from(from), Date.from(until), subject, key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, basic);
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        identifiers.createSubjectKeyIdentifier(key.getPublic()));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        identifiers.createAuthorityKeyIdentifier(issuerKey.getPublic()));
    if (permitted != null) {
      builder.addExtension(Extension.nameConstraints, true, permitted);
    }
    if (usage != 0) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    }
    if (!purposes.isEmpty()) {
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
    }
    if (!names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
    }
    if (unknown) {
      builder.addExtension(UNKNOWN, critical, DERNull.INSTANCE);
    }
    return builder.build(signer);
  }

  private ContentSigner signer(KeyPair pair) throws OperatorCreationException {
    String usual =
        pair.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    JcaContentSignerBuilder builder =
        new JcaContentSignerBuilder(signature.isEmpty() ? usual : signature);
    if (signature.contains("MGF1")) { // the JDK has RSASSA-PSS under that one name alone
      builder.setProvider(new BouncyCastleProvider());
    }
    return builder.build(pair.getPrivate());
  }
}
