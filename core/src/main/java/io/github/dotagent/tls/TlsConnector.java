package io.github.dotagent.tls;

import io.github.dotagent.support.AddressText;
import io.github.dotagent.support.Log;
import io.github.dotagent.support.LogSettings.Level;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Makes TLS connections to servers that prove who they are; never any other kind. Safe for use by
 * any number of threads; blocks the calling one.
 */
public final class TlsConnector {
  /**
   * The bound of the TCP connect alone. The kernel sends its first packet again after 1 s (RFC 6298
   * §2.1) and then waits ever longer: beyond that, a fresh attempt finds a network that is back
   * sooner than the old one does.
   */
  private static final int CONNECT_MILLIS = 1_500;

  /**
   * The bound of each silence in the handshake. A server, or a box on the way, that takes the
   * connection and says nothing for so long will not say more in the rest of a lookup's time, and a
   * fresh attempt may. As long as an open connection may be silent while it owes an answer.
   */
  private static final int HANDSHAKE_SILENT_MILLIS = 2_000;

  private final TlsPolicy policy;
  private final boolean examines;
  private final PinCheck pins;
  private final Log log;
  private final OpenSockets sockets = new OpenSockets();

  /** Made with the first connection: reading the authorities takes time. */
  private final AtomicReference<Ready> ready = new AtomicReference<>();

  private final AtomicReference<TlsFailure> broken = new AtomicReference<>();

  /**
   * @param log where a pin mismatch goes when it is only to be reported
   */
  public TlsConnector(TlsPolicy policy, Log log) {
    this(policy, log, false);
  }

  /**
   * @param examines whether what each check says is kept, for one connection
   */
  TlsConnector(TlsPolicy policy, Log log, boolean examines) {
    this.policy = policy;
    this.examines = examines;
    this.pins = PinCheck.of(policy, log);
    this.log = log;
  }

  /**
   * Connects the socket and secures it.
   *
   * @param socket new and unconnected; closing it from another thread ends this call
   * @param name the authentication domain name, also sent as SNI; null: the certificate must hold
   *     the address
   * @param limitMillis the bound of each wait for the server
   * @param alpn whether to say that this is DNS over TLS ({@link Handshake})
   * @throws TlsFailure when the server cannot be reached or is not the one it should be; the socket
   *     is then of no more use
   */
  public TlsSession connect(
      Socket socket, InetSocketAddress server, String name, int limitMillis, boolean alpn)
      throws TlsFailure {
    Ready tls = ready();
    sockets.add(socket);
    try {
      socket.setTcpNoDelay(true); // queries are small writes that nothing follows
      socket.connect(server, Math.min(limitMillis, CONNECT_MILLIS));
      socket.setSoTimeout(Math.min(limitMillis, HANDSHAKE_SILENT_MILLIS));
    } catch (IOException unreachable) {
      throw ConnectReason.ofConnect(unreachable);
    }
    SSLSocket secured = null;
    try {
      String peer = name == null ? AddressText.of(server.getAddress()) : name;
      secured =
          (SSLSocket)
              tls.context.getSocketFactory().createSocket(socket, peer, server.getPort(), true);
      secured.setSSLParameters(Handshake.parameters(secured, policy.authentication(), name, alpn));
      secured.startHandshake();
      secured.setSoTimeout(0); // from here on silence is normal; queries have their own bound
      return session(secured, tls.trust);
    } catch (IOException refused) {
      throw ConnectReason.ofHandshake(refused, TlsProperties.ofThisJvm());
    } catch (LinkageError broken) {
      throw brokenTls(broken);
    } finally {
      if (secured != null) {
        tls.trust.isOver(secured); // when it failed nobody else takes it out
      }
    }
  }

  /** The first of them says why; later ones only that a class is gone (JVMS §5.5). */
  private TlsFailure brokenTls(LinkageError error) {
    broken.compareAndSet(null, ConnectReason.ofBrokenTls(error, TlsProperties.ofThisJvm()));
    return broken.get();
  }

  /**
   * Closes every connection, without a word to the servers, and fails those to come: a JVM that
   * ends waits 0.3 s for a thread that reads from a socket (HotSpot's
   * VM_Exit::wait_for_threads_in_native_to_block).
   */
  public void close() {
    sockets.closeAll();
  }

  private TlsSession session(SSLSocket socket, ServerTrust trust) throws IOException {
    boolean resumed = !trust.isOver(socket);
    X509Certificate[] presented = presented(socket);
    SpkiPin matched = null;
    if (pins.isOn()) {
      try {
        matched = pins.matchIn(trust.validated(presented));
      } catch (UntrustedServerException refused) {
        throw new SSLException(refused);
      }
    }
    boolean mismatch = pins.isOn() && matched == null;
    return new TlsSession(
        socket, new ShownIdentity(socket.getSession(), presented, resumed, matched, mismatch));
  }

  private static X509Certificate[] presented(SSLSocket socket) throws IOException {
    java.security.cert.Certificate[] peer = socket.getSession().getPeerCertificates();
    X509Certificate[] presented = new X509Certificate[peer.length];
    for (int i = 0; i < peer.length; i++) {
      presented[i] = (X509Certificate) peer[i];
    }
    return presented;
  }

  /** How many servers had none of the user's pins, since the start, refused or not. */
  public long pinMismatches() {
    return pins.mismatches();
  }

  /** What was seen by a connector that examines; null when it did not come to that. */
  ExaminedTrust examined() {
    Ready made = ready.get();
    return made == null ? null : made.examined;
  }

  /** The pin of the user's that a chain holds; null when there is none. */
  SpkiPin pinIn(List<X509Certificate> chain) {
    return pins.matchIn(chain);
  }

  /** Every connection shares one context: that is also where JSSE keeps sessions to resume. */
  private Ready ready() throws TlsFailure {
    Ready made = ready.get();
    if (made == null) {
      // two threads may both make one; the first stays. A lock would be held while a file is read
      if (ready.compareAndSet(null, make())) {
        tellOfProperties();
      }
      made = ready.get();
    }
    return made;
  }

  /** At the start, and not with the first server that wants what they have taken away. */
  private void tellOfProperties() {
    for (String set : TlsProperties.ofThisJvm().inTheWay()) {
      log.write(Level.WARN, TlsProperties.NARROWED + set);
    }
  }

  private Ready make() throws TlsFailure {
    try {
      ServerTrust trust =
          policy.authentication() == TlsPolicy.Authentication.PINS
              ? ServerTrust.byPinsAlone(pins)
              : ServerTrust.byNameAndPins(TrustAnchors.read(policy), pins);
      ExaminedTrust examined = examines ? new ExaminedTrust(trust) : null;
      return new Ready(JdkTls.context(examines ? examined : trust), trust, examined);
    } catch (GeneralSecurityException noTls) {
      throw new TlsFailure(
          TlsFailure.Kind.HANDSHAKE, "this JDK offers no TLS: " + noTls.getMessage(), noTls);
    }
  }

  private static final class Ready {
    final SSLContext context;
    final ServerTrust trust;
    final ExaminedTrust examined; // null where nobody examines

    Ready(SSLContext context, ServerTrust trust, ExaminedTrust examined) {
      this.context = context;
      this.trust = trust;
      this.examined = examined;
    }
  }
}
