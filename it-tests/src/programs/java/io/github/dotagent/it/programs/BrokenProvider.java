package io.github.dotagent.it.programs;

import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactorySpi;

/** A security provider that has all that a TLS client asks for, and each of them fails. */
public final class BrokenProvider extends Provider {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("deprecation") // the constructor that Java 8 has
  BrokenProvider() {
    super("Broken", 1.0, "broken on purpose");
    String[] contexts = {"TLS", "TLSv1.2", "TLSv1.3", "Default"};
    for (String protocol : contexts) {
      put("SSLContext." + protocol, Context.class.getName());
    }
    put("TrustManagerFactory.PKIX", Trust.class.getName());
    put("TrustManagerFactory.SunX509", Trust.class.getName());
  }

  /** An SSLContext. */
  public static final class Context extends SSLContextSpi {
    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("broken on purpose");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new IllegalStateException("broken on purpose");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new IllegalStateException("broken on purpose");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new IllegalStateException("broken on purpose");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new IllegalStateException("broken on purpose");
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return null;
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return null;
    }
  }

  /** A TrustManagerFactory. */
  public static final class Trust extends TrustManagerFactorySpi {
    @Override
    protected void engineInit(KeyStore anchors) throws KeyStoreException {
      throw new KeyStoreException("broken on purpose");
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {
      throw new IllegalStateException("broken on purpose");
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      throw new IllegalStateException("broken on purpose");
    }
  }
}
