package io.github.dotagent.tls;

import java.io.InputStream;
import java.security.Provider;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;
import java.util.Collections;

/**
 * Reads certificates as the JDK does, and counts them: the JDK's reader of PKCS12 stores asks for
 * one after another, and does not say which of them is damaged. For one thread.
 */
final class CountedCertificates extends Provider {
  private static final long serialVersionUID = 1L;

  private static final String SERVICE = "CertificateFactory";

  private final transient Counting counting;

  CountedCertificates(CertificateFactory jdks) {
    super("dot-agent", 1, "counts certificates");
    counting = new Counting(jdks);
    putService(
        new Service(
            this,
            SERVICE,
            "X.509",
            Counting.class.getName(),
            Collections.singletonList("X509"),
            null) {
          @Override
          public Object newInstance(Object parameter) {
            return counting;
          }
        });
  }

  /** The number of the first one that could not be read; 0: there was none. */
  int firstDamaged() {
    return counting.damaged;
  }

  private static final class Counting extends CertificateFactorySpi {
    private final CertificateFactory jdks;
    private int read;
    private int damaged; // 0: none

    Counting(CertificateFactory jdks) {
      this.jdks = jdks;
    }

    @Override
    public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
      read++;
      boolean well = false;
      try {
        Certificate certificate = jdks.generateCertificate(in);
        well = true;
        return certificate;
      } finally {
        if (!well && damaged == 0) {
          damaged = read;
        }
      }
    }

    @Override
    public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
        throws CertificateException {
      return jdks.generateCertificates(in);
    }

    @Override
    public CRL engineGenerateCRL(InputStream in) throws CRLException {
      return jdks.generateCRL(in);
    }

    @Override
    public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
      return jdks.generateCRLs(in);
    }
  }
}
