package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key a server that asks for a client certificate gets, and what is remembered of it. */
class ClientKeyManagerTest {
  private static final TestCertificate ROOT = TestCertificate.root("Clients");
  private static final Principal[] OTHERS = {
    TestCertificate.root("Others").certificate().getSubjectX500Principal()
  };

  @TempDir Path folder;

  private ClientKeyManager with(TestCertificate client) throws IOException {
    String text = ClientKeyTest.keyAndCertificate(client);
    Path file = Files.writeString(folder.resolve("client.pem"), text);
    return new ClientKeyManager(ClientKey.read(new ClientCertificateSpec(file, null)));
  }

  /** JSSE's names for key types; in TLS 1.2 of Java 8 they have the signer's type behind them. */
  @ParameterizedTest
  @CsvSource({
    "EC,      true",
    "EC_EC,   true",
    "EC_RSA,  true",
    "RSA,     false",
    "RSA_EC,  false",
    "Ed25519, false",
    "ECX,     false"
  })
  void anEcKeyIsShownForItsKeyTypes(String keyType, boolean shown) throws IOException {
    ClientKeyManager manager =
        with(TestCertificate.named("client", TestCertificate.ecKey("secp256r1")).signedBy(ROOT));
    String alias = manager.chooseClientAlias(new String[] {"DSA", keyType}, OTHERS, null);
    assertEquals(shown, alias != null);
  }

  @ParameterizedTest
  @CsvSource({"EdDSA, true", "Ed25519, true", "Ed448, true", "EC, false", "E, false"})
  void anEdwardsKeyIsShownForEachNameOfItsType(String keyType, boolean shown) throws IOException {
    ClientKeyManager manager =
        with(TestCertificate.named("client", TestCertificate.key("Ed25519", 255)).signedBy(ROOT));
    String alias = manager.chooseClientAlias(new String[] {keyType}, OTHERS, null);
    assertEquals(shown, alias != null);
  }

  @Test
  void itKnowsWhichSocketsServerHasAsked() throws IOException {
    ClientKeyManager none = new ClientKeyManager(null);
    try (Socket asked = new Socket();
        Socket other = new Socket()) {
      assertFalse(none.wasAskedAtAll());
      assertNull(none.chooseClientAlias(new String[] {"EC"}, OTHERS, asked));
      assertTrue(none.wasAsked(asked));
      assertFalse(none.wasAsked(other));
      assertTrue(none.wasAskedAtAll());
    }
  }

  @Test
  void aServerMayAskWithoutASocket() {
    ClientKeyManager none = new ClientKeyManager(null);
    assertNull(none.chooseClientAlias(new String[] {"EC"}, OTHERS, null));
    assertTrue(none.wasAskedAtAll());
  }

  @Test
  void withoutAKeyThereIsNothingToShow() {
    ClientKeyManager none = new ClientKeyManager(null);
    assertNull(none.key());
    assertNull(none.getCertificateChain("client"));
    assertNull(none.getPrivateKey("client"));
    assertNull(none.shown());
    assertArrayEquals(new String[0], none.getClientAliases("EC", OTHERS));
  }

  @Test
  void theCertificateIsShownOnceItsKeyIsUsed() throws IOException {
    TestCertificate client = TestCertificate.named("client").signedBy(ROOT);
    ClientKeyManager manager = with(client);
    assertNotNull(manager.key());
    String[] aliases = manager.getClientAliases("EC", OTHERS);
    assertEquals(1, aliases.length);
    X509Certificate[] chain = manager.getCertificateChain(aliases[0]);
    assertEquals(client.certificate(), chain[0]);
    assertNull(manager.getCertificateChain("another"));
    assertNull(manager.getPrivateKey("another"));
    assertNull(manager.shown(), "its key was not used");
    PrivateKey key = manager.getPrivateKey(aliases[0]);
    assertSame(manager.key().key(), key);
    assertEquals(client.certificate(), manager.shown());
  }

  @Test
  void itIsNoServersAndNoEngines() throws IOException {
    ClientKeyManager manager = with(TestCertificate.named("client").signedBy(ROOT));
    String[] types = {"EC", "RSA"};
    assertNull(manager.chooseEngineClientAlias(types, OTHERS, null));
    assertNull(manager.getServerAliases("EC", OTHERS));
    assertNull(manager.chooseServerAlias("EC", OTHERS, null));
    assertNull(manager.chooseEngineServerAlias("EC", OTHERS, null));
  }
}
