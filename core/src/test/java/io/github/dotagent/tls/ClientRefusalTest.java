package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A trust manager has more entries than the agent needs; none of the others trusts anything. */
class ClientRefusalTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final X509Certificate[] CHAIN =
      TestCertificate.chain(
          TestCertificate.named("dns.example").host("dns.example").signedBy(ROOT));

  private final ServerTrust trust =
      ServerTrust.byPinsAlone(new PinCheck(Set.of(ROOT.pin()), PinMode.ENFORCE, new RecordedLog()));

  @Test
  void noClientIsTrusted() {
    String reason = "dot-agent is never a server";
    assertRefused(reason, () -> trust.checkClientTrusted(CHAIN, "EC"));
    assertRefused(reason, () -> trust.checkClientTrusted(CHAIN, "EC", (Socket) null));
    assertRefused(reason, () -> trust.checkClientTrusted(CHAIN, "EC", (SSLEngine) null));
  }

  @Test
  void noServerIsTrustedWithoutItsSocket() {
    assertRefused(
        "a server is never trusted without its connection",
        () -> trust.checkServerTrusted(CHAIN, "EC"));
    assertRefused(
        "dot-agent uses sockets, not engines",
        () -> trust.checkServerTrusted(CHAIN, "EC", (SSLEngine) null));
  }

  @Test
  void noAuthorityIsNamedToAServer() {
    assertEquals(0, trust.getAcceptedIssuers().length);
  }

  private static void assertRefused(String reason, Executable check) {
    assertEquals(reason, assertThrows(CertificateException.class, check).getMessage());
  }
}
