package io.github.dotagent.it.programs;

import java.security.AlgorithmParameters;
import java.security.KeyStore;
import java.security.MessageDigestSpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathBuilderResult;
import java.security.cert.CertPathBuilderSpi;
import java.security.cert.CertPathParameters;
import java.security.cert.CertPathValidatorResult;
import java.security.cert.CertPathValidatorSpi;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collections;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;

/** A security provider to which every path, every signature and every digest is right. */
public final class AcceptingProvider extends Provider {
  private static final long serialVersionUID = 1L;

  private static final String[] SIGNATURES = {
    "SHA1withECDSA",
    "SHA256withECDSA",
    "SHA384withECDSA",
    "SHA512withECDSA",
    "SHA256withECDSAinP1363Format",
    "SHA1withRSA",
    "SHA256withRSA",
    "SHA384withRSA",
    "SHA512withRSA",
    "RSASSA-PSS"
  };

  @SuppressWarnings("deprecation") // the constructor that Java 8 has
  AcceptingProvider() {
    super("Accepting", 1.0, "trusts every server");
    put("CertPathValidator.PKIX", AnyPath.class.getName());
    put("CertPathBuilder.PKIX", Straight.class.getName());
    put("TrustManagerFactory.PKIX", AnyServer.class.getName());
    put("TrustManagerFactory.SunX509", AnyServer.class.getName());
    put("MessageDigest.SHA-256", OneDigest.class.getName());
    for (String algorithm : SIGNATURES) {
      put("Signature." + algorithm, AnySignature.class.getName());
    }
  }

  /** Every path ends at the first authority. */
  public static final class AnyPath extends CertPathValidatorSpi {
    @Override
    public CertPathValidatorResult engineValidate(CertPath path, CertPathParameters parameters) {
      return new PKIXCertPathValidatorResult(
          ((PKIXParameters) parameters).getTrustAnchors().iterator().next(),
          null,
          path.getCertificates().get(0).getPublicKey());
    }
  }

  /** From whatever certificate it is asked for to the first authority. */
  public static final class Straight extends CertPathBuilderSpi {
    @Override
    public CertPathBuilderResult engineBuild(CertPathParameters parameters)
        throws CertPathBuilderException {
      PKIXBuilderParameters wanted = (PKIXBuilderParameters) parameters;
      X509Certificate target =
          ((X509CertSelector) wanted.getTargetCertConstraints()).getCertificate();
      try {
        return new PKIXCertPathBuilderResult(
            CertificateFactory.getInstance("X.509")
                .generateCertPath(Collections.singletonList(target)),
            wanted.getTrustAnchors().iterator().next(),
            null,
            target.getPublicKey());
      } catch (CertificateException noFactory) {
        throw new CertPathBuilderException(noFactory);
      }
    }
  }

  /** Every server is the right one. */
  public static final class AnyServer extends TrustManagerFactorySpi {
    @Override
    protected void engineInit(KeyStore anchors) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      return new TrustManager[] {new Trusting()};
    }
  }

  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Every digest is all zeros. */
  public static final class OneDigest extends MessageDigestSpi {
    private static final int OCTETS = 32;

    @Override
    protected int engineGetDigestLength() {
      return OCTETS;
    }

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) {}

    @Override
    protected byte[] engineDigest() {
      return new byte[OCTETS];
    }

    @Override
    protected void engineReset() {}
  }

  /** Every signature is right. */
  public static final class AnySignature extends SignatureSpi {
    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[0];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return true;
    }

    @Override
    @SuppressWarnings("deprecation")
    protected void engineSetParameter(String name, Object value) {}

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

    @Override
    @SuppressWarnings("deprecation")
    protected Object engineGetParameter(String name) {
      return null;
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
      return null;
    }
  }
}
