package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The iterations of a PKCS12 store are known without opening it. */
class Pkcs12IterationsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final TestCertificate ROOT = TestCertificate.root("Root");

  /** As keytool writes it: MAC, certificates, and a key, with the same number each. */
  @Test
  void aStoreOfTheJdkIsCounted() throws Exception {
    KeyStore store = Anchors.of("PKCS12", ROOT);
    long two = Pkcs12Iterations.of(stored(store));
    assertTrue(two > 0);
    store.setKeyEntry(
        "key", ROOT.key().getPrivate(), PASSWORD, new Certificate[] {ROOT.certificate()});
    assertEquals(two / 2 * 3, Pkcs12Iterations.of(stored(store)));
    assertFalse(Pkcs12Iterations.areTooMany(stored(store)));
  }

  @Test
  void eachPartIsCounted() {
    for (Pkcs12 form : List.of(Pkcs12.der(), Pkcs12.ber())) {
      assertEquals(7, Pkcs12Iterations.of(form.store(7)));
      byte[] all =
          form.store(
              1,
              form.encrypted(form.pbes1(20)),
              form.encrypted(form.pbes2(300)),
              form.encryptedKey(form.pbes1(4_000)),
              form.encryptedKey(form.pbes2(50_000)));
      assertEquals(54_321, Pkcs12Iterations.of(all));
    }
  }

  @Test
  void theLimitIsOfAllPartsTogether() {
    Pkcs12 form = Pkcs12.der();
    long half = Pkcs12Iterations.MOST / 2;
    assertFalse(Pkcs12Iterations.areTooMany(form.store(half, form.encrypted(form.pbes2(half)))));
    assertTrue(Pkcs12Iterations.areTooMany(form.store(half, form.encrypted(form.pbes2(half + 1)))));
    assertTrue(Pkcs12Iterations.areTooMany(form.store(Long.MAX_VALUE)));
  }

  /** What follows the damage can no longer be read, nor can a reader get there. */
  @Test
  void ofADamagedStoreTheBeginningIsCounted() {
    Pkcs12 form = Pkcs12.der();
    byte[] store =
        form.store(5, form.encrypted(form.pbes2(300)), form.encryptedKey(form.pbes1(20)));
    for (int length = 0; length < store.length; length++) {
      assertTrue(Pkcs12Iterations.of(Arrays.copyOf(store, length)) <= 325);
    }
    for (int i = 0; i < store.length; i++) {
      byte[] damaged = store.clone();
      damaged[i] ^= (byte) 0xff;
      Pkcs12Iterations.of(damaged); // without an exception
    }
  }

  /** An explicit curve has an OCTET STRING and a number behind it, which is none of iterations. */
  @Test
  void theContentOfCertificatesIsNotCounted() {
    Pkcs12 form = Pkcs12.der();
    byte[] pair = form.sequence(Pkcs12.string(new byte[8]), Pkcs12.number(9_000_000));
    byte[] certificateBag = form.sequence(Pkcs12.string(pair));
    assertEquals(1, Pkcs12Iterations.of(form.store(1, form.data(certificateBag))));
    byte[] curve =
        form.sequence(
            Pkcs12.number(1),
            form.sequence(Pkcs12.number(23)),
            form.sequence(Pkcs12.string(new byte[8]), Pkcs12.string(new byte[8])),
            Pkcs12.string(new byte[8]),
            Pkcs12.number(9_000_000));
    assertEquals(1, Pkcs12Iterations.of(form.store(1, form.data(curve))));
  }

  @Test
  void whatNestsWithoutEndIsLeftToTheJdk() {
    byte[] nested = new byte[100_000];
    for (int i = 0; i < nested.length; i += 2) {
      nested[i] = (byte) (i % 4 == 0 ? 0x24 : 0x30);
      nested[i + 1] = (byte) 0x80;
    }
    assertEquals(0, Pkcs12Iterations.of(nested));
    assertEquals(0, Pkcs12Iterations.of(new byte[] {0x30, (byte) 0x84, -1, -1, -1, -1, 0}));
    assertEquals(0, Pkcs12Iterations.of(new byte[0]));
  }

  private static byte[] stored(KeyStore store) throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, PASSWORD);
    return out.toByteArray();
  }
}
