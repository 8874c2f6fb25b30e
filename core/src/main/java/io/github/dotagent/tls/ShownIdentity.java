package io.github.dotagent.tls;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSession;

/** The identity that a server showed in a successful handshake. Immutable. */
public final class ShownIdentity {
  private final String version;
  private final String cipher;
  private final X509Certificate[] presented;
  private final boolean resumed;
  private final SpkiPin matchedPin;
  private final boolean mismatch;
  private final ClientCertificate client;

  /** The same of a server that asked for no client certificate. */
  ShownIdentity(
      SSLSession session,
      X509Certificate[] presented,
      boolean resumed,
      SpkiPin matchedPin,
      boolean mismatch) {
    this(session, presented, resumed, matchedPin, mismatch, ClientCertificate.NOT_ASKED);
  }

  /**
   * @param matchedPin null if no pins are set, or none matched
   * @param mismatch none matched, and the server was used anyway
   */
  ShownIdentity(
      SSLSession session,
      X509Certificate[] presented,
      boolean resumed,
      SpkiPin matchedPin,
      boolean mismatch,
      ClientCertificate client) {
    this.version = session.getProtocol();
    this.cipher = session.getCipherSuite();
    this.presented = presented.clone();
    this.resumed = resumed;
    this.matchedPin = matchedPin;
    this.mismatch = mismatch;
    this.client = client;
  }

  /** Whether it asked for a client certificate, and which one it got. */
  public ClientCertificate client() {
    return client;
  }

  /** When the certificate that it got expires; milliseconds of the wall clock, null: none. */
  public Long clientNotAfterMillis() {
    X509Certificate sent = client.sent();
    return sent == null ? null : sent.getNotAfter().toInstant().toEpochMilli();
  }

  /** As JSSE names it, such as {@code TLSv1.3}. */
  public String version() {
    return version;
  }

  /** The cipher suite, as IANA names it. */
  public String cipher() {
    return cipher;
  }

  /** Whether an earlier session was resumed, without certificates (RFC 8446 §2.2). */
  public boolean isResumed() {
    return resumed;
  }

  /**
   * The pins of the presented certificates, the server's own first. Computed on demand, because few
   * callers need them.
   */
  public List<SpkiPin> presentedPins() {
    return SpkiPin.of(Arrays.asList(presented));
  }

  /** When the server's own certificate expires; milliseconds of the wall clock. */
  public long notAfterMillis() {
    return presented[0].getNotAfter().toInstant().toEpochMilli();
  }

  /** The pin that matches; null if no pins are set, or none matched. */
  public SpkiPin matchedPin() {
    return matchedPin;
  }

  /**
   * Whether pins are set, none matched, and the server was used anyway: {@code pins.mode=report}.
   */
  public boolean isMismatch() {
    return mismatch;
  }

  /** Version, cipher suite and pin, in one line for people. */
  @Override
  public String toString() {
    String session = version + ' ' + cipher;
    return matchedPin == null ? session : session + ", pin " + matchedPin + " matched";
  }
}
