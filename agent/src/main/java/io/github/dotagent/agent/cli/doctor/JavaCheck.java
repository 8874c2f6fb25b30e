package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.tls.EllipticCurves;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;

/** The Java that this runs on, which should be the one that the service runs on. */
final class JavaCheck {
  private JavaCheck() {}

  static Finding java() {
    String java =
        System.getProperty("java.version")
            + ", "
            + System.getProperty("java.vendor")
            + ", "
            + System.getProperty("java.home");
    String missing = EllipticCurves.missing().orElse(null);
    if (missing != null) {
      int remedy = missing.lastIndexOf("; ");
      return Finding.fail(
          java + "; " + missing.substring(0, remedy), missing.substring(remedy + 2));
    }
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, null, null);
      String[] protocols = tls.getSupportedSSLParameters().getProtocols();
      return Arrays.asList(protocols).contains("TLSv1.3")
          ? Finding.ok(java)
          : Finding.note(
              java + "; without TLS 1.3",
              "TLS 1.2 works too, with one more round trip for each connection; Java 8u262 and"
                  + " newer have both");
    } catch (GeneralSecurityException noTls) {
      return Finding.fail(java + "; has no TLS: " + noTls.getMessage(), "use a complete JDK");
    }
  }
}
