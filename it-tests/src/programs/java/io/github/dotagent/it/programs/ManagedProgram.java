package io.github.dotagent.it.programs;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/**
 * Looks its arguments up, a line each, and does nothing that needs any other permission. An
 * argument with {@value #CERTIFICATE} and the octets in base 64 is a certificate that it reads.
 */
public final class ManagedProgram {
  private static final String CERTIFICATE = "certificate:";

  private ManagedProgram() {}

  public static void main(String[] args) {
    for (String arg : args) {
      System.out.println(
          arg.startsWith(CERTIFICATE) ? read(arg.substring(CERTIFICATE.length())) : outcome(arg));
    }
  }

  private static String read(String octets) {
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(Base64.getDecoder().decode(octets));
      return "ok " + CertificateFactory.getInstance("X.509").generateCertificate(in).getType();
    } catch (Exception failure) {
      return "failed " + Failures.oneLine(failure);
    }
  }

  private static String outcome(String name) {
    try {
      return "ok " + InetAddress.getByName(name).getHostAddress();
    } catch (Exception failure) {
      return "failed " + Failures.oneLine(failure);
    }
  }
}
