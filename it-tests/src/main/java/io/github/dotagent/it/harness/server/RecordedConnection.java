package io.github.dotagent.it.harness.server;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A TCP connection that reached the server, as it stands when asked for. Immutable.
 *
 * @param number 1 for the first since the server started
 * @param tls empty until the handshake is done
 * @param failure what broke it, in the words of JSSE or of the socket: of a client that refuses the
 *     certificate its alert, or a broken pipe where it hung up before the server had written all
 * @param closed whether the server has let go of it
 */
public record RecordedConnection(
    int number,
    InetSocketAddress client,
    Optional<TlsDetails> tls,
    Optional<String> failure,
    boolean closed) {

  static RecordedConnection accepted(int number, InetSocketAddress client) {
    return new RecordedConnection(number, client, Optional.empty(), Optional.empty(), false);
  }

  RecordedConnection secured(TlsDetails details) {
    return new RecordedConnection(number, client, Optional.of(details), failure, closed);
  }

  RecordedConnection failed(String why) {
    return new RecordedConnection(number, client, tls, Optional.of(why), closed);
  }

  RecordedConnection ended() {
    return new RecordedConnection(number, client, tls, failure, true);
  }

  /** Accepted, but no TLS session came of it. */
  public boolean handshakeFailed() {
    return closed && tls.isEmpty();
  }
}
