package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate in a trust store that has the shape of one, and an octet of another value. */
class DamagedCertificateTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root");

  @TempDir Path folder;

  private final CertificateFactory factory = factory();

  private static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (CertificateException broken) {
      throw new AssertionError(broken);
    }
  }

  private static byte[] der() {
    try {
      return ROOT.certificate().getEncoded();
    } catch (CertificateException broken) {
      throw new AssertionError(broken);
    }
  }

  private boolean isRead(byte[] der) {
    try {
      factory.generateCertificate(new ByteArrayInputStream(der));
      return true;
    } catch (CertificateException | RuntimeException damaged) {
      return false;
    }
  }

  /** Else a start would not tell of it, and each lookup would fail. */
  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aPlainCertificateWithAnyBitFlippedIsReadByTheJdk(String algorithm) throws Exception {
    byte[] good = authorities(algorithm).get(0).getEncoded();
    assertTrue(PlainCertificate.isOne(good));
    List<String> wrong = new ArrayList<>();
    int caught = 0;
    for (int octet = 0; octet < good.length; octet++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = good.clone();
        damaged[octet] ^= (byte) (1 << bit);
        boolean read = isRead(damaged);
        caught += read ? 0 : 1;
        if (PlainCertificate.isOne(damaged) && !read) {
          wrong.add("octet " + octet + " bit " + bit);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(caught > 500, "many of them cannot be read: " + caught);
  }

  /** So that a bundle of them costs a start next to nothing. */
  @Test
  void theAuthoritiesOfThisJdkArePlain() throws Exception {
    int plain = 0;
    List<Certificate> all = authorities("");
    for (Certificate authority : all) {
      plain += PlainCertificate.isOne(authority.getEncoded()) ? 1 : 0;
    }
    assertTrue(plain > all.size() * 9 / 10, plain + " of " + all.size());
    assertFalse(PlainCertificate.isOne(new byte[0]));
    assertFalse(PlainCertificate.isOne(new byte[1000]));
  }

  private static List<Certificate> authorities(String algorithm) throws Exception {
    KeyStore all = TrustAnchors.read(policy(null));
    List<Certificate> authorities = new ArrayList<>();
    for (String alias : Collections.list(all.aliases())) {
      Certificate authority = all.getCertificate(alias);
      if (authority.getPublicKey().getAlgorithm().contains(algorithm)) {
        authorities.add(authority);
      }
    }
    return authorities;
  }

  @Test
  void inAPemBundleItsNumberIsTold() throws Exception {
    Path pem = folder.resolve("ca.pem");
    Files.writeString(pem, block(der()) + block(damaged()) + block(der()));
    told(
        pem,
        "holds a certificate that is damaged, or of a kind that this Java does not know, number 2");
  }

  @Test
  void inAKeyStoreItsAliasIsTold() throws Exception {
    Path jks = folder.resolve("ca.jks");
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setCertificateEntry("good", ROOT.certificate());
    store.setCertificateEntry("bad", ROOT.certificate());
    try (OutputStream out = Files.newOutputStream(jks)) {
      store.store(out, "changeit".toCharArray());
    }
    byte[] octets = Files.readAllBytes(jks);
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    int alias = text.indexOf("\0\3bad");
    String good = new String(der(), StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(good, alias);
    System.arraycopy(damaged(), 0, octets, begin, der().length);
    Files.write(jks, octets);
    told(
        jks,
        "holds a certificate that is damaged, or of a kind that this Java does not know, under the"
            + " alias bad");
  }

  /** The JDK reads all of it or nothing, and does not say where it stopped. */
  @Test
  void aPkcs12StoreHasAHintAtTheDamagedCertificate() throws Exception {
    byte[] octets =
        new PKCS12PfxPduBuilder()
            .addData(new JcaPKCS12SafeBagBuilder(ROOT.certificate()).build())
            .build(null, null)
            .getEncoded();
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(new String(der(), StandardCharsets.ISO_8859_1));
    System.arraycopy(damaged(), 0, octets, begin, der().length);
    told(
        Files.write(folder.resolve("ca.p12"), octets),
        "holds a certificate that is damaged, or of a kind that this Java does not know",
        "copy it again, or convert it to PEM (openssl pkcs12 -nokeys): then the message says which"
            + " one");
  }

  private void told(Path file, String why) throws IOException {
    told(file, why, "copy it again, or take it out");
  }

  private void told(Path file, String why, String remedy) throws IOException {
    TlsPolicy policy = policy(new TrustStoreSpec(file, null, null));
    TlsFailure refused = assertThrows(TlsFailure.class, () -> TrustStoreCheck.check(policy));
    assertEquals("trust store " + file + " " + why + "; " + remedy, refused.getMessage());
    assertTrue(Files.size(file) > 0);
  }

  private static TlsPolicy policy(TrustStoreSpec store) {
    return new TlsPolicy(Authentication.NAME, Set.of(), PinMode.ENFORCE, store);
  }

  /** The version is another: RFC 5280 knows three. */
  private static byte[] damaged() {
    byte[] damaged = der();
    for (int i = 0; i < damaged.length; i++) {
      if ((damaged[i] & 0xff) == 0xa0) {
        damaged[i + 4] = 9;
        return damaged;
      }
    }
    throw new AssertionError("no version");
  }

  private static String block(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }
}
