package io.github.dotagent.it.settings;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Servers of one authority, each of which answers every name with its own number. */
final class ManyServers implements AutoCloseable {
  /** Longer than any test. */
  private static final int TTL = 300;

  final TestAuthority authority = TestAuthority.create(Instant.now(), 1);
  private final List<DotServer> servers = new ArrayList<>();
  private final List<ServerCertificate> certificates = new ArrayList<>();

  ManyServers(int count) {
    for (int number = 1; number <= count; number++) {
      ServerCertificate certificate = authority.issue(CertificateSpec.forNames(name(number)));
      certificates.add(certificate);
      servers.add(DotServer.start(DotServerOptions.of(zone(number), certificate)));
    }
  }

  private static Zone zone(int number) {
    String address = "192.0.2." + number;
    return Zone.builder()
        .soa("example.test", TTL, TTL)
        .addresses("*.many.example.test", TTL, address)
        .addresses("*.hot.example.test", TTL, address)
        .build();
  }

  static String name(int number) {
    return "dns" + number + ".example";
  }

  String upstream(int number) {
    return server(number).upstream(name(number));
  }

  DotServer server(int number) {
    return servers.get(number - 1);
  }

  String pin(int number) {
    return certificates.get(number - 1).pin();
  }

  /** A certificate with another key, which the server does not show so far. */
  ServerCertificate anotherKey(int number) {
    return authority.issue(CertificateSpec.forNames(name(number)));
  }

  /** From now on it is shown, and each connection is made anew. */
  void present(int number, ServerCertificate certificate) {
    certificates.set(number - 1, certificate);
    server(number).present(certificate);
    server(number).dropConnections();
  }

  @Override
  public void close() {
    servers.forEach(DotServer::close);
  }
}
