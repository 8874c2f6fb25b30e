package io.github.dotagent.it.harness.server;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Makes TLS of an accepted TCP connection, and tells what was agreed. */
final class TlsAcceptor {
  private static final String DNS_OVER_TLS = "dot"; // the ALPN id of RFC 7858, IANA registry

  private TlsAcceptor() {}

  /** A connection whose handshake is done. */
  record Secured(SSLSocket socket, TlsDetails details) {}

  static Secured handshake(
      Socket tcp, SSLContext context, List<String> versions, boolean refusesAlpn)
      throws IOException {
    // This overload alone makes a server-side socket over an existing one.
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, null, true);
    socket.setUseClientMode(false);
    socket.setEnabledProtocols(versions.toArray(String[]::new));
    AtomicReference<List<String>> offered = new AtomicReference<>(List.of());
    socket.setHandshakeApplicationProtocolSelector(
        (peer, protocols) -> {
          offered.set(protocols);
          if (refusesAlpn) {
            return null; // JSSE's word for the alert no_application_protocol
          }
          return protocols.contains(DNS_OVER_TLS) ? DNS_OVER_TLS : ""; // "": none is chosen
        });
    long begun = System.currentTimeMillis();
    socket.startHandshake();
    return new Secured(socket, details(socket, offered.get(), begun));
  }

  private static TlsDetails details(SSLSocket socket, List<String> offered, long begun) {
    ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
    List<String> names = new ArrayList<>();
    for (SNIServerName name : session.getRequestedServerNames()) {
      names.add(name instanceof SNIHostName host ? host.getAsciiName() : name.toString());
    }
    return new TlsDetails(
        session.getProtocol(),
        session.getCipherSuite(),
        names.stream().findFirst(),
        offered,
        Optional.ofNullable(socket.getApplicationProtocol()).filter(name -> !name.isEmpty()),
        session.getCreationTime() < begun); // a ticket carries the time of the full handshake
  }
}
