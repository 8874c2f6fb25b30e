package io.github.dotagent.tls;

import io.github.dotagent.net.TerminalText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The user's private key and its certificates, the certificate of the key first. Immutable. */
final class ClientKey {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /** The label of a key in PKCS #8, RFC 7468 §10. */
  private static final String PKCS8 = "PRIVATE KEY";

  /** The label of an encrypted key, RFC 7468 §11. */
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

  private static final String NO_FORM = "is neither PEM nor a PKCS12 store; name one that is";

  /**
   * The key signs these octets and the certificate verifies the signature, to see that they are a
   * pair. The content does not matter.
   */
  private static final byte[] CHALLENGE = {'d', 'o', 't'};

  /** {@code id-Ed25519}, RFC 8410 §3: the algorithm's name in a Java that does not know it. */
  private static final String ED25519_OID = "1.3.101.112";

  /** {@code rsa_pss_pss_sha256}, RFC 8446 §4.2.3: the salt is as long as the digest. */
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private ClientKey(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = Collections.unmodifiableList(chain);
  }

  PrivateKey key() {
    return key;
  }

  List<X509Certificate> chain() {
    return chain;
  }

  /** Whether it is the same key, with the same certificates. */
  boolean isSame(ClientKey other) {
    return other != null
        && chain.equals(other.chain)
        && MessageDigest.isEqual(key.getEncoded(), other.key.getEncoded());
  }

  /**
   * @throws TlsFailure when it cannot be used; the message names the file, and what to do
   */
  static ClientKey read(ClientCertificateSpec spec) throws TlsFailure {
    JdkProviders providers = JdkProviders.ofThisJvm();
    JdkProviders.Alone alone = providers.begin();
    try {
      return read(spec, providers);
    } catch (StackOverflowError deep) { // as in TrustAnchors
      throw failure(spec.file(), "nests deeper than one does; convert it to PEM", deep);
    } finally {
      alone.end();
    }
  }

  private static ClientKey read(ClientCertificateSpec spec, JdkProviders providers)
      throws TlsFailure {
    byte[] octets = octets(spec.file());
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    ClientKey read =
        text.contains(BEGIN)
            ? pem(spec.file(), text, providers)
            : pkcs12(spec.file(), octets, spec.password().orElse(null), providers);
    read.checkIsOnePair(spec.file());
    return read;
  }

  private static byte[] octets(Path file) throws TlsFailure {
    try {
      return TrustStoreFile.read(file).octets();
    } catch (TlsFailure unreadable) {
      String why = unreadable.getMessage();
      throw failure(
          file, why.substring(why.indexOf(file.toString()) + file.toString().length() + 1), null);
    }
  }

  private static ClientKey pem(Path file, String text, JdkProviders providers) throws TlsFailure {
    List<X509Certificate> chain = new ArrayList<>();
    byte[] key = null;
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      String label = labelEnd < 0 ? "" : text.substring(at + BEGIN.length(), labelEnd);
      int end = text.indexOf(END + label + DASHES, at);
      if (label.isEmpty() || end < 0) {
        throw failure(
            file, "is cut short: a line -----END ...----- is missing; copy it whole", null);
      }
      byte[] der = der(file, label, text.substring(labelEnd + DASHES.length(), end));
      if (label.equals("CERTIFICATE")) {
        chain.add(certificate(file, der, chain.size() + 1, providers));
      } else if (label.equals(PKCS8)) {
        if (key != null) {
          throw failure(file, "holds more than one private key; leave one of them in it", null);
        }
        key = der;
      } else if (label.endsWith(PKCS8)) {
        throw failure(
            file,
            "holds a key as "
                + TerminalText.of(label)
                + "; convert it to PKCS #8 (openssl pkcs8 -topk8 -nocrypt"
                + (label.equals(ENCRYPTED) ? "), or use a PKCS12 store with a password" : ")"),
            null);
      }
    }
    if (key == null) {
      throw failure(file, "holds no private key; write it into the file, as PKCS #8", null);
    }
    if (chain.isEmpty()) {
      throw failure(
          file, "holds a key and no certificate; write the certificate behind the key", null);
    }
    return new ClientKey(privateKey(file, key, chain.get(0)), chain);
  }

  private static byte[] der(Path file, String label, String base64) throws TlsFailure {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException encryptedOrDamaged) {
      throw failure(
          file,
          base64.contains("ENCRYPTED")
              ? "holds a key as "
                  + TerminalText.of(label)
                  + " with a password; convert it to PKCS #8 (openssl pkcs8 -topk8 -nocrypt)"
              : "holds a " + TerminalText.of(label) + " that is not base64; copy it again",
          encryptedOrDamaged);
    }
  }

  private static X509Certificate certificate(
      Path file, byte[] der, int number, JdkProviders providers) throws TlsFailure {
    Exception cause = null;
    try {
      if (DerCertificate.isOne(der)) {
        CertificateFactory factory = providers.certificates();
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
      }
    } catch (CertificateException | RuntimeException damaged) {
      cause = damaged;
    }
    throw failure(
        file, "holds a certificate that is damaged, number " + number + "; copy it again", cause);
  }

  private static PrivateKey privateKey(Path file, byte[] pkcs8, X509Certificate certificate)
      throws TlsFailure {
    String algorithm = certificate.getPublicKey().getAlgorithm();
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException another) {
      throw failure(
          file,
          "holds a key that is damaged, or not the one of its certificate ("
              + algorithm
              + ")"
              + "; put the certificate of the key first",
          another);
    } catch (GeneralSecurityException unknown) {
      throw failure(file, unknownKind(algorithm), unknown);
    }
  }

  private static String unknownKind(String algorithm) {
    boolean ed25519 = algorithm.equals(ED25519_OID) || algorithm.startsWith("Ed");
    return "has a key of a kind that this Java does not know ("
        + (ed25519 ? "Ed25519, which Java 15 and newer know" : TerminalText.of(algorithm))
        + "); use RSA or EC";
  }

  private static ClientKey pkcs12(Path file, byte[] octets, char[] password, JdkProviders providers)
      throws TlsFailure {
    String problem = Pkcs12Iterations.problem(octets, true);
    if (problem != null) {
      throw failure(
          file,
          isPkcs12(octets) ? problem + "; convert it to PEM (openssl pkcs12 -nodes)" : NO_FORM,
          null);
    }
    try {
      KeyStore store = providers.keyStore("PKCS12");
      store.load(new ByteArrayInputStream(octets), password == null ? new char[0] : password);
      ClientKey only = null;
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          if (only != null) {
            throw failure(file, "holds more than one private key; leave one of them in it", null);
          }
          Key key = store.getKey(alias, password == null ? new char[0] : password);
          only = new ClientKey((PrivateKey) key, chain(store.getCertificateChain(alias)));
        }
      }
      if (only == null || only.chain.isEmpty()) {
        throw failure(file, "holds no private key with its certificate; name one that does", null);
      }
      return only;
    } catch (TlsFailure told) {
      throw told;
    } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
      throw failure(file, isPkcs12(octets) ? ofPassword(password) : NO_FORM, unreadable);
    }
  }

  /** A SEQUENCE that begins with the version, 3 (RFC 7292 §4): not a certificate or key as DER. */
  private static boolean isPkcs12(byte[] octets) {
    if (octets.length < 2 || octets[0] != 0x30) {
      return false;
    }
    int lengthOctets = octets[1] < 0 ? octets[1] & 0x7f : 0; // 0 also for an indefinite length
    int version = 2 + lengthOctets;
    return octets.length >= version + 3
        && octets[version] == 2
        && octets[version + 1] == 1
        && octets[version + 2] == 3;
  }

  private static String ofPassword(char[] password) {
    return password == null
        ? "cannot be read without its password, or is damaged; give the password with"
            + " dotagent.clientCertificates.password"
        : "cannot be read: the password is wrong, or it is damaged; correct"
            + " dotagent.clientCertificates.password";
  }

  private static List<X509Certificate> chain(Certificate[] certificates) {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : certificates == null ? new Certificate[0] : certificates) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  /** Fails now, with the reason: a server would only say that it refuses the certificate. */
  private void checkIsOnePair(Path file) throws TlsFailure {
    byte[] signed = signed(file);
    try {
      Signature verifying = signature();
      verifying.initVerify(chain.get(0).getPublicKey());
      verifying.update(CHALLENGE);
      if (verifying.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException | RuntimeException other) {
      throw failure(file, otherPair(), other);
    }
    throw failure(file, otherPair(), null);
  }

  private byte[] signed(Path file) throws TlsFailure {
    try {
      Signature signing = signature();
      signing.initSign(key);
      signing.update(CHALLENGE);
      return signing.sign();
    } catch (GeneralSecurityException | RuntimeException unable) {
      String reason = String.valueOf(unable.getMessage());
      throw failure(file, notUsable(key.getAlgorithm(), reason), unable);
    }
  }

  private static String otherPair() {
    return "holds a key that is not the one of its first certificate; put the certificate of the"
        + " key first";
  }

  private static String notUsable(String algorithm, String reason) {
    return "has a key that cannot be used for TLS ("
        + TerminalText.of(algorithm + (reason.isEmpty() ? "" : ": " + reason))
        + "); use RSA, or EC with the curve secp256r1";
  }

  /**
   * The signature that TLS uses for the key (RFC 8446 §4.2.3). TLS 1.3 has no DSA, and no JSSE
   * sends a DSA certificate any more.
   */
  private Signature signature() throws GeneralSecurityException {
    String algorithm = key.getAlgorithm();
    switch (algorithm.toUpperCase(Locale.ROOT)) {
      case "RSA":
        return Signature.getInstance("SHA256withRSA");
      case "RSASSA-PSS":
        Signature pss = Signature.getInstance(algorithm);
        pss.setParameter(PSS);
        return pss;
      case "EC":
        return Signature.getInstance("SHA256withECDSA");
      case "DSA":
        throw new NoSuchAlgorithmException("not in TLS 1.3");
      default:
        return Signature.getInstance(algorithm);
    }
  }

  private static TlsFailure failure(Path file, String why, Throwable cause) {
    return new TlsFailure(
        TlsFailure.Kind.HANDSHAKE, "client certificate " + file + ' ' + why, cause);
  }
}
