package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A server whose certificate nests without end. On some releases (11.0.24, 17.0.15) the JDK's
 * reader overflows its stack; others refuse it with an exception. Neither may end the thread.
 */
class NestedServerCertificateTest {
  private static final int HANDSHAKE = 22; // RFC 5246 §6.2.1
  private static final int SERVER_HELLO = 2; // RFC 5246 §7.4
  private static final int CERTIFICATE = 11;
  private static final int MOST_IN_A_RECORD = 1 << 14;

  /** JSSE takes messages of up to 32 KB (jdk.tls.maxHandshakeMessageSize). */
  private static final int CERTIFICATE_OCTETS = 32_700;

  @Test
  void isRefused() throws Exception {
    TlsPolicy byPins =
        new TlsPolicy(
            Authentication.PINS, Set.of(TestCertificate.root("Root").pin()), PinMode.ENFORCE, null);
    TlsConnector connector = new TlsConnector(byPins, new RecordedLog());
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 853);
    TlsFailure refused =
        assertThrows(
            TlsFailure.class,
            () -> connector.connect(new Canned(), server, "dns.example", 1_000, 1_000, false));
    assertEquals(TlsFailure.Kind.HANDSHAKE, refused.kind());
    assertTrue(refused.getMessage().startsWith("no TLS session: "), refused.getMessage());
  }

  /** What a server of TLS 1.2 says first, which is not encrypted. */
  private static byte[] said() {
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    hello.writeBytes(new byte[] {3, 3}); // TLS 1.2
    hello.writeBytes(new byte[32]); // not random
    hello.write(0); // no session
    hello.writeBytes(new byte[] {(byte) 0xc0, 0x2f}); // ECDHE-RSA, AES-128, SHA-256
    hello.write(0); // no compression
    hello.writeBytes(new byte[] {0, 5, (byte) 0xff, 1, 0, 1, 0}); // renegotiation_info, RFC 5746
    byte[] certificate = Nests.open(CERTIFICATE_OCTETS);
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.writeBytes(length(certificate.length + 3));
    list.writeBytes(length(certificate.length));
    list.writeBytes(certificate);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(records(SERVER_HELLO, hello.toByteArray()));
    all.writeBytes(records(CERTIFICATE, list.toByteArray()));
    return all.toByteArray();
  }

  private static byte[] records(int type, byte[] body) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(type);
    message.writeBytes(length(body.length));
    message.writeBytes(body);
    byte[] whole = message.toByteArray();
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int at = 0; at < whole.length; at += MOST_IN_A_RECORD) {
      byte[] part = Arrays.copyOfRange(whole, at, Math.min(whole.length, at + MOST_IN_A_RECORD));
      records.writeBytes(new byte[] {HANDSHAKE, 3, 3});
      records.writeBytes(new byte[] {(byte) (part.length >> 8), (byte) part.length});
      records.writeBytes(part);
    }
    return records.toByteArray();
  }

  private static byte[] length(int octets) {
    return new byte[] {(byte) (octets >> 16), (byte) (octets >> 8), (byte) octets};
  }

  /** Says the same to everybody; never connected. */
  private static final class Canned extends Socket {
    private final InputStream in = new ByteArrayInputStream(said());
    private final OutputStream out = new ByteArrayOutputStream();

    @Override
    public void connect(SocketAddress server, int millis) {}

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }
  }
}
