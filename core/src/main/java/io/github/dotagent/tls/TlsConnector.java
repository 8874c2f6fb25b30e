package io.github.dotagent.tls;

import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.net.AddressText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Makes TLS connections, only to servers that prove their identity. Safe for use by any number of
 * threads; blocks the calling one.
 */
public final class TlsConnector {
  private final TlsPolicy policy;
  private final boolean examines;
  private final Log log;
  private final LongSupplier epochMillis;
  private final OpenSockets sockets;
  private final AtomicLong mismatches;

  /**
   * The key is the name, or address, of servers with their own pins or client certificate; it is
   * empty for all other servers. Each key has its own sessions, which no other key can resume. Made
   * with the first connection, because reading the authorities takes time.
   */
  private final ConcurrentMap<String, Ready> ready = new ConcurrentHashMap<>();

  private final AtomicReference<KeyStore> anchors = new AtomicReference<>(); // null until read

  /** The keys that were read beforehand, by name. Others are read when they are needed. */
  private final Map<String, ClientKey> keys;

  private volatile Ready last; // of a connector that examines; null until a connection was made

  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicReference<TlsFailure> broken = new AtomicReference<>();

  /**
   * @param log for a pin mismatch that is only reported
   */
  public TlsConnector(TlsPolicy policy, Log log) {
    this(policy, log, false);
  }

  /**
   * @param examines whether the result of each check is recorded, for one connection
   */
  TlsConnector(TlsPolicy policy, Log log, boolean examines) {
    this(
        policy,
        log,
        examines,
        new LongSupplier() { // the JVM's first lambda takes milliseconds
          @Override
          public long getAsLong() {
            return System.currentTimeMillis();
          }
        });
  }

  /**
   * @param epochMillis the wall clock; certificates expire by it
   */
  TlsConnector(TlsPolicy policy, Log log, boolean examines, LongSupplier epochMillis) {
    this(
        policy,
        log,
        examines,
        epochMillis,
        new OpenSockets(),
        new AtomicLong(),
        Collections.<String, ClientKey>emptyMap());
  }

  private TlsConnector(
      TlsPolicy policy,
      Log log,
      boolean examines,
      LongSupplier epochMillis,
      OpenSockets sockets,
      AtomicLong mismatches,
      Map<String, ClientKey> keys) {
    this.policy = policy;
    this.examines = examines;
    this.log = log;
    this.epochMillis = epochMillis;
    this.sockets = sockets;
    this.mismatches = mismatches;
    this.keys = keys;
  }

  /**
   * The connector for new settings. It has read all files that the policy names, and shares its
   * sockets and counts with this one.
   *
   * @throws TlsFailure if one of them cannot be used; the message names it, and what to do
   */
  public TlsConnector next(TlsPolicy other) throws TlsFailure {
    Map<String, ClientKey> read = new HashMap<>();
    for (Map.Entry<String, ClientCertificateSpec> client : other.clientCertificates().entrySet()) {
      read.put(client.getKey(), ClientKey.read(client.getValue()));
    }
    TlsConnector next =
        new TlsConnector(other, log, examines, epochMillis, sockets, mismatches, read);
    next.told.set(told.get());
    boolean byName = other.authentication() == TlsPolicy.Authentication.NAME;
    boolean stays = policy.authentication() == TlsPolicy.Authentication.NAME;
    if (byName && stays && !other.trustStore().isPresent() && !policy.trustStore().isPresent()) {
      next.anchors.set(anchors.get()); // the JDK's own: not a file of the user's
    } else if (byName) {
      next.anchors();
    }
    return next;
  }

  /**
   * Whether the other connector demands the same proof from a server, and shows it the same
   * certificate.
   *
   * @param peer its authentication name, or its address where it has none
   */
  public boolean isSame(TlsConnector other, String peer) {
    if (other == this) {
      return true;
    }
    ClientKey key = keyOf(peer);
    ClientKey its = other.keyOf(peer);
    return policy.authentication() == other.policy.authentication()
        && policy.pinMode() == other.policy.pinMode()
        && policy.pinsOf(peer).equals(other.policy.pinsOf(peer))
        && (key == null ? its == null : key.isSame(its))
        && (policy.authentication() == TlsPolicy.Authentication.PINS || hasSameAnchors(other));
  }

  /** Whether it accepts, and shows, the same certificates as another connector. */
  public boolean hasSameFiles(TlsConnector other) {
    Set<String> peers = new HashSet<>(policy.clientCertificates().keySet());
    if (!peers.equals(other.policy.clientCertificates().keySet())) {
      return false;
    }
    for (String peer : peers) {
      ClientKey key = keyOf(peer);
      if (key == null || !key.isSame(other.keyOf(peer))) {
        return false;
      }
    }
    return policy.authentication() == other.policy.authentication()
        && (policy.authentication() == TlsPolicy.Authentication.PINS || hasSameAnchors(other));
  }

  /** Also false if one of the two has not read its authorities yet. */
  private boolean hasSameAnchors(TlsConnector other) {
    if (!policy.trustStore().isPresent() && !other.policy.trustStore().isPresent()) {
      return true; // those of the JDK
    }
    KeyStore one = anchors.get();
    KeyStore its = other.anchors.get();
    return one != null && its != null && TrustAnchors.areSame(one, its);
  }

  /** The certificates that were read for a server; null: none so far, or there are none. */
  private ClientKey keyOf(String peer) {
    ClientKey read = keys.get(peer);
    if (read == null) {
      Ready made = ready.get(peer);
      read = made == null ? null : made.keys.key();
    }
    return read;
  }

  /**
   * Whether a server that has proved its identity may still be used. It may not if it has none of
   * the pins that are set for it, or if the authority at the end of its path is no longer trusted.
   *
   * @param peer its authentication name, or its address where it has none
   */
  public boolean takes(String peer, TlsSession session) {
    return takes(peer, session.path());
  }

  /**
   * @param path the accepted certificates, the server's own first
   */
  boolean takes(String peer, List<X509Certificate> path) {
    KeyStore trusted = anchors.get(); // null: those of the JDK, as before
    return policy.takes(peer, path)
        && (policy.authentication() == TlsPolicy.Authentication.PINS
            || trusted == null
            || TrustAnchors.holds(trusted, path.get(path.size() - 1)));
  }

  /**
   * Connects the socket and secures it.
   *
   * @param socket new and unconnected; closing it from another thread ends this call
   * @param name the authentication domain name, also sent as SNI; null: the certificate must hold
   *     the address
   * @param connectMillis the bound of the TCP connect
   * @param limitMillis the bound of each wait for the server, that one included
   * @param alpn whether to say that this is DNS over TLS ({@link Handshake})
   * @throws TlsFailure if the server cannot be reached or does not prove its identity; the socket
   *     cannot be used any more
   */
  public TlsSession connect(
      Socket socket,
      InetSocketAddress server,
      String name,
      int connectMillis,
      int limitMillis,
      boolean alpn)
      throws TlsFailure {
    String peer = name == null ? AddressText.of(server.getAddress()) : name;
    Ready tls = ready(peer);
    sockets.add(socket);
    try {
      socket.setTcpNoDelay(true); // Nagle's algorithm would only delay queries
      socket.connect(server, Math.min(limitMillis, connectMillis));
      socket.setSoTimeout(limitMillis);
    } catch (IOException unreachable) {
      throw ConnectReason.ofConnect(unreachable);
    }
    SSLSocket secured = null;
    // JSSE takes the handshake's signatures and keys from the first provider that has them
    JdkProviders.Alone alone = tls.providers.beginHandshake();
    try {
      tls.forgetWhatHasEnded(epochMillis.getAsLong());
      secured =
          (SSLSocket)
              tls.context.getSocketFactory().createSocket(socket, peer, server.getPort(), true);
      secured.setSSLParameters(Handshake.parameters(secured, policy.authentication(), name, alpn));
      secured.startHandshake();
      secured.setSoTimeout(0); // from here on silence is normal; queries have their own bound
      return session(secured, peer, tls);
    } catch (IOException refused) {
      TlsFailure failure = ConnectReason.ofHandshake(refused, TlsProperties.ofThisJvm());
      boolean lacksKey = secured != null && tls.keys.key() == null && tls.keys.wasAsked(secured);
      throw lacksKey ? failure.forWantOfKey(peer) : failure;
    } catch (StackOverflowError deep) {
      // its certificate nests too deep, as in TrustAnchors: the thread must not end
      SSLException refused = new SSLException("the server's certificate nests too deep", deep);
      throw ConnectReason.ofHandshake(refused, TlsProperties.ofThisJvm());
    } catch (LinkageError broken) {
      throw brokenTls(broken);
    } finally {
      alone.end();
      if (secured != null) {
        tls.trust.isOver(secured); // after a failure only this call removes the socket
      }
    }
  }

  /** The first error has the cause; later ones only say that a class cannot be used (JVMS §5.5). */
  private TlsFailure brokenTls(LinkageError error) {
    broken.compareAndSet(null, ConnectReason.ofBrokenTls(error, TlsProperties.ofThisJvm()));
    return broken.get();
  }

  /**
   * Closes every connection without a TLS close, and fails later ones. Otherwise the end of the JVM
   * waits 0.3 s for a thread that reads from a socket (HotSpot's
   * VM_Exit::wait_for_threads_in_native_to_block).
   */
  public void close() {
    sockets.closeAll();
  }

  private TlsSession session(SSLSocket socket, String peer, Ready tls) throws IOException {
    List<X509Certificate> path = tls.trust.isOver(socket);
    boolean resumed = path == null;
    X509Certificate[] presented = presented(socket);
    SpkiPin matched;
    try {
      if (resumed) {
        path = tls.trust.checkResumed(presented, peer);
      }
      matched = tls.pins.isOn() ? tls.pins.matchIn(path) : null;
      if (resumed && tls.pins.isOn() && matched == null) {
        tls.pins.refuse(path, ServerTrust.serverOf(socket, peer));
      }
    } catch (CertificateException refused) {
      socket.getSession().invalidate(); // the next connection is a full handshake
      throw new SSLException(refused);
    }
    if (!tls.trust.isByPinsAlone()) { // with pins alone no certificate expires
      tls.endsNotBefore(CertificateRules.end(path));
    }
    boolean mismatch = tls.pins.isOn() && matched == null;
    java.security.cert.Certificate[] sent = socket.getSession().getLocalCertificates();
    ClientCertificate client =
        new ClientCertificate(
            tls.keys.wasAsked(socket),
            sent == null || sent.length == 0 ? null : (X509Certificate) sent[0]);
    return new TlsSession(
        socket,
        new ShownIdentity(socket.getSession(), presented, resumed, matched, mismatch, client),
        path);
  }

  private static X509Certificate[] presented(SSLSocket socket) throws IOException {
    java.security.cert.Certificate[] peer = socket.getSession().getPeerCertificates();
    X509Certificate[] presented = new X509Certificate[peer.length];
    for (int i = 0; i < peer.length; i++) {
      presented[i] = (X509Certificate) peer[i];
    }
    return presented;
  }

  /**
   * How many servers had none of the user's pins, since the start, refused or not. Includes the
   * counts of the connectors before this one.
   */
  public long pinMismatches() {
    return mismatches.get();
  }

  /** The record of a connector that examines; null if there was no handshake. */
  ExaminedTrust examined() {
    Ready made = last;
    return made == null ? null : made.examined;
  }

  /** For the examined server: whether it asked for a client certificate, and which one it got. */
  ClientCertificate client() {
    Ready made = last;
    if (made == null || !made.keys.wasAskedAtAll()) {
      return ClientCertificate.NOT_ASKED;
    }
    return new ClientCertificate(true, made.keys.shown());
  }

  /** The one of the user's pins that a chain of the examined server has; null if there is none. */
  SpkiPin pinIn(List<X509Certificate> chain) {
    return last.pins.matchIn(chain);
  }

  /**
   * All connections to servers of one identity share one context, because JSSE keeps the sessions
   * to resume in it.
   */
  private Ready ready(String peer) throws TlsFailure {
    boolean own =
        policy.pinsByName().containsKey(peer) || policy.clientCertificates().containsKey(peer);
    String identity = own ? peer : "";
    Ready made = ready.get(identity);
    if (made == null) {
      // two threads may both make a context; the first one stays. A lock would be held while a file
      // is read
      tellOfProperties();
      ready.putIfAbsent(identity, make(own ? peer : null));
      made = ready.get(identity);
    }
    if (examines) {
      last = made;
    }
    return made;
  }

  /** Logs them once, at the start, and not only when a server needs a disabled algorithm. */
  private void tellOfProperties() {
    if (told.compareAndSet(false, true)) {
      for (String set : TlsProperties.ofThisJvm().inTheWay()) {
        log.write(Level.WARN, TlsProperties.NARROWED + set);
      }
      if (!examines && !JdkProviders.ofThisJvm().canBeAlone()) {
        log.write(Level.WARN, JdkProviders.NOT_ALONE);
      }
    }
  }

  /**
   * @param peer null: for servers without an identity of their own
   */
  private Ready make(String peer) throws TlsFailure {
    JdkProviders providers = JdkProviders.ofThisJvm();
    PinCheck pins = PinCheck.of(policy, peer, mismatches, log);
    if (policy.authentication() == TlsPolicy.Authentication.PINS && !pins.isOn()) {
      throw new TlsFailure(
          TlsFailure.Kind.UNTRUSTED, "no pin is set for it, and dotagent.auth=pins", null);
    }
    ClientCertificateSpec client = peer == null ? null : policy.clientCertificates().get(peer);
    ClientKey key = client == null ? null : this.keys.get(peer);
    ClientKeyManager keys =
        new ClientKeyManager(client == null ? null : key == null ? ClientKey.read(client) : key);
    try {
      ServerTrust trust =
          policy.authentication() == TlsPolicy.Authentication.PINS
              ? ServerTrust.byPinsAlone(pins)
              : ServerTrust.byNameAndPins(anchors(), pins, providers, epochMillis);
      ExaminedTrust examined = examines ? new ExaminedTrust(trust) : null;
      SSLContext context = JdkTls.context(examines ? examined : trust, keys, providers);
      return new Ready(context, trust, examined, pins, keys, providers);
    } catch (GeneralSecurityException noTls) {
      throw new TlsFailure(
          TlsFailure.Kind.HANDSHAKE, "this JDK offers no TLS: " + noTls.getMessage(), noTls);
    } catch (LinkageError broken) {
      throw brokenTls(broken);
    }
  }

  private KeyStore anchors() throws TlsFailure {
    KeyStore read = anchors.get();
    if (read == null) {
      read = TrustAnchors.read(policy);
      anchors.compareAndSet(null, read);
    }
    return read;
  }

  private static final class Ready {
    final SSLContext context;
    final ServerTrust trust;
    final ExaminedTrust examined; // null unless the connector examines
    final PinCheck pins;
    final ClientKeyManager keys;
    final JdkProviders providers;

    /** The time at which the first certificate of a session that may be resumed ends. */
    private final AtomicLong firstEnd = new AtomicLong(Long.MAX_VALUE);

    Ready(
        SSLContext context,
        ServerTrust trust,
        ExaminedTrust examined,
        PinCheck pins,
        ClientKeyManager keys,
        JdkProviders providers) {
      this.context = context;
      this.trust = trust;
      this.examined = examined;
      this.pins = pins;
      this.keys = keys;
      this.providers = providers;
    }

    void endsNotBefore(long end) {
      long first = firstEnd.get();
      while (end < first && !firstEnd.compareAndSet(first, end)) {
        first = firstEnd.get();
      }
    }

    /**
     * When the first certificate expires, all sessions are forgotten. A resumed session would be
     * refused, although the server may have a new certificate. Full handshakes are cheap, and
     * certificates rarely expire.
     */
    void forgetWhatHasEnded(long now) {
      long end = firstEnd.get();
      if (now > end && firstEnd.compareAndSet(end, Long.MAX_VALUE)) {
        JdkTls.forgetSessions(context);
      }
    }
  }
}
