package io.github.dotagent.it.harness.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A server's chain and key as files, for servers of other projects. Immutable. */
public record PemFiles(Path chain, Path key) {
  private static final int LINE = 64; // RFC 7468 §2

  static PemFiles write(Path folder, ServerCertificate certificate) {
    StringBuilder chain = new StringBuilder();
    certificate.chain().forEach(each -> chain.append(certificate(each)));
    try {
      Files.createDirectories(folder);
      return new PemFiles(
          Files.writeString(folder.resolve("chain.pem"), chain.toString()),
          Files.writeString(
              folder.resolve("key.pem"), block("EC PRIVATE KEY", sec1(certificate.key()))));
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** RFC 5915 with the public key: GnuTLS reads none without, and the JDK's PKCS #8 has it not. */
  private static byte[] sec1(KeyPair pair) throws IOException {
    var info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
    var publicKey = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    var key = (java.security.interfaces.ECPrivateKey) pair.getPrivate();
    int bits = key.getParams().getOrder().bitLength();
    ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
    return new ECPrivateKey(bits, key.getS(), publicKey.getPublicKeyData(), curve).getEncoded();
  }

  /** One certificate in PEM. */
  public static String certificate(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String block(String label, byte[] octets) {
    Base64.Encoder base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + label
        + "-----\n"
        + base64.encodeToString(octets)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
