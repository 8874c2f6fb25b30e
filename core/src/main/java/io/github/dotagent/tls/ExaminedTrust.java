package io.github.dotagent.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets {@link ServerTrust} decide, and records the result of each check. Users want to see all of
 * them, also for a refused server. For one handshake.
 */
final class ExaminedTrust extends X509ExtendedTrustManager {
  private final ServerTrust trust;
  private List<X509Certificate> presented = Collections.emptyList();
  private List<X509Certificate> validated = Collections.emptyList();
  private String chainProblem;
  private String nameProblem;

  ExaminedTrust(ServerTrust trust) {
    this.trust = trust;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    presented = Collections.unmodifiableList(new ArrayList<>(Arrays.asList(chain)));
    if (!trust.isByPinsAlone()) {
      chainProblem = chainProblem(chain, authType);
      nameProblem = nameProblem(chain[0], socket);
    }
    try {
      validated = trust.validated(chain);
    } catch (CertificateException saidByTheCheckOfTheChain) {
      validated = Collections.emptyList();
    }
    trust.checkServerTrusted(chain, authType, socket);
  }

  private String chainProblem(X509Certificate[] chain, String authType) {
    try {
      trust.checkChain(chain, authType);
      return null;
    } catch (CertificateException problem) {
      return problem.getMessage();
    }
  }

  private static String nameProblem(X509Certificate leaf, Socket socket) {
    try {
      HostnameCheck.check(leaf, ((SSLSocket) socket).getHandshakeSession().getPeerHost());
      return null;
    } catch (CertificateException problem) {
      return problem.getMessage();
    }
  }

  /** The chain that the server sent, its own certificate first; empty when it sent none. */
  List<X509Certificate> presented() {
    return presented;
  }

  /** The chain that is compared with pins; empty if there is none. */
  List<X509Certificate> validated() {
    return validated;
  }

  /** Null: the chain is valid, or is not checked. */
  String chainProblem() {
    return chainProblem;
  }

  /** Null: the name is right, or is not checked. */
  String nameProblem() {
    return nameProblem;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    trust.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    trust.checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    trust.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    trust.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    trust.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.getAcceptedIssuers();
  }
}
