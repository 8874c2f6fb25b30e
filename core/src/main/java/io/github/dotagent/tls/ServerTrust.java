package io.github.dotagent.tls;

import io.github.dotagent.support.AddressLiteral;
import io.github.dotagent.support.AddressText;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXReason;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides whether a server is the one it should be: PKIX and name by the JDK's own trust manager,
 * then the pins; or the pins alone. Safe for use by any number of threads.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  /** GeneralName of RFC 5280 §4.2.1.6: dNSName and iPAddress. */
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;

  private final KeyStore anchors; // null: pins alone
  private final X509ExtendedTrustManager pkix; // null: pins alone
  private final PinCheck pins;

  /** The sockets whose server had to prove itself: one that goes on with a session has already. */
  private final Set<Socket> asked = ConcurrentHashMap.newKeySet();

  /** Those whose handshake is over; who forgets such a socket need not say so here. */
  private final Set<Socket> settled =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<Socket, Boolean>()));

  private ServerTrust(KeyStore anchors, X509ExtendedTrustManager pkix, PinCheck pins) {
    this.anchors = anchors;
    this.pkix = pkix;
    this.pins = pins;
  }

  /** The out-of-band key-pinned profile: no authority, no name (RFC 7858 §4.2). */
  static ServerTrust byPinsAlone(PinCheck pins) {
    return new ServerTrust(null, null, pins);
  }

  static ServerTrust byNameAndPins(KeyStore anchors, PinCheck pins)
      throws GeneralSecurityException {
    TrustManagerFactory factory = JdkTls.trustManagers();
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
    // the program's own com.sun.net.ssl.checkRevocation would ask servers that have to be looked up
    parameters.setRevocationEnabled(false);
    factory.init(new CertPathTrustManagerParameters(parameters));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager) {
        return new ServerTrust(anchors, (X509ExtendedTrustManager) manager, pins);
      }
    }
    throw new GeneralSecurityException("this JDK has no PKIX trust manager that checks names");
  }

  /** The name alone: whoever signed it, whenever it ends, a leaf that is an authority is good. */
  static ServerTrust byName(X509Certificate leaf) throws GeneralSecurityException {
    return byNameAndPins(TrustAnchors.of(leaf), PinCheck.NONE);
  }

  /** Whether neither authority nor name is asked for. */
  boolean isByPinsAlone() {
    return pkix == null;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (settled.contains(socket)) {
      // TLS 1.2 allows it; TLS 1.3 and HTTP/2 do not (RFC 8446 §4.1.2, RFC 9113 §9.2.1)
      throw new UntrustedServerException("would show a certificate once more", null);
    }
    asked.add(socket);
    if (pkix == null) {
      pins.check(validated(chain), serverOf((SSLSocket) socket));
      return;
    }
    // the socket's endpoint identification algorithm makes this check the name as well
    checkChain(chain, authType, socket);
    refuseCommonName(chain[0], ((SSLSocket) socket).getHandshakeSession().getPeerHost());
    if (pins.isOn()) {
      pins.check(validated(chain), serverOf((SSLSocket) socket));
    }
  }

  /** In the form of {@code upstreams}, as far as the socket knows. */
  private static String serverOf(SSLSocket socket) {
    String peer = socket.getHandshakeSession().getPeerHost();
    InetAddress address = socket.getInetAddress();
    if (address == null) { // not connected, or not any more
      return peer;
    }
    String server = AddressText.of(address) + '@' + socket.getPort();
    return AddressLiteral.parse(peer).isPresent() ? server : server + '#' + peer;
  }

  /** The chain alone, whatever name its leaf has; not with pins alone. */
  void checkChain(X509Certificate[] chain, String authType) throws UntrustedServerException {
    checkChain(chain, authType, null);
  }

  private void checkChain(X509Certificate[] chain, String authType, Socket socket)
      throws UntrustedServerException {
    try {
      pkix.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException refused) {
      throw new UntrustedServerException(reasonOf(refused, chain[0]), refused);
    }
  }

  /**
   * The handshake has come to its end, a good one or not: a server that begins another one later,
   * as TLS 1.2 lets it, is refused. It could go on without end, and be another than it was.
   *
   * @return whether the server had to prove itself; true once at most
   */
  boolean isOver(Socket socket) {
    settled.add(socket);
    return asked.remove(socket);
  }

  /** The chain that pins are held against. */
  List<X509Certificate> validated(X509Certificate[] presented) throws UntrustedServerException {
    if (pkix == null) {
      return SignedChain.of(presented);
    }
    try {
      return ValidatedChain.of(presented, anchors);
    } catch (GeneralSecurityException noPath) {
      throw new UntrustedServerException("certificate chain not accepted", noPath);
    }
  }

  /**
   * RFC 8310 §8.1: names are in subjectAltName. The JDK falls back to the common name where that
   * holds no dNSName (sun.security.util.HostnameChecker.matchDNS), be there addresses or not.
   */
  private static void refuseCommonName(X509Certificate leaf, String peer)
      throws CertificateException {
    int needed = AddressLiteral.parse(peer).isPresent() ? IP_ADDRESS : DNS_NAME;
    Collection<List<?>> names = leaf.getSubjectAlternativeNames();
    if (names != null) {
      for (List<?> name : names) {
        if (name.get(0).equals(needed)) {
          return;
        }
      }
    }
    throw new UntrustedServerException(
        "name mismatch (the certificate has no name in subjectAltName)", null);
  }

  private static String reasonOf(CertificateException refused, X509Certificate leaf) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "certificate expired (" + cause.getMessage() + ")";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "certificate not yet valid (" + cause.getMessage() + ")";
      }
    }
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException || hasNoAnchor(cause)) {
        return "certificate of an unknown authority (" + CertificateName.issuer(leaf) + ")";
      }
      if (cause instanceof CertPathValidatorException) {
        return "certificate not accepted (" + cause.getMessage() + ")";
      }
    }
    // sun.security.util.HostnameChecker throws the plain class; other refusals have a subclass
    return refused.getClass() == CertificateException.class
        ? "name mismatch (" + refused.getMessage() + ")"
        : "certificate not accepted (" + refused.getMessage() + ")";
  }

  /** How the JDK says it when the authority has a trusted one's name and another key. */
  private static boolean hasNoAnchor(Throwable cause) {
    return cause instanceof CertPathValidatorException
        && ((CertPathValidatorException) cause).getReason() == PKIXReason.NO_TRUST_ANCHOR;
  }

  /** Without the socket the name could not be checked. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a server is never trusted without its connection");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("dot-agent uses sockets, not engines");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("dot-agent is never a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
