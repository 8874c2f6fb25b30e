package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with a client's key: what is read, and the one message for what cannot be. */
class ClientKeyTest {
  private static final TestCertificate ROOT = TestCertificate.root("Clients");
  private static final TestCertificate EC = TestCertificate.named("client").signedBy(ROOT);

  @TempDir Path folder;

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  /** A file with both. */
  static String keyAndCertificate(TestCertificate of) {
    return key(of) + certificate(of);
  }

  private static String key(TestCertificate of) {
    return pem("PRIVATE KEY", of.key().getPrivate().getEncoded());
  }

  static String certificate(TestCertificate of) {
    try {
      return pem("CERTIFICATE", of.certificate().getEncoded());
    } catch (CertificateEncodingException broken) {
      throw new AssertionError(broken);
    }
  }

  private ClientKey read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("client.pem"), text);
    return ClientKey.read(new ClientCertificateSpec(file, null));
  }

  /** What is said behind the file's name. */
  private String refused(String text) {
    String message = assertThrows(TlsFailure.class, () -> read(text)).getMessage();
    String beginning = "client certificate " + folder.resolve("client.pem") + " ";
    assertEquals(beginning, message.substring(0, beginning.length()));
    return message.substring(beginning.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519", "RSASSA-PSS"})
  void pem(String algorithm) throws IOException {
    KeyPair pair = TestCertificate.key(algorithm, algorithm.startsWith("RSA") ? 2048 : 0);
    TestCertificate own = TestCertificate.named("client", pair).signedBy(ROOT);
    ClientKey read = read("a comment\n" + key(own) + certificate(own) + certificate(ROOT));
    assertEquals(own.certificate(), read.chain().get(0));
    assertEquals(2, read.chain().size());
    assertEquals(pair.getPrivate(), read.key());
    assertEquals(own.certificate(), read(certificate(own) + key(own)).chain().get(0));
  }

  @Test
  void pkcs12() throws Exception {
    Path file = folder.resolve("client.p12");
    write(file, "secret");
    ClientKey read = ClientKey.read(new ClientCertificateSpec(file, "secret"));
    assertEquals(EC.certificate(), read.chain().get(0));
    assertEquals(
        "client certificate "
            + file
            + " cannot be read: the password is wrong, or it is damaged; correct"
            + " dotagent.clientCertificates.password",
        refusal(file, "wrong"));
    assertEquals(
        "client certificate "
            + file
            + " cannot be read without its password, or is damaged; give the password with"
            + " dotagent.clientCertificates.password",
        refusal(file, null));
  }

  /** Whatever the password is: it would have to be tried. */
  @Test
  void pkcs12OfMillionsOfIterations() throws Exception {
    Pkcs12 form = Pkcs12.der();
    byte[] store = form.store(2_600_000, form.encryptedKey(form.pbes2(2_600_000)));
    Path file = Files.write(folder.resolve("client.p12"), store);
    for (String password : new String[] {"secret", null}) {
      assertEquals(
          "client certificate "
              + file
              + " takes too long to open: its iteration counts add up to more than 5,000,000;"
              + " convert it to PEM (openssl pkcs12 -nodes)",
          refusal(file, password));
    }
  }

  private static String refusal(Path file, String password) {
    return assertThrows(
            TlsFailure.class, () -> ClientKey.read(new ClientCertificateSpec(file, password)))
        .getMessage();
  }

  private static void write(Path file, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "me",
        EC.key().getPrivate(),
        password.toCharArray(),
        new Certificate[] {EC.certificate(), ROOT.certificate()});
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
  }

  @Test
  void mistakesAreRefusedWithAReason() throws IOException {
    TestCertificate other = TestCertificate.named("other").signedBy(ROOT);
    KeyPair rsa = TestCertificate.key("RSA", 2048);
    TestCertificate another = TestCertificate.named("another", rsa).signedBy(ROOT);
    assertEquals(
        "holds no private key; write it into the file, as PKCS #8", refused(certificate(EC)));
    assertEquals(
        "holds a key and no certificate; write the certificate behind the key", refused(key(EC)));
    assertEquals(
        "holds more than one private key; leave one of them in it",
        refused(key(EC) + key(other) + certificate(EC)));
    assertEquals(
        "holds a key that is not the one of its first certificate; put the certificate of the key"
            + " first",
        refused(key(other) + certificate(EC)));
    assertEquals(
        "holds a key that is damaged, or not the one of its certificate (EC); put the certificate"
            + " of the key first",
        refused(key(another) + certificate(EC)));
    assertEquals(
        "holds a key as RSA PRIVATE KEY; convert it to PKCS #8 (openssl pkcs8 -topk8 -nocrypt)",
        refused(pem("RSA PRIVATE KEY", new byte[40]) + certificate(EC)));
    assertEquals(
        "holds a key as ENCRYPTED PRIVATE KEY; convert it to PKCS #8 (openssl pkcs8 -topk8"
            + " -nocrypt), or use a PKCS12 store with a password",
        refused(pem("ENCRYPTED PRIVATE KEY", new byte[40]) + certificate(EC)));
    assertEquals(
        "is cut short: a line -----END ...----- is missing; copy it whole",
        refused(key(EC).substring(0, 60)));
    assertEquals(
        "holds a certificate that is damaged, number 1; copy it again",
        refused(key(EC) + pem("CERTIFICATE", new byte[40])));
    assertEquals("is neither PEM nor a PKCS12 store; name one that is", refused("here is no key"));
  }

  /** A pair is not refused as two that do not belong together. */
  @Test
  void aKeyThatTlsCannotUse() throws IOException {
    TestCertificate dsa =
        TestCertificate.named("dsa", TestCertificate.key("DSA", 2048)).signedBy(ROOT);
    assertEquals(
        "has a key that cannot be used for TLS (DSA: not in TLS 1.3); use RSA, or EC with the curve"
            + " secp256r1",
        refused(key(dsa) + certificate(dsa)));
  }

  /** It needs no password, and is no store. */
  @Test
  void aCertificateOrAKeyAsDer() throws Exception {
    for (byte[] der : List.of(EC.certificate().getEncoded(), EC.key().getPrivate().getEncoded())) {
      Path file = Files.write(folder.resolve("client.der"), der);
      assertEquals(
          "client certificate " + file + " is neither PEM nor a PKCS12 store; name one that is",
          refusal(file, null));
    }
  }

  @Test
  void aServerOfTheNameAloneIsShownTheKey() throws IOException {
    ClientKeyManager keys = new ClientKeyManager(read(key(EC) + certificate(EC)));
    assertEquals("client", keys.chooseClientAlias(new String[] {"RSA", "EC"}, null, null));
    assertEquals("client", keys.chooseClientAlias(new String[] {"EC_EC"}, null, null));
    assertNull(keys.chooseClientAlias(new String[] {"RSA", "EdDSA"}, null, null));
    assertNull(new ClientKeyManager(null).chooseClientAlias(new String[] {"EC"}, null, null));
  }
}
