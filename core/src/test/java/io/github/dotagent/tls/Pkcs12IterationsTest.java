package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
  private static final String TOO_MANY =
      "takes too long to open: its iteration counts add up to more than 5,000,000";
  private static final String UNCLEAR = "is damaged, or nests deeper than a store does";
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
    assertNull(Pkcs12Iterations.problem(stored(store), true));
  }

  @Test
  void eachPartIsCounted() throws IOException {
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
    byte[] most = form.store(half, form.encrypted(form.pbes2(half)));
    assertNull(Pkcs12Iterations.problem(most, true));
    for (byte[] store :
        List.of(
            form.store(half, form.encrypted(form.pbes2(half + 1))), form.store(Long.MAX_VALUE))) {
      assertEquals(TOO_MANY, Pkcs12Iterations.problem(store, true));
      assertNull(Pkcs12Iterations.problem(store, false));
    }
  }

  /** What follows the damage can no longer be read, nor can a reader get there. */
  @Test
  void ofADamagedStoreTheBeginningIsCounted() throws IOException {
    Pkcs12 form = Pkcs12.der();
    byte[] store =
        form.store(5, form.encrypted(form.pbes2(300)), form.encryptedKey(form.pbes1(20)));
    for (int length = 0; length < store.length; length++) {
      assertTrue(Pkcs12Iterations.of(Arrays.copyOf(store, length)) <= 325);
    }
    for (int i = 0; i < store.length; i++) {
      byte[] damaged = store.clone();
      damaged[i] ^= (byte) 0xff;
      Pkcs12Iterations.problem(damaged, true); // without an exception
    }
  }

  /** The JDK reads the algorithm of such a part, skips what stands behind, and goes on. */
  @Test
  void damageWithinAPartDoesNotEndTheCount() throws IOException {
    byte[] nested = new byte[0];
    for (int i = 0; i < 32; i++) {
      nested = Pkcs12.element(0x30, nested);
    }
    for (byte[] behind :
        List.of(
            new byte[] {4, 0x7f}, new byte[] {0x1f, 1, 0}, new byte[] {4, (byte) 0x85}, nested)) {
      Pkcs12 form = Pkcs12.der();
      byte[] store =
          form.store(1, form.encrypted(form.pbes1(20), behind), form.encrypted(form.pbes2(300)));
      assertEquals(321, Pkcs12Iterations.of(store));
    }
  }

  /** Where the JDK finds their end, and what it reads then, cannot be told. */
  @Test
  void damageWithinIndefiniteLengthsIsRefused() {
    Pkcs12 form = Pkcs12.ber();
    for (byte[] behind : List.of(new byte[] {4, 0x7f}, new byte[] {4, (byte) 0x80})) {
      byte[] store = form.store(1, form.encrypted(form.pbes1(20), behind));
      assertEquals(UNCLEAR, Pkcs12Iterations.problem(store, true));
      assertEquals(UNCLEAR, Pkcs12Iterations.problem(store, false));
    }
    byte[] cut = form.store(1, form.encrypted(form.pbes1(20)));
    assertEquals(UNCLEAR, Pkcs12Iterations.problem(Arrays.copyOf(cut, cut.length - 1), true));
  }

  /** A salt and what is encrypted may begin as an element does. */
  @Test
  void noiseIsNotRead() throws IOException {
    byte[] noise = {0x30, (byte) 0x80, 4, 1, 0, 2, 1, 9, 0x24, (byte) 0x80};
    for (Pkcs12 form : List.of(Pkcs12.der(), Pkcs12.ber())) {
      byte[] salted = form.sequence(Pkcs12.string(noise), Pkcs12.number(20));
      byte[] store = form.store(1, salted, form.encryptedInPieces(form.pbes1(300), noise));
      assertEquals(321, Pkcs12Iterations.of(store));
    }
  }

  /** An explicit curve has an OCTET STRING and a number behind it, which is none of iterations. */
  @Test
  void theContentOfCertificatesIsNotCounted() throws IOException {
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

  /** It costs the JDK the square of the depth, also without a password. */
  @Test
  void aStoreThatNestsTooDeepIsRefused() throws IOException {
    byte[] nested = Nests.closed(100_000);
    assertEquals(UNCLEAR, Pkcs12Iterations.problem(nested, false));
    nested[0] = 0x24; // a string
    byte[] within = Pkcs12.der().store(1, nested);
    assertEquals(UNCLEAR, Pkcs12Iterations.problem(within, false));
    assertEquals(0, Pkcs12Iterations.of(new byte[] {0x30, (byte) 0x84, -1, -1, -1, -1, 0}));
    assertEquals(0, Pkcs12Iterations.of(new byte[0]));
  }

  private static byte[] stored(KeyStore store) throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, PASSWORD);
    return out.toByteArray();
  }
}
