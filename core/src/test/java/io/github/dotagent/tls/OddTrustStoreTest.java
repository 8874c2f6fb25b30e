package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that users name as a trust store: the message at the start, with its remedy. */
class OddTrustStoreTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final String CERTIFICATE = block("CERTIFICATE", der(ROOT));
  private static final String KEY = block("PRIVATE KEY", ROOT.key().getPrivate().getEncoded());

  @TempDir private Path folder;

  /** No problem: it is read, and holds the one authority. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          pem                 | -      | -        | -                                   | -
          pem with UTF-8 mark | -      | -        | -                                   | -
          pem of Windows      | -      | -        | -                                   | -
          pem in one line     | -      | -        | -                                   | -
          pem with UTF-8      | -      | -        | -                                   | -
          pem without newline | PEM    | -        | -                                   | -
          pem with a CRL      | -      | -        | -                                   | -
          x509 certificate    | -      | -        | -                                   | -
          bag attributes      | -      | -        | -                                   | -
          jks                 | -      | -        | -                                   | -
          jks                 | PKCS12 | changeit | -                                   | -
          pkcs12              | JKS    | changeit | -                                   | -
          empty               | -      | -        | is empty                            | name another
          empty               | PEM    | -        | is empty                            | name another
          spaces              | -      | -        | holds no certificate                | name one
          words               | -      | -        | holds no certificate                | name one
          html                | -      | -        | holds no certificate                | name one
          binary              | -      | -        | holds no certificate                | name one
          key                 | -      | -        | holds a private key                 | certificates of the authorities
          pem and key         | -      | -        | holds a private key                 | certificates of the authorities
          encrypted key       | -      | -        | holds a private key                 | certificates of the authorities
          ec key              | -      | -        | holds a private key                 | certificates of the authorities
          public key          | -      | -        | but a PUBLIC KEY                    | -----BEGIN CERTIFICATE-----
          request             | -      | -        | but a CERTIFICATE REQUEST           | -----BEGIN CERTIFICATE-----
          pkcs7 pem           | -      | -        | but a PKCS7                         | -----BEGIN CERTIFICATE-----
          trusted certificate | -      | -        | holds a TRUSTED CERTIFICATE         | openssl x509
          no end              | -      | -        | -----END CERTIFICATE----- is missing | copy it again
          end of another      | -      | -        | -----END CERTIFICATE----- is missing | copy it again
          two begins          | -      | -        | -----END CERTIFICATE----- is missing | copy it again
          begin cut off       | -      | -        | number 1: the line that begins it   | copy it again
          not base64          | -      | -        | number 1: its content is not base64    | copy it again
          second damaged      | -      | -        | number 2: its content is not X.509    | copy it again
          nothing within      | -      | -        | number 1: it is empty               | copy it again
          key as certificate  | -      | -        | number 1: its content is not X.509    | copy it again
          cut short           | -      | -        | number 1: its content is not X.509    | copy it again
          longer              | -      | -        | number 1: its content is not X.509    | copy it again
          utf-16              | -      | -        | is text in UTF-16                   | save it as
          utf-16 unmarked     | -      | -        | is text in UTF-16                   | save it as
          der                 | -      | -        | is one certificate in DER           | openssl x509 -inform DER
          der                 | PKCS12 | -        | is one certificate in DER           | openssl x509 -inform DER
          pkcs7 der           | -      | -        | is PKCS #7 in DER                   | openssl pkcs7
          jceks               | -      | changeit | is a JCEKS store                    | keytool -importkeystore
          zip                 | -      | -        | is compressed                       | unpack it
          gzip                | -      | -        | is compressed                       | unpack it
          pem                 | JKS    | -        | is a PEM bundle, and not JKS        | dotagent.trustStoreType=PEM
          jks                 | PEM    | changeit | is a JKS store, and not PEM         | dotagent.trustStoreType=JKS
          pkcs12              | pem    | changeit | is a PKCS12 store, and not PEM      | dotagent.trustStoreType=PKCS12
          jks                 | JKS    | wrong    | the password is wrong               | correct dotagent.trustStorePassword
          pkcs12              | PKCS12 | wrong    | the password is wrong               | correct dotagent.trustStorePassword
          pkcs12              | -      | -        | without a password                  | give dotagent.trustStorePassword
          pkcs12 of a server  | -      | changeit | holds a private key and no certificate | keytool -importcert
          empty jks           | -      | changeit | holds no certificate                | keytool -importcert
          jks cut short       | -      | -        | is damaged                          | copy it again
          jks of one octet    | -      | -        | holds no certificate                | name one
          pkcs12 cut short    | -      | changeit | is damaged                          | copy it again
          pkcs12 of noise     | -      | changeit | is damaged                          | copy it again
          pkcs12 of millions  | -      | changeit | iteration counts add up to more     | convert it to PEM
          pkcs12 of millions  | -      | -        | without a password                  | give dotagent.trustStorePassword
          pkcs12 of nests     | -      | changeit | nests deeper than a store does      | convert it to PEM
          pkcs12 of nests     | -      | -        | nests deeper than a store does      | convert it to PEM
          jks of nests        | -      | -        | is damaged                          | copy it again
          folder              | -      | -        | is a folder                         | name a file in it
          pipe                | -      | -        | is a pipe or a device               | write its content to a file
          device              | -      | -        | is a pipe or a device               | write its content to a file
          huge                | -      | -        | is larger than 16 MB                | authorities alone
          absent              | -      | -        | no such file                        | correct dotagent.trustStore
          """)
  void isToldInWords(String what, String type, String password, String why, String remedy)
      throws Exception {
    Path file = made(what);
    TlsPolicy policy =
        new TlsPolicy(
            Authentication.NAME,
            Set.of(),
            PinMode.ENFORCE,
            new TrustStoreSpec(file, type, password));
    String atStart = problemAtStart(policy);
    String later = problemLater(policy);
    assertEquals(later, atStart, "the same at the start and in the background");
    if (why == null) {
      assertEquals(null, atStart);
      return;
    }
    assertTrue(atStart.startsWith("trust store " + file + " "), atStart);
    int end = atStart.lastIndexOf("; ");
    assertTrue(atStart.substring(0, end).contains(why), atStart);
    assertTrue(atStart.substring(end).contains(remedy), atStart);
    assertFalse(atStart.contains("null") || atStart.contains("\n"), atStart);
  }

  private static String problemAtStart(TlsPolicy policy) {
    try {
      TrustStoreCheck.isThorough(policy);
      TrustStoreCheck.check(policy);
      return null;
    } catch (TlsFailure told) {
      return told.getMessage();
    }
  }

  private static String problemLater(TlsPolicy policy) throws GeneralSecurityException {
    try {
      KeyStore read = TrustAnchors.read(policy);
      assertEquals(1, read.size());
      assertEquals(ROOT.certificate(), read.getCertificate(read.aliases().nextElement()));
      return null;
    } catch (TlsFailure told) {
      return told.getMessage();
    }
  }

  private Path made(String what) throws Exception {
    Path file = folder.resolve("store");
    switch (what) {
      case "absent":
        return file;
      case "folder":
        return Files.createDirectory(file);
      case "device":
        return Path.of("/dev/zero");
      case "pipe":
        assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
        return file;
      case "huge":
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
          sparse.setLength(1L << 40);
        }
        return file;
      default:
        return Files.write(file, octets(what));
    }
  }

  private static byte[] octets(String what) throws Exception {
    byte[] der = der(ROOT);
    return switch (what) {
      case "jks", "pkcs12" -> trusted(what.toUpperCase(java.util.Locale.ROOT));
      case "jceks" -> trusted("JCEKS");
      case "pkcs12 of a server" -> keyStore("PKCS12");
      case "empty jks" -> stored(Anchors.of("JKS"));
      case "jks cut short" -> Arrays.copyOf(trusted("JKS"), 100);
      case "jks of one octet" -> new byte[] {(byte) 0xfe};
      case "pkcs12 cut short" -> Arrays.copyOf(trusted("PKCS12"), 200);
      case "pkcs12 of millions" -> ofMillions();
      case "pkcs12 of nests" -> Pkcs12.der().store(1, Nests.closed(2_000));
      case "jks of nests" -> jksOf(Nests.open(64_000));
      case "pkcs12 of noise" -> noise(trusted("PKCS12"));
      case "der" -> der;
      case "pkcs7 der" ->
          java.security.cert.CertificateFactory.getInstance("X.509")
              .generateCertPath(java.util.List.of(ROOT.certificate()))
              .getEncoded("PKCS7");
      case "binary" -> new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 3};
      case "empty" -> new byte[0];
      case "zip" -> zip();
      case "gzip" -> gzip();
      case "utf-16" -> ("\ufeff" + CERTIFICATE).getBytes(StandardCharsets.UTF_16LE);
      case "utf-16 unmarked" -> CERTIFICATE.getBytes(StandardCharsets.UTF_16BE);
      case "pem with UTF-8 mark" -> ("\ufeff" + CERTIFICATE).getBytes(StandardCharsets.UTF_8);
      default -> text(what, der).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static String text(String what, byte[] der) {
    return switch (what) {
      case "pem" -> CERTIFICATE;
      case "pem of Windows" -> CERTIFICATE.replace("\n", "\r\n");
      case "pem in one line" ->
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getEncoder().encodeToString(der)
              + "\n-----END CERTIFICATE-----\n";
      case "pem with UTF-8" -> "# Behörde – Ämter\n" + CERTIFICATE;
      case "pem without newline" -> CERTIFICATE.trim();
      case "pem with a CRL" -> block("X509 CRL", new byte[] {0x30, 0}) + CERTIFICATE;
      case "x509 certificate" -> block("X509 CERTIFICATE", der);
      case "bag attributes" ->
          "Bag Attributes\n    friendlyName: x\nsubject=/CN=Root\n" + CERTIFICATE + "\nkey: none\n";
      case "spaces" -> " \n\n \t";
      case "words" -> "no store of any kind\n";
      case "html" -> "<!DOCTYPE html>\n<html><body>Log in, please</body></html>\n";
      case "key" -> KEY;
      case "pem and key" -> CERTIFICATE + KEY;
      case "encrypted key" -> block("ENCRYPTED PRIVATE KEY", new byte[] {0x30, 0}) + CERTIFICATE;
      case "ec key" -> block("EC PRIVATE KEY", new byte[] {0x30, 0});
      case "public key" -> block("PUBLIC KEY", ROOT.certificate().getPublicKey().getEncoded());
      case "request" -> block("CERTIFICATE REQUEST", new byte[] {0x30, 0});
      case "pkcs7 pem" -> block("PKCS7", new byte[] {0x30, 0});
      case "trusted certificate" -> block("TRUSTED CERTIFICATE", der);
      case "no end" -> CERTIFICATE.substring(0, CERTIFICATE.indexOf("-----END"));
      case "end of another" -> CERTIFICATE.replace("END CERTIFICATE", "END X509 CRL");
      case "two begins" -> CERTIFICATE.substring(0, CERTIFICATE.indexOf("-----END")) + CERTIFICATE;
      case "begin cut off" -> CERTIFICATE.replace("CERTIFICATE-----", "CERTIFICATE");
      case "not base64" -> CERTIFICATE.replace("-----\nM", "-----\n#");
      case "second damaged" ->
          CERTIFICATE + block("CERTIFICATE", Arrays.copyOfRange(der, 1, der.length));
      case "nothing within" -> block("CERTIFICATE", new byte[0]);
      case "key as certificate" -> KEY.replace("PRIVATE KEY", "CERTIFICATE");
      case "cut short" -> block("CERTIFICATE", Arrays.copyOf(der, der.length - 10));
      case "longer" -> block("CERTIFICATE", Arrays.copyOf(der, der.length + 1));
      default -> throw new AssertionError(what);
    };
  }

  private static byte[] trusted(String type) throws IOException, GeneralSecurityException {
    return stored(Anchors.of(type, ROOT));
  }

  private static byte[] keyStore(String type) throws IOException, GeneralSecurityException {
    KeyStore store = Anchors.of(type);
    store.setKeyEntry(
        "server", ROOT.key().getPrivate(), PASSWORD, new Certificate[] {ROOT.certificate()});
    store.setKeyEntry("secret", new SecretKeySpec(new byte[16], "AES"), PASSWORD, null);
    return stored(store);
  }

  private static byte[] stored(KeyStore store) throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, PASSWORD);
    return out.toByteArray();
  }

  /** One authority, whose certificate is these octets. */
  private static byte[] jksOf(byte[] certificate) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(octets);
    out.writeInt(TrustStoreFile.JKS_MAGIC);
    out.writeInt(2); // the version
    out.writeInt(1); // entry
    out.writeInt(2); // a certificate
    out.writeUTF("root");
    out.writeLong(0);
    out.writeUTF("X.509");
    out.writeInt(certificate.length);
    out.write(certificate);
    out.write(new byte[20]); // a digest, which is not asked for without a password
    return octets.toByteArray();
  }

  /** The JDK does each part, up to the first that the password does not open. */
  private static byte[] ofMillions() {
    Pkcs12 form = Pkcs12.der();
    byte[][] parts = new byte[50][];
    Arrays.fill(parts, form.encrypted(form.pbes2(2_000_000)));
    return form.store(2_000_000, parts);
  }

  /** What is not the beginning is another. */
  private static byte[] noise(byte[] octets) {
    for (int i = 30; i < octets.length; i++) {
      octets[i] ^= (byte) (i * 31);
    }
    return octets;
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("ca.pem"));
      zip.write(CERTIFICATE.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  private static byte[] gzip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(CERTIFICATE.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  private static byte[] der(TestCertificate certificate) {
    try {
      return certificate.certificate().getEncoded();
    } catch (GeneralSecurityException itIsEncoded) {
      throw new AssertionError(itIsEncoded);
    }
  }

  private static String block(String label, byte[] octets) {
    Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN "
        + label
        + "-----\n"
        + base64.encodeToString(octets)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
