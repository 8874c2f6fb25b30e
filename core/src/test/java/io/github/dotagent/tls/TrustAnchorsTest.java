package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustAnchorsTest {
  private static final String PASSWORD = "changeit";
  private static final TestCertificate ONE = TestCertificate.root("One");
  private static final TestCertificate TWO = TestCertificate.root("Two");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "JKS,JKS,changeit",
    "JKS,,changeit",
    "JKS,jks,",
    "JKS,,",
    "PKCS12,PKCS12,changeit",
    "PKCS12,pkcs12,changeit",
    "PKCS12,,changeit"
  })
  void storesOfTheJdk(String stored, String named, String password) throws Exception {
    assertEquals(both(), certificates(read(store(stored, ONE, TWO), named, password)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PEM", "pem", ""})
  void aPemBundle(String named) throws Exception {
    Path file = text(pem(ONE) + pem(TWO));
    assertEquals(both(), certificates(read(file, named.isEmpty() ? null : named, null)));
  }

  @Test
  void aPemBundleWithWordsInIt() throws Exception {
    String words = "# One - the first of two --\nsubject=CN = One\n".repeat(100);
    Path file = text(words + pem(ONE) + "\n# and Two\n" + pem(TWO));
    assertEquals(both(), certificates(read(file, null, null)));
  }

  @Test
  void theJdksOwnByDefault() throws Exception {
    Path cacerts = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    KeyStore expected = KeyStore.getInstance(cacerts.toFile(), (char[]) null);
    KeyStore read = TrustAnchors.read(policy(null));
    assertEquals(certificates(expected), certificates(read));
    assertTrue(read.size() > 0);
  }

  @Test
  void neverTheApplications() throws Exception {
    Set<Certificate> jdks = certificates(TrustAnchors.read(policy(null)));
    String property = "javax.net.ssl.trustStore";
    String before = System.getProperty(property);
    System.setProperty(property, store("JKS", ONE).toString());
    try {
      assertEquals(jdks, certificates(TrustAnchors.read(policy(null))));
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  @Test
  void aFileThatIsNotThere() {
    Path file = folder.resolve("absent");
    assertEquals(
        "trust store " + file + " cannot be read: no such file; correct dotagent.trustStore",
        refusal(file, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "PKCS12"})
  void aWrongPassword(String type) throws Exception {
    Path file = store(type, ONE);
    String reason = refusal(file, type, "wrong");
    assertTrue(reason.startsWith("trust store " + file + " cannot be read: "), reason);
    assertTrue(reason.contains("password"), reason);
  }

  @Test
  void aPasswordThatIsMissing() throws Exception {
    Path file = store("PKCS12", ONE);
    assertEquals(
        "trust store "
            + file
            + " holds no certificate that can be read without a password; give"
            + " dotagent.trustStorePassword, or import the authorities with keytool -importcert",
        refusal(file, "PKCS12"));
  }

  @Test
  void aStoreThatIsEmpty() throws Exception {
    Path file = store("JKS");
    String reason = refusal(file, "JKS", PASSWORD);
    assertTrue(reason.startsWith("trust store " + file + " holds no certificate"), reason);
  }

  @Test
  void aTextWithoutCertificate() throws IOException {
    Path file = text("nothing of use\n");
    String reason = refusal(file, "PEM");
    assertTrue(reason.startsWith("trust store " + file + " "), reason);
  }

  @Test
  void aDamagedBundle() throws IOException {
    Path file = text(pem(ONE) + pem(TWO).replace("-----\nMII", "-----\n!II"));
    String reason = refusal(file, null);
    assertTrue(reason.contains(" holds a certificate that is damaged, number 2: "), reason);
  }

  @Test
  void aFileThatIsNotAStoreIsRefused() throws IOException {
    Path file = text("\u0000\u0001\u0002 garbage");
    String reason = refusal(file, null);
    assertTrue(reason.startsWith("trust store " + file + " holds no certificate: "), reason);
  }

  private String refusal(Path file, String type) {
    return refusal(file, type, null);
  }

  private static String refusal(Path file, String type, String password) {
    TlsFailure failure = assertThrows(TlsFailure.class, () -> read(file, type, password));
    assertEquals(TlsFailure.Kind.UNTRUSTED, failure.kind());
    return failure.getMessage();
  }

  private static KeyStore read(Path file, String type, String password) throws TlsFailure {
    return TrustAnchors.read(policy(new TrustStoreSpec(file, type, password)));
  }

  private static TlsPolicy policy(TrustStoreSpec store) {
    return new TlsPolicy(Authentication.NAME, Set.of(), PinMode.ENFORCE, store);
  }

  private Path store(String type, TestCertificate... trusted)
      throws IOException, GeneralSecurityException {
    Path file = folder.resolve("store");
    try (OutputStream out = Files.newOutputStream(file)) {
      Anchors.of(type, trusted).store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private Path text(String content) throws IOException {
    return Files.writeString(folder.resolve("bundle"), content, StandardCharsets.US_ASCII);
  }

  private static String pem(TestCertificate certificate) {
    try {
      byte[] der = certificate.certificate().getEncoded();
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
      return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException itIsEncoded) {
      throw new AssertionError(itIsEncoded);
    }
  }

  private static Set<Certificate> both() {
    return Set.of(ONE.certificate(), TWO.certificate());
  }

  private static Set<Certificate> certificates(KeyStore store) throws GeneralSecurityException {
    Set<Certificate> all = new HashSet<>();
    for (String alias : Collections.list(store.aliases())) {
      all.add(store.getCertificate(alias));
    }
    return all;
  }
}
