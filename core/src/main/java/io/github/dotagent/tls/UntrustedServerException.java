package io.github.dotagent.tls;

import java.security.cert.CertificateException;

/** The certificate is not believed; the message says why in a few words. */
final class UntrustedServerException extends CertificateException {
  private static final long serialVersionUID = 1L;

  UntrustedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
