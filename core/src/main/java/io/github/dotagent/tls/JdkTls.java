package io.github.dotagent.tls;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The JDK's own TLS, asked for by the name of its provider: a program may put another provider
 * before it at any time, for purposes of its own, and that one must not carry our connections. A
 * JVM that was set up without the JDK's (FIPS) gives us the one that it was set up with.
 */
final class JdkTls {
  private static final String PROVIDER = "SunJSSE";

  /**
   * Not {@code TLS}: that one reads the program's {@code jdk.tls.client.protocols}, and cannot be
   * made when that holds a word JSSE does not know. Which versions are offered {@link Handshake}
   * says; the first of these is in Java 8 since 8u261.
   */
  private static final String[] CONTEXTS = {"TLSv1.3", "TLSv1.2"};

  /**
   * Sessions that are kept to be gone on with: several for each connection of many servers. A
   * server may send as many tickets as it likes (RFC 8446 §4.6.1), of up to 64 KB each, and JSSE
   * would keep 20,480 of them, or what the program's {@code javax.net.ssl.sessionCacheSize} says.
   */
  static final int MOST_SESSIONS = 100;

  private JdkTls() {}

  /** For connections to the servers that the trust manager believes. */
  static SSLContext context(TrustManager trust) throws GeneralSecurityException {
    SSLContext context = context();
    // no key managers: the program's client certificate is not for a resolver to see
    context.init(new KeyManager[0], new TrustManager[] {trust}, null);
    SSLSessionContext sessions = context.getClientSessionContext();
    if (sessions != null) { // a provider that is not the JDK's may keep none
      sessions.setSessionCacheSize(MOST_SESSIONS);
    }
    return context;
  }

  static SSLContext context() throws NoSuchAlgorithmException {
    Provider jdk = Security.getProvider(PROVIDER);
    if (jdk == null) {
      return SSLContext.getInstance("TLS");
    }
    String newest = jdk.getService("SSLContext", CONTEXTS[0]) == null ? CONTEXTS[1] : CONTEXTS[0];
    return SSLContext.getInstance(newest, jdk);
  }

  static TrustManagerFactory trustManagers() throws NoSuchAlgorithmException {
    Provider jdk = Security.getProvider(PROVIDER);
    return jdk == null
        ? TrustManagerFactory.getInstance("PKIX")
        : TrustManagerFactory.getInstance("PKIX", jdk);
  }
}
