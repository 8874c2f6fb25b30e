package io.github.dotagent.tls;

import io.github.dotagent.net.TerminalText;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.List;

/** The certificate is refused; the message says why in a few words. */
final class UntrustedServerException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final transient List<SpkiPin> mismatched;

  UntrustedServerException(String message, Throwable cause) {
    this(message, cause, Collections.<SpkiPin>emptyList());
  }

  private UntrustedServerException(String message, Throwable cause, List<SpkiPin> mismatched) {
    super(TerminalText.of(message), cause); // the JDK quotes what the server sent
    this.mismatched = mismatched;
  }

  /** For a chain that has these pins, and none of the user's. */
  static UntrustedServerException ofPins(String message, List<SpkiPin> mismatched) {
    return new UntrustedServerException(message, null, mismatched);
  }

  /** The pins that were presented, if none of the user's was among them; otherwise empty. */
  List<SpkiPin> mismatched() {
    return mismatched;
  }
}
