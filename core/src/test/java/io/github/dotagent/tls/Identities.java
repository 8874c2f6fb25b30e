package io.github.dotagent.tls;

import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSession;

/** Makes the identities of {@link TlsConnector} for the tests of other packages. */
public final class Identities {
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final TestCertificate LEAF = TestCertificate.named("leaf").signedBy(ROOT);
  private static final X509Certificate[] CHAIN = TestCertificate.chain(LEAF, ROOT);

  /** The pins that all of them present. */
  public static final List<String> PINS = List.of(LEAF.pin().toString(), ROOT.pin().toString());

  private static final SSLSession SESSION =
      (SSLSession)
          Proxy.newProxyInstance(
              Identities.class.getClassLoader(),
              new Class<?>[] {SSLSession.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getProtocol" -> "TLSv1.3";
                    case "getCipherSuite" -> "TLS_AES_128_GCM_SHA256";
                    default -> throw new AssertionError("unexpected: " + method);
                  });

  private Identities() {}

  /** Without pins of the user's. */
  public static ShownIdentity unpinned() {
    return new ShownIdentity(SESSION, CHAIN, false, null, false);
  }

  /** The server's own key is the user's. */
  public static ShownIdentity matched() {
    return new ShownIdentity(SESSION, CHAIN, false, LEAF.pin(), false);
  }

  /** No pin of the user's, and borne. */
  public static ShownIdentity mismatched(boolean resumed) {
    return new ShownIdentity(SESSION, CHAIN, resumed, null, true);
  }

  /** No pin of the user's, and refused. */
  public static TlsFailure refused() {
    PinCheck check =
        new PinCheck(
            Set.of(TestCertificate.root("Other").pin()),
            TlsPolicy.PinMode.ENFORCE,
            new io.github.dotagent.testing.RecordedLog());
    try {
      check.check(List.of(CHAIN), "192.0.2.1@853");
    } catch (UntrustedServerException mismatch) {
      return ConnectReason.ofHandshake(
          new javax.net.ssl.SSLException(mismatch), TlsPropertiesTest.NONE);
    }
    throw new AssertionError("no mismatch");
  }
}
