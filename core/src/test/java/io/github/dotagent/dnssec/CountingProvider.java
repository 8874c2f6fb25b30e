package io.github.dotagent.dnssec;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the signatures that are checked and the hashes of NSEC3, which the JDK's providers do. */
final class CountingProvider extends Provider implements AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "Counting";
  private static final AtomicInteger CHECKED = new AtomicInteger();
  private static final AtomicInteger HASHED = new AtomicInteger();

  private CountingProvider() {
    super(NAME, "1", "counts what is checked");
    put("Signature.SHA256withRSA", Rsa.class.getName());
    put("Signature.SHA256withECDSA", Ecdsa.class.getName());
    put("MessageDigest.SHA-1", Sha1.class.getName());
  }

  /** Asked first until it is closed. */
  static CountingProvider begin() {
    CountingProvider provider = new CountingProvider();
    Security.insertProviderAt(provider, 1);
    CHECKED.set(0);
    HASHED.set(0);
    return provider;
  }

  int checked() {
    return CHECKED.get();
  }

  /** Rounds of SHA-1, which is NSEC3's only hash. */
  int hashed() {
    return HASHED.get();
  }

  @Override
  public void close() {
    Security.removeProvider(NAME);
  }

  /** SHA-1, that of the JDK. */
  public static final class Sha1 extends MessageDigestSpi {
    private final MessageDigest jdk;

    public Sha1() throws GeneralSecurityException {
      jdk = MessageDigest.getInstance("SHA-1", "SUN");
    }

    @Override
    protected void engineUpdate(byte octet) {
      jdk.update(octet);
    }

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) {
      jdk.update(octets, from, length);
    }

    @Override
    protected byte[] engineDigest() {
      HASHED.incrementAndGet();
      return jdk.digest();
    }

    @Override
    protected void engineReset() {
      jdk.reset();
    }
  }

  /** RSA, that of the JDK. */
  public static final class Rsa extends Counted {
    public Rsa() throws GeneralSecurityException {
      super(Signature.getInstance("SHA256withRSA", "SunRsaSign"));
    }
  }

  /** ECDSA, that of the JDK. */
  public static final class Ecdsa extends Counted {
    public Ecdsa() throws GeneralSecurityException {
      super(Signature.getInstance("SHA256withECDSA", "SunEC"));
    }
  }

  private abstract static class Counted extends SignatureSpi {
    private final Signature jdk;

    Counted(Signature jdk) {
      this.jdk = jdk;
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      jdk.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      jdk.initSign(key);
    }

    @Override
    protected void engineUpdate(byte octet) throws SignatureException {
      jdk.update(octet);
    }

    @Override
    protected void engineUpdate(byte[] octets, int from, int length) throws SignatureException {
      jdk.update(octets, from, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      return jdk.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      CHECKED.incrementAndGet();
      return jdk.verify(signature);
    }

    @Override
    @SuppressWarnings("deprecation")
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters) {
      throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("deprecation")
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
      return null;
    }
  }
}
