package io.github.dotagent.tls;

import java.security.cert.X509Certificate;

/** Whether a server has asked for a client certificate, and which one it got. Immutable. */
public final class ClientCertificate {
  static final ClientCertificate NOT_ASKED = new ClientCertificate(false, null);

  private final boolean asked;
  private final X509Certificate sent; // null: none

  ClientCertificate(boolean asked, X509Certificate sent) {
    this.asked = asked;
    this.sent = sent;
  }

  /** Whether the server asked; for a resumed session, whether it asked when the session began. */
  public boolean isAsked() {
    return asked || sent != null;
  }

  /** What was sent; null: none. */
  public X509Certificate sent() {
    return sent;
  }

  /** Such as {@code sent: CN=client}, in one line for people. */
  @Override
  public String toString() {
    if (sent != null) {
      return "sent: " + CertificateName.subject(sent);
    }
    return asked ? "asked for, and none sent" : "not asked for";
  }
}
