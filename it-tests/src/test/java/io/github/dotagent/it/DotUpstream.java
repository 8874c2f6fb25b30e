package io.github.dotagent.it;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.certificate.TrustStores;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.server.RecordedQuery;
import io.github.dotagent.it.harness.zone.Zone;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A server named {@value #NAME}, and the authority of its certificate. */
public final class DotUpstream implements AutoCloseable {
  public static final String NAME = "dns.example";

  public final TestAuthority authority = TestAuthority.withIntermediate(Instant.now(), 1);
  public final ServerCertificate certificate = authority.issue(CertificateSpec.forNames(NAME));
  public final TrustStores trust;
  public final DotServer server;

  private DotUpstream(Path folder, Zone zone, String... tlsVersions) {
    trust = authority.writeTrustStores(folder);
    DotServerOptions options = DotServerOptions.of(zone, certificate);
    server = DotServer.start(tlsVersions.length == 0 ? options : options.tls(tlsVersions));
  }

  /**
   * @param folder where the trust stores go
   * @param tlsVersions JSSE names; none: all that are of use
   */
  public static DotUpstream start(Path folder, Zone zone, String... tlsVersions) {
    return new DotUpstream(folder, zone, tlsVersions);
  }

  /** {@code ADDRESS@PORT#NAME}. */
  public String upstream() {
    return server.upstream(NAME);
  }

  /**
   * The agent with this server as its only one, its authority as the only one trusted, and much
   * time: a test that is about time says how much.
   */
  public Agent agent() {
    return Agent.patient().set("upstreams", upstream()).set("trustStore", trust.pem().toString());
  }

  /** A certificate of another key that is as good as the first. */
  public ServerCertificate otherCertificate() {
    return authority.issue(CertificateSpec.forNames(NAME));
  }

  /** The queries, as {@code NAME TYPE}, each once, sorted. */
  public Set<String> questions() {
    return server.log().queries().stream()
        .map(DotUpstream::question)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public static String question(RecordedQuery query) {
    return query.name() + " " + query.type();
  }

  @Override
  public void close() {
    server.close();
  }
}
