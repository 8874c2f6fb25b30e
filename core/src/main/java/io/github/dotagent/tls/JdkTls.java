package io.github.dotagent.tls;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The JDK's own TLS, asked for by the name of its provider: a program may put another provider
 * before it at any time, for purposes of its own, and that one must not carry our connections. A
 * JVM that was set up without the JDK's (FIPS) gives us the one that it was set up with.
 */
final class JdkTls {
  private static final String PROVIDER = "SunJSSE";

  private JdkTls() {}

  static SSLContext context() throws NoSuchAlgorithmException {
    Provider jdk = Security.getProvider(PROVIDER);
    return jdk == null ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", jdk);
  }

  static TrustManagerFactory trustManagers() throws NoSuchAlgorithmException {
    Provider jdk = Security.getProvider(PROVIDER);
    return jdk == null
        ? TrustManagerFactory.getInstance("PKIX")
        : TrustManagerFactory.getInstance("PKIX", jdk);
  }
}
