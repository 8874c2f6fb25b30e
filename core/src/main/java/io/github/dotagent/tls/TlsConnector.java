package io.github.dotagent.tls;

import io.github.dotagent.support.Log;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Makes TLS connections to servers that prove who they are; never any other kind. Safe for use by
 * any number of threads; blocks the calling one.
 */
public final class TlsConnector {
  private final TlsPolicy policy;
  private final PinCheck pins;

  /** Made with the first connection: reading the authorities takes time. */
  private final AtomicReference<Ready> ready = new AtomicReference<>();

  /**
   * @param log where a pin mismatch goes when it is only to be reported
   */
  public TlsConnector(TlsPolicy policy, Log log) {
    this.policy = policy;
    this.pins = new PinCheck(policy.pins(), policy.pinMode(), log);
  }

  /**
   * Connects the socket and secures it.
   *
   * @param socket new and unconnected; closing it from another thread ends this call
   * @param name the authentication domain name, also sent as SNI; null: the certificate must hold
   *     the address
   * @param timeoutMillis the bound of the TCP connect, and of each wait for the server after it
   * @throws TlsFailure when the server cannot be reached or is not the one it should be; the socket
   *     is then of no more use
   */
  public TlsSession connect(Socket socket, InetSocketAddress server, String name, int timeoutMillis)
      throws TlsFailure {
    Ready tls = ready();
    try {
      socket.setTcpNoDelay(true); // a query is one small write that nothing follows
      socket.connect(server, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
    } catch (IOException unreachable) {
      throw new TlsFailure(TlsFailure.Kind.UNREACHABLE, reasonOf(unreachable), unreachable);
    }
    try {
      String peer = name == null ? server.getAddress().getHostAddress() : name;
      SSLSocket secured =
          (SSLSocket)
              tls.context.getSocketFactory().createSocket(socket, peer, server.getPort(), true);
      secured.setSSLParameters(parameters(secured, policy));
      secured.startHandshake();
      secured.setSoTimeout(0); // from here on silence is normal; queries have their own bound
      return session(secured, tls.trust);
    } catch (IOException refused) {
      throw failure(refused);
    }
  }

  private static SSLParameters parameters(SSLSocket socket, TlsPolicy policy) {
    SSLParameters parameters = socket.getSSLParameters();
    List<String> versions = new ArrayList<>();
    for (String supported : socket.getSupportedProtocols()) {
      // RFC 8310 §9, RFC 8996: nothing older than 1.2; 1.3 came to Java 8 with 8u262
      if (supported.equals("TLSv1.3") || supported.equals("TLSv1.2")) {
        versions.add(supported);
      }
    }
    parameters.setProtocols(versions.toArray(new String[0]));
    if (policy.authentication() == TlsPolicy.Authentication.NAME) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }

  private TlsSession session(SSLSocket socket, ServerTrust trust) throws IOException {
    SpkiPin matched = null;
    if (pins.isOn()) {
      java.security.cert.Certificate[] peer = socket.getSession().getPeerCertificates();
      X509Certificate[] presented = new X509Certificate[peer.length];
      for (int i = 0; i < peer.length; i++) {
        presented[i] = (X509Certificate) peer[i];
      }
      try {
        matched = pins.matchIn(trust.validated(presented));
      } catch (UntrustedServerException refused) {
        throw new SSLException(refused);
      }
    }
    return new TlsSession(socket, matched);
  }

  private static TlsFailure failure(IOException refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof UntrustedServerException) {
        return new TlsFailure(TlsFailure.Kind.UNTRUSTED, cause.getMessage(), refused);
      }
    }
    return new TlsFailure(
        TlsFailure.Kind.HANDSHAKE, "no TLS session: " + reasonOf(refused), refused);
  }

  private static String reasonOf(IOException failure) {
    if (failure instanceof SocketTimeoutException) {
      return failure.getMessage() != null && failure.getMessage().startsWith("connect")
          ? "connect timed out"
          : "the server did not answer in time";
    }
    if (failure instanceof NoRouteToHostException || failure instanceof ConnectException) {
      return connectFailure(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof EOFException || failure.getCause() instanceof EOFException) {
      return "the server closed the connection";
    }
    if (failure.getCause() instanceof SocketException) {
      return String.valueOf(failure.getCause().getMessage()); // Java 8: "Couldn't kickstart ..."
    }
    return String.valueOf(failure.getMessage());
  }

  /** The kernel's words for it, which each JDK dresses differently (Java 8 refuses everything). */
  private static String connectFailure(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    if (words.contains("unreachable")) {
      return "network unreachable";
    }
    if (words.contains("no route")) {
      return "no route to host";
    }
    if (words.contains("timed out")) {
      return "connect timed out";
    }
    return words.contains("refused") ? "connection refused" : message;
  }

  /** Every connection shares one context: that is also where JSSE keeps sessions to resume. */
  private Ready ready() throws TlsFailure {
    Ready made = ready.get();
    if (made == null) {
      // two threads may both make one; the first stays. A lock would be held while a file is read
      ready.compareAndSet(null, make());
      made = ready.get();
    }
    return made;
  }

  private Ready make() throws TlsFailure {
    try {
      ServerTrust trust =
          policy.authentication() == TlsPolicy.Authentication.PINS
              ? ServerTrust.byPinsAlone(pins)
              : ServerTrust.byNameAndPins(TrustAnchors.read(policy), pins);
      SSLContext context = JdkTls.context();
      // no key managers: the program's client certificate is not for a resolver to see
      context.init(new KeyManager[0], new TrustManager[] {trust}, null);
      return new Ready(context, trust);
    } catch (GeneralSecurityException noTls) {
      throw new TlsFailure(
          TlsFailure.Kind.HANDSHAKE, "this JDK offers no TLS: " + noTls.getMessage(), noTls);
    }
  }

  private static final class Ready {
    final SSLContext context;
    final ServerTrust trust;

    Ready(SSLContext context, ServerTrust trust) {
      this.context = context;
      this.trust = trust;
    }
  }
}
