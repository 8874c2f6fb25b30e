package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

/** Whether a server asked for a client's certificate, in words for people. */
class ClientCertificateTest {
  private static final X509Certificate CLIENT =
      TestCertificate.named("client").selfSigned().certificate();

  @Test
  void notAskedFor() {
    assertFalse(ClientCertificate.NOT_ASKED.isAsked());
    assertNull(ClientCertificate.NOT_ASKED.sent());
    assertEquals("not asked for", ClientCertificate.NOT_ASKED.toString());
  }

  @Test
  void askedForAndNoneSent() {
    ClientCertificate asked = new ClientCertificate(true, null);
    assertTrue(asked.isAsked());
    assertEquals("asked for, and none sent", asked.toString());
  }

  /** In a resumed session the server does not ask again. */
  @Test
  void sent() {
    ClientCertificate resumed = new ClientCertificate(false, CLIENT);
    assertTrue(resumed.isAsked());
    assertEquals(CLIENT, resumed.sent());
    assertEquals("sent: CN=client", resumed.toString());
  }
}
