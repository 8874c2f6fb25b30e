package io.github.dotagent.it.harness.server;

import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.zone.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a server starts. Immutable: each method gives a changed copy.
 *
 * @param address literal of a loopback address of this machine or namespace
 * @param port 0: any that is free
 * @param tlsVersions JSSE names
 * @param keepalive told to queries that ask for edns-tcp-keepalive; empty: not told
 */
public record DotServerOptions(
    Zone zone,
    ServerCertificate certificate,
    String address,
    int port,
    List<String> tlsVersions,
    Optional<Duration> keepalive) {

  /** Longer than any test, so that a client that obeys it keeps its connection. */
  private static final Duration KEEPALIVE = Duration.ofSeconds(60);

  public DotServerOptions {
    tlsVersions = List.copyOf(tlsVersions);
  }

  /** On 127.0.0.1, a free port, TLS 1.3 and 1.2. */
  public static DotServerOptions of(Zone zone, ServerCertificate certificate) {
    return new DotServerOptions(
        zone, certificate, "127.0.0.1", 0, List.of("TLSv1.3", "TLSv1.2"), Optional.of(KEEPALIVE));
  }

  public DotServerOptions on(String otherAddress) {
    return new DotServerOptions(zone, certificate, otherAddress, port, tlsVersions, keepalive);
  }

  public DotServerOptions port(int given) {
    return new DotServerOptions(zone, certificate, address, given, tlsVersions, keepalive);
  }

  public DotServerOptions tls(String... versions) {
    return new DotServerOptions(zone, certificate, address, port, List.of(versions), keepalive);
  }

  public DotServerOptions keepalive(Optional<Duration> idle) {
    return new DotServerOptions(zone, certificate, address, port, tlsVersions, idle);
  }
}
