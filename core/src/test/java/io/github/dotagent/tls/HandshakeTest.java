package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The parameters offered to a server, on a socket without a peer. */
class HandshakeTest {
  private SSLSocket socket;

  @BeforeEach
  void unconnected() throws Exception {
    SSLContext context = JdkTls.context(JdkProviders.ofThisJvm());
    context.init(null, null, null);
    socket = (SSLSocket) context.getSocketFactory().createSocket();
  }

  @Test
  void thirteenAndTwelveAndNothingOlder() {
    assertArrayEquals(
        new String[] {"TLSv1.3", "TLSv1.2"}, offered(Authentication.NAME, null).getProtocols());
  }

  /** The program's word for its own connections; SSLContext "TLS" cannot be made with this one. */
  @Test
  void thePropertyOfTheProgramIsNotRead() throws Exception {
    assertEquals("TLSv1.3", JdkTls.context(JdkProviders.ofThisJvm()).getProtocol());
  }

  /** A server may send tickets without end. */
  @Test
  void fewSessionsAreKept() throws Exception {
    ServerTrust trust =
        ServerTrust.byPinsAlone(new PinCheck(Set.of(), PinMode.ENFORCE, new RecordedLog()));
    assertEquals(
        JdkTls.MOST_SESSIONS,
        JdkTls.context(trust, JdkProviders.ofThisJvm())
            .getClientSessionContext()
            .getSessionCacheSize());
  }

  @Test
  void everySuiteIsForwardSecretAndAuthenticated() {
    List<String> suites = Arrays.asList(offered(Authentication.NAME, null).getCipherSuites());
    assertEquals("TLS_AES_128_GCM_SHA256", suites.get(0));
    for (String suite : suites) {
      assertTrue(
          suite.matches("TLS_(ECDHE_(ECDSA|RSA)_WITH_)?(AES|CHACHA20).*(GCM|POLY1305)_SHA.*"),
          suite);
    }
  }

  @Test
  void theNameIsCheckedUnlessPinsStandAlone() {
    assertEquals(
        "HTTPS", offered(Authentication.NAME, "dns.example").getEndpointIdentificationAlgorithm());
    assertNull(offered(Authentication.PINS, "dns.example").getEndpointIdentificationAlgorithm());
  }

  @Test
  void theNameIsSentEvenIfItHasNoDot() {
    assertEquals(
        List.of(new SNIHostName("resolver")),
        offered(Authentication.NAME, "resolver").getServerNames());
    assertNull(offered(Authentication.NAME, null).getServerNames());
  }

  @Test
  void alpnSaysThatThisIsDns() {
    assertArrayEquals(
        new String[] {"dot"}, offered(Authentication.NAME, null).getApplicationProtocols());
    SSLParameters without = Handshake.parameters(socket, Authentication.NAME, null, false);
    assertEquals(0, without.getApplicationProtocols().length);
  }

  private SSLParameters offered(Authentication authentication, String name) {
    return Handshake.parameters(socket, authentication, name, true);
  }
}
