package io.github.dotagent.tls;

import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.AddressText;
import io.github.dotagent.net.TerminalText;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides whether a server has proved its identity. The JDK's own trust manager checks PKIX and
 * name; then {@link CertificateRules}, {@link HostnameCheck} and the pins are checked; or the pins
 * alone. JSSE asks no other trust manager. Safe for use by any number of threads.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  /**
   * JSSE's name for the key type of a TLS 1.3 server, because the cipher suite does not have it.
   */
  private static final String ANY_KEY = "UNKNOWN";

  /** The JDK quotes names of the certificate, in which a server may put 30 KB. */
  private static final int LONGEST_WORDS = 500;

  private final JdkProviders providers;
  private final CertificatePaths paths; // null: pins alone
  private final X509ExtendedTrustManager pkix; // null: pins alone
  private final PinCheck pins;
  private final LongSupplier epochMillis;

  /**
   * For each socket whose server had to prove its identity, the accepted path. A resumed session is
   * not in it: its server proved it before.
   */
  private final Map<Socket, List<X509Certificate>> asked = new ConcurrentHashMap<>();

  /** The sockets whose handshake is over. The set forgets a socket that is no longer used. */
  private final Set<Socket> settled =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<Socket, Boolean>()));

  /**
   * The paths of accepted chains. Signatures do not change, and a resumed session was checked
   * before, so only the time is checked again. The map holds as many as JSSE keeps sessions.
   */
  private final Map<List<X509Certificate>, List<X509Certificate>> believed =
      Collections.synchronizedMap(
          new LinkedHashMap<List<X509Certificate>, List<X509Certificate>>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(
                Map.Entry<List<X509Certificate>, List<X509Certificate>> eldest) {
              return size() > JdkTls.MOST_SESSIONS;
            }
          });

  private ServerTrust(
      JdkProviders providers,
      CertificatePaths paths,
      X509ExtendedTrustManager pkix,
      PinCheck pins,
      LongSupplier epochMillis) {
    this.providers = providers;
    this.paths = paths;
    this.pkix = pkix;
    this.pins = pins;
    this.epochMillis = epochMillis;
  }

  /** The out-of-band key-pinned profile: no authority, no name (RFC 7858 §4.2). */
  static ServerTrust byPinsAlone(PinCheck pins) {
    return new ServerTrust(JdkProviders.ofThisJvm(), null, null, pins, System::currentTimeMillis);
  }

  static ServerTrust byNameAndPins(KeyStore anchors, PinCheck pins)
      throws GeneralSecurityException {
    return byNameAndPins(anchors, pins, JdkProviders.ofThisJvm(), System::currentTimeMillis);
  }

  /**
   * @param epochMillis the wall clock
   */
  static ServerTrust byNameAndPins(
      KeyStore anchors, PinCheck pins, JdkProviders providers, LongSupplier epochMillis)
      throws GeneralSecurityException {
    TrustManagerFactory factory = providers.trustManagers();
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
    // the program's own com.sun.net.ssl.checkRevocation would ask servers that have to be looked up
    parameters.setRevocationEnabled(false);
    factory.init(new CertPathTrustManagerParameters(parameters));
    List<X509Certificate> trusted = new ArrayList<>();
    for (TrustAnchor anchor : parameters.getTrustAnchors()) {
      trusted.add(anchor.getTrustedCert());
    }
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager) {
        CertificatePaths paths = new CertificatePaths(trusted);
        X509ExtendedTrustManager pkix = (X509ExtendedTrustManager) manager;
        return new ServerTrust(providers, paths, pkix, pins, epochMillis);
      }
    }
    throw new GeneralSecurityException("this JDK has no PKIX trust manager that checks names");
  }

  /** Whether a pin is enough, without authority and name. */
  boolean isByPinsAlone() {
    return pkix == null;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (settled.contains(socket)) {
      // TLS 1.2 allows it; TLS 1.3 and HTTP/2 do not (RFC 8446 §4.1.2, RFC 9113 §9.2.1)
      throw new UntrustedServerException("tried to present a second certificate", null);
    }
    List<X509Certificate> presented = own(chain);
    List<X509Certificate> path;
    if (pkix == null) {
      path = signed(presented);
    } else {
      path = path(presented, authType, socket);
      HostnameCheck.check(path.get(0), peerOf(socket));
    }
    if (pins.isOn()) {
      pins.check(path, serverOf((SSLSocket) socket, peerOf(socket)));
    }
    asked.put(socket, path);
  }

  /**
   * Checks a resumed session, whose server showed no certificate: its certificate may have expired
   * since (RFC 8446 §4.6.1).
   *
   * @param chain the chain that it showed when the session began
   * @param peer the name, or address, that the server must prove
   * @return the accepted path
   */
  List<X509Certificate> checkResumed(X509Certificate[] chain, String peer)
      throws CertificateException {
    List<X509Certificate> presented = own(chain);
    if (pkix == null) {
      return signed(presented);
    }
    List<X509Certificate> path = believed.get(presented);
    if (path == null) {
      path = path(presented, ANY_KEY, null);
    } else {
      CertificateRules.check(path, epochMillis.getAsLong());
    }
    HostnameCheck.check(path.get(0), peer);
    return path;
  }

  private static String peerOf(Socket socket) {
    return ((SSLSocket) socket).getHandshakeSession().getPeerHost();
  }

  /**
   * The server in the form of {@code upstreams}, as far as the socket knows it.
   *
   * @param peer the name, or address, that the server must prove
   */
  static String serverOf(SSLSocket socket, String peer) {
    InetAddress address = socket.getInetAddress();
    if (address == null) { // not connected, or not any more
      return peer;
    }
    String server = AddressText.of(address) + '@' + socket.getPort();
    return AddressLiteral.parse(peer).isPresent() ? server : server + '#' + peer;
  }

  /** Checks the chain alone, without the name of its leaf. Not with pins alone. */
  void checkChain(X509Certificate[] chain, String authType) throws CertificateException {
    path(own(chain), authType, null);
  }

  /** The chain that is compared with pins. */
  List<X509Certificate> validated(X509Certificate[] chain) throws CertificateException {
    List<X509Certificate> presented = own(chain);
    return pkix == null ? signed(presented) : path(presented, ANY_KEY, null);
  }

  private List<X509Certificate> signed(List<X509Certificate> presented) {
    return SignedChain.of(presented, providers);
  }

  private List<X509Certificate> own(X509Certificate[] chain) throws CertificateException {
    List<X509Certificate> own = new ArrayList<>(chain.length);
    for (X509Certificate certificate : chain) {
      own.add(providers.own(certificate));
    }
    return own;
  }

  /**
   * The first path that the JDK and the agent's rules accept.
   *
   * @param socket null: its name and algorithms are not checked
   */
  private List<X509Certificate> path(
      List<X509Certificate> presented, String authType, Socket socket)
      throws UntrustedServerException {
    UntrustedServerException first = null;
    for (List<X509Certificate> path : paths.of(presented)) {
      try {
        checkPath(path, authType, socket);
        believed.put(presented, path);
        return path;
      } catch (UntrustedServerException refused) {
        first = first == null ? refused : first;
      }
    }
    throw first == null ? unknownAuthority(presented.get(0), null) : first;
  }

  private void checkPath(List<X509Certificate> path, String authType, Socket socket)
      throws UntrustedServerException {
    JdkProviders.Alone alone = providers.begin();
    try {
      // the socket's endpoint identification algorithm makes this check the name as well
      pkix.checkServerTrusted(path.toArray(new X509Certificate[0]), authType, socket);
      if (!alone.isSo()) {
        checkByName(path);
      }
    } catch (CertificateException refused) {
      throw new UntrustedServerException(reasonOf(refused, path.get(0)), refused);
    } finally {
      alone.end();
    }
    CertificateRules.check(path, epochMillis.getAsLong());
  }

  /**
   * Checks again with the JDK's provider and its signatures, if another provider may have answered.
   */
  private void checkByName(List<X509Certificate> path) throws CertificateException {
    int last = path.size() - 1;
    if (last == 0) {
      return; // it is in the trust store
    }
    try {
      Set<TrustAnchor> anchor = Collections.singleton(new TrustAnchor(path.get(last), null));
      PKIXParameters parameters = new PKIXParameters(anchor);
      parameters.setRevocationEnabled(false);
      providers
          .pathValidator()
          .validate(
              providers
                  .certificates()
                  .generateCertPath(new ArrayList<Certificate>(path.subList(0, last))),
              parameters);
    } catch (CertificateException refused) {
      throw refused;
    } catch (GeneralSecurityException refused) {
      throw new CertificateException(refused.getMessage(), refused);
    }
    for (int i = 0; i < last; i++) {
      if (!providers.hasSigned(path.get(i + 1), path.get(i))) {
        throw unknownAuthority(path.get(i), null);
      }
    }
  }

  /**
   * The handshake has ended, successful or not. If the server begins another one later, as TLS 1.2
   * allows, it is refused: such a handshake could go on without end, and show another identity.
   *
   * @return the path that the server has proved, once at most; null if it did not have to prove one
   */
  List<X509Certificate> isOver(Socket socket) {
    settled.add(socket);
    return asked.remove(socket);
  }

  private String reasonOf(CertificateException refused, X509Certificate leaf) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof UntrustedServerException) {
        return cause.getMessage();
      }
      if (cause instanceof CertificateExpiredException) {
        return "certificate expired (" + words(cause) + ")";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "certificate not yet valid by this machine's clock (" + words(cause) + ")";
      }
    }
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException || hasNoAnchor(cause)) {
        return unknownAuthority(leaf, null).getMessage();
      }
      if (cause instanceof CertPathValidatorException) {
        return "certificate not accepted (" + words(cause) + ")" + narrowed(cause);
      }
    }
    // sun.security.util.HostnameChecker throws the plain class; other refusals have a subclass
    return refused.getClass() == CertificateException.class
        ? "name mismatch (" + words(refused) + ")"
        : "certificate not accepted (" + words(refused) + ")";
  }

  private static String words(Throwable ofJdk) {
    return TerminalText.of(String.valueOf(ofJdk.getMessage()), LONGEST_WORDS);
  }

  /** A property of the program may have disabled the algorithm. */
  private static String narrowed(Throwable cause) {
    boolean byProperty =
        ((CertPathValidatorException) cause).getReason()
            == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED;
    return byProperty ? TlsProperties.told(TlsProperties.ofThisJvm().certificates()) : "";
  }

  private static UntrustedServerException unknownAuthority(X509Certificate leaf, Throwable cause) {
    return new UntrustedServerException(
        "certificate of an unknown authority (issued by " + CertificateName.issuer(leaf) + ")",
        cause);
  }

  /**
   * Whether the JDK found no trusted authority. The JDK gives the same error if an authority has
   * the name of a trusted one and another key.
   */
  private static boolean hasNoAnchor(Throwable cause) {
    return cause instanceof CertPathValidatorException
        && ((CertPathValidatorException) cause).getReason() == PKIXReason.NO_TRUST_ANCHOR;
  }

  /** Always refuses: without the socket the name cannot be checked. */
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
