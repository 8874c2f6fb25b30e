package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustStoreCheckTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void theJdksOwnIsGood() {
    assertDoesNotThrow(() -> TrustStoreCheck.check(policy(Authentication.NAME, null)));
  }

  /** The beginning of a JDK store: the magic number of JKS, its version, the number of entries. */
  @ParameterizedTest
  @CsvSource({
    "feedfeed 00000002 00000001,",
    "feedfeed 00000002 80000000,",
    "feedfeed 00000002 00000000,holds no certificate",
    "feedfeed 00000002 000000,holds no certificate",
    "'',holds no certificate",
    "30820504 00000002 00000000,",
  })
  void aStoreOfTheJdksIsGlancedAt(String header, String problem) throws Exception {
    byte[] octets = HexFormat.of().parseHex(header.replace(" ", ""));
    Path file = Files.write(folder.resolve("cacerts"), octets);
    String told = null;
    try {
      TrustStoreCheck.glanceAtStore(file);
    } catch (TlsFailure refused) {
      told = refused.getMessage();
    }
    String remedy = "; name another with dotagent.trustStore=PATH";
    assertEquals(problem == null ? null : "trust store " + file + ' ' + problem + remedy, told);
  }

  @Test
  void aStoreIsRead() throws Exception {
    Path file = folder.resolve("store");
    try (OutputStream out = Files.newOutputStream(file)) {
      Anchors.of("PKCS12", TestCertificate.root("One")).store(out, PASSWORD.toCharArray());
    }
    TlsPolicy right = policy(Authentication.NAME, new TrustStoreSpec(file, null, PASSWORD));
    assertTrue(TrustStoreCheck.isThorough(right));
    assertEquals(null, problemOf(right));
    TlsPolicy wrong = policy(Authentication.NAME, new TrustStoreSpec(file, null, "wrong"));
    assertTrue(problemOf(wrong).contains("password"), problemOf(wrong));
  }

  @Test
  void withPinsAloneTheStoreIsNotChecked() throws Exception {
    TlsPolicy pins =
        policy(Authentication.PINS, new TrustStoreSpec(folder.resolve("absent"), "JKS", null));
    assertFalse(TrustStoreCheck.isThorough(pins));
    assertEquals(null, problemOf(pins));
  }

  @Test
  void aFileThatWentAway() {
    Path file = folder.resolve("absent");
    TlsPolicy policy = policy(Authentication.NAME, new TrustStoreSpec(file, "PEM", null));
    assertEquals(
        "trust store " + file + " cannot be read: no such file; correct dotagent.trustStore",
        problemOf(policy));
  }

  /** Null for none. */
  private static String problemOf(TlsPolicy policy) {
    try {
      TrustStoreCheck.check(policy);
      return null;
    } catch (TlsFailure refused) {
      assertEquals(TlsFailure.Kind.UNTRUSTED, refused.kind());
      return refused.getMessage();
    }
  }

  private static TlsPolicy policy(Authentication authentication, TrustStoreSpec store) {
    return new TlsPolicy(authentication, Set.of(), PinMode.ENFORCE, store);
  }

  @Test
  void withoutFileItIsNoPem() {
    TrustStoreSpec spec = new TrustStoreSpec(folder.resolve("absent"), null, null);
    assertThrows(
        TlsFailure.class, () -> TrustStoreCheck.isThorough(policy(Authentication.NAME, spec)));
  }
}
