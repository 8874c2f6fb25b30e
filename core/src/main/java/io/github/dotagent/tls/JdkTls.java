package io.github.dotagent.tls;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/** The JDK's own TLS, from {@link JdkProviders}. */
final class JdkTls {
  /**
   * Not {@code TLS}: that one reads the program's {@code jdk.tls.client.protocols}, and fails if
   * that has a word unknown to JSSE. {@link Handshake} decides which versions are offered; the
   * first of these names is in Java 8 since 8u261.
   */
  private static final String[] CONTEXTS = {"TLSv1.3", "TLSv1.2"};

  /**
   * The most sessions to keep for resumption: several for each connection of many servers. A server
   * may send any number of tickets (RFC 8446 §4.6.1), of up to 64 KB each, and JSSE would keep
   * 20,480 of them, or the number in the program's {@code javax.net.ssl.sessionCacheSize}.
   */
  static final int MOST_SESSIONS = 100;

  private JdkTls() {}

  /** For connections to the servers that the trust manager accepts, without a client key. */
  static SSLContext context(TrustManager trust, JdkProviders providers)
      throws GeneralSecurityException {
    return context(trust, new ClientKeyManager(null), providers);
  }

  /**
   * @param keys the agent's alone: a resolver must not see the program's client certificate
   */
  static SSLContext context(TrustManager trust, ClientKeyManager keys, JdkProviders providers)
      throws GeneralSecurityException {
    SSLContext context = context(providers);
    context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, providers.random());
    SSLSessionContext sessions = context.getClientSessionContext();
    if (sessions != null) { // a provider that is not the JDK's may keep none
      sessions.setSessionCacheSize(MOST_SESSIONS);
    }
    return context;
  }

  static SSLContext context(JdkProviders providers) throws NoSuchAlgorithmException {
    for (String protocol : CONTEXTS) {
      if (providers.hasSslContext(protocol)) {
        return providers.sslContext(protocol);
      }
    }
    return SSLContext.getInstance("TLS");
  }

  /**
   * Forgets every session: the next connection to each server is a full handshake, in which the
   * server shows its present certificate.
   */
  static void forgetSessions(SSLContext context) {
    SSLSessionContext sessions = context.getClientSessionContext();
    if (sessions == null) {
      return;
    }
    for (byte[] id : Collections.list(sessions.getIds())) {
      SSLSession session = sessions.getSession(id);
      if (session != null) {
        session.invalidate();
      }
    }
  }
}
