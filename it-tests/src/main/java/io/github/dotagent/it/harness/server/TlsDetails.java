package io.github.dotagent.it.harness.server;

import java.util.List;
import java.util.Optional;

/**
 * What a handshake agreed on, as the server saw it. Immutable.
 *
 * @param version {@code TLSv1.2} or {@code TLSv1.3}
 * @param cipher the JSSE name of the suite
 * @param serverName the SNI received (RFC 6066 §3)
 * @param offeredProtocols the ALPN names offered, in order (RFC 7301)
 * @param protocol the ALPN name chosen: {@code dot} (RFC 7858's registration) where offered
 * @param resumed whether it went on with an earlier session (RFC 8446 §2.2)
 */
public record TlsDetails(
    String version,
    String cipher,
    Optional<String> serverName,
    List<String> offeredProtocols,
    Optional<String> protocol,
    boolean resumed) {
  public TlsDetails {
    offeredProtocols = List.copyOf(offeredProtocols);
  }
}
