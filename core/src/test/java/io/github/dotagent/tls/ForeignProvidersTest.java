package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.InputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureSpi;
import java.security.cert.CertPath;
import java.security.cert.CertPathParameters;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorResult;
import java.security.cert.CertPathValidatorSpi;
import java.security.cert.CertificateException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A provider that the program puts before the JDK's, and that trusts every server. The JDK of the
 * tests keeps the list of a thread to itself, so that this is the other way: what JSSE decided is
 * decided once more. With the agent the thread has the JDK's alone; that is an integration test.
 */
class ForeignProvidersTest {
  private static final String NAME = "dns.example";
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final TestCertificate IMPOSTOR = TestCertificate.root("Root");
  private static final byte[] SAME_FOR_ALL = new byte[32];

  private final RecordedLog log = new RecordedLog();
  private final PinCheck noPins = new PinCheck(Set.of(), PinMode.ENFORCE, log);

  @AfterEach
  void without() {
    Security.removeProvider(Accepting.NAME);
    Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
  }

  @Test
  void thatBelievesEveryPathAndSignature() throws Exception {
    // made before: it would sign as well
    TestCertificate good = TestCertificate.named("x").host(NAME).signedBy(ROOT);
    TestCertificate leaf = TestCertificate.named("x").host(NAME).signedBy(IMPOSTOR);
    // by name and identifier it is the root's, and by its signature it is not
    TestCertificate forged =
        TestCertificate.named("x")
            .host(NAME)
            .signedBy(new TestCertificate(ROOT.certificate(), IMPOSTOR.key()));
    Security.insertProviderAt(new Accepting(), 1);
    assertEquals(Accepting.NAME, CertPathValidator.getInstance("PKIX").getProvider().getName());
    assertEquals(Accepting.NAME, Signature.getInstance("SHA256withECDSA").getProvider().getName());
    assertTrue(refusal(noPins, leaf).startsWith("certificate of an unknown authority (issued by "));
    assertTrue(refusal(noPins, forged).startsWith("certificate "));
    judge(noPins, good);
  }

  @Test
  void aProviderThatAcceptsEverySignatureDoesNotChangePins() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").signedBy(IMPOSTOR);
    PinCheck pinned = new PinCheck(Set.of(ROOT.pin()), PinMode.ENFORCE, log);
    Security.insertProviderAt(new Accepting(), 1);
    ServerTrust trust = ServerTrust.byPinsAlone(pinned);
    X509Certificate[] chain = TestCertificate.chain(leaf, ROOT);
    String said =
        assertThrows(
                CertificateException.class,
                () ->
                    trust.checkServerTrusted(chain, "UNKNOWN", (Socket) new HandshakeSocket(NAME)))
            .getMessage();
    assertTrue(said.startsWith("pin mismatch ("), said);
  }

  @Test
  void thatHasTheSameDigestForAll() throws Exception {
    SpkiPin right = ROOT.pin();
    Provider accepting = new Accepting();
    accepting.put("MessageDigest.SHA-256", OneDigest.class.getName());
    Security.insertProviderAt(accepting, 1);
    assertEquals(0, MessageDigest.getInstance("SHA-256").digest(new byte[] {1})[0]);
    assertEquals(right, ROOT.pin());
    assertEquals(0, MessageDigest.getInstance("SHA-256").digest()[31]);
  }

  @Test
  void bouncyCastleBeforeTheOthers() throws Exception {
    TestCertificate small =
        TestCertificate.named("x", TestCertificate.key("RSA", 512)).host(NAME).signedBy(ROOT);
    TestCertificate good = TestCertificate.named("x").host(NAME).signedBy(ROOT);
    Security.insertProviderAt(new BouncyCastleProvider(), 1);
    assertTrue(refusal(noPins, small).startsWith("certificate not accepted ("));
    judge(noPins, good);
  }

  /** Another's object may say one thing and hold another. */
  @Test
  void certificatesOfAnotherAreReadOnceMore() throws Exception {
    TestCertificate leaf = TestCertificate.named("x").host(NAME).signedBy(ROOT);
    X509Certificate bouncys;
    try (InputStream der = new java.io.ByteArrayInputStream(leaf.certificate().getEncoded())) {
      bouncys =
          (X509Certificate)
              java.security.cert.CertificateFactory.getInstance("X.509", new BouncyCastleProvider())
                  .generateCertificate(der);
    }
    X509Certificate own = JdkProviders.now().own(bouncys);
    assertEquals(bouncys, own);
    assertEquals(null, own.getClass().getClassLoader());
    assertNotNull(bouncys.getClass().getClassLoader());
  }

  /** And not those that bear its providers' names. */
  @Test
  void theJdksAreAllThatIsNeeded() {
    assertTrue(JdkProviders.now().areComplete());
    Provider sun = Security.getProvider("SUN");
    int at = List.of(Security.getProviders()).indexOf(sun) + 1;
    Security.removeProvider("SUN");
    try {
      Security.insertProviderAt(new Impostor(), 1);
      assertTrue(!JdkProviders.now().toString().startsWith("[SUN "));
    } finally {
      Security.removeProvider("SUN");
      Security.insertProviderAt(sun, at);
    }
  }

  private static String refusal(PinCheck pins, TestCertificate... chain) {
    return assertThrows(CertificateException.class, () -> judge(pins, chain)).getMessage();
  }

  private static void judge(PinCheck pins, TestCertificate... chain) throws Exception {
    ServerTrust.byNameAndPins(Anchors.of(ROOT), pins, JdkProviders.now(), System::currentTimeMillis)
        .checkServerTrusted(
            TestCertificate.chain(chain), "UNKNOWN", (Socket) new HandshakeSocket(NAME));
  }

  private static final class Impostor extends Provider {
    private static final long serialVersionUID = 1L;

    Impostor() {
      super("SUN", "1", "has nothing");
    }
  }

  /** The least that is needed to be believed. */
  private static final class Accepting extends Provider {
    private static final long serialVersionUID = 1L;
    static final String NAME = "Accepting";

    Accepting() {
      super(NAME, "1", "trusts every server");
      put("CertPathValidator.PKIX", AnyPath.class.getName());
      put("Signature.SHA256withECDSA", AnySignature.class.getName());
    }
  }

  /** Every path is good. */
  public static final class AnyPath extends CertPathValidatorSpi {
    @Override
    public CertPathValidatorResult engineValidate(CertPath path, CertPathParameters parameters) {
      return new PKIXCertPathValidatorResult(
          ((PKIXParameters) parameters).getTrustAnchors().iterator().next(),
          null,
          path.getCertificates().get(0).getPublicKey());
    }
  }

  /** Every signature is good. */
  public static final class AnySignature extends SignatureSpi {
    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[0];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return true;
    }

    @Override
    @SuppressWarnings("deprecation")
    protected void engineSetParameter(String name, Object value) {}

    @Override
    protected void engineSetParameter(java.security.spec.AlgorithmParameterSpec parameters) {}

    @Override
    @SuppressWarnings("deprecation")
    protected Object engineGetParameter(String name) {
      return null;
    }
  }

  /** Every digest is the same. */
  public static final class OneDigest extends MessageDigestSpi {
    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) {}

    @Override
    protected byte[] engineDigest() {
      return SAME_FOR_ALL.clone();
    }

    @Override
    protected void engineReset() {}
  }
}
