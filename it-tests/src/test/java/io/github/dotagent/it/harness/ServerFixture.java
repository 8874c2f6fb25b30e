package io.github.dotagent.it.harness;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;

/** A server that is dot.test, with a little of everything in its zone. */
final class ServerFixture implements AutoCloseable {
  static final String NAME = "dot.test";
  static final Zone ZONE =
      Zone.builder()
          .soa("example.test", 3600, 60)
          .addresses("www.example.test", 300, "192.0.2.1", "192.0.2.2", "2001:db8::1")
          .addresses("four.example.test", 300, "192.0.2.4")
          .cname("alias.example.test", 200, "other.example.test")
          .cname("other.example.test", 100, "www.example.test")
          .cname("loop.example.test", 100, "loop.example.test")
          .cname("dangling.example.test", 100, "nobody.example.test")
          .addresses("*.wild.example.test", 30, "192.0.2.9")
          .ptr("192.0.2.1", 300, "www.example.test")
          .servfail("broken.example.test", 22, "no reachable authority")
          .build();

  final TestAuthority authority = TestAuthority.create(Instant.now(), 1);
  final DotServer server = DotServer.start(ZONE, authority.issue(CertificateSpec.forNames(NAME)));

  DotClient client(String... tls) throws IOException, GeneralSecurityException {
    return DotClient.connect(server, authority.root(), NAME, tls);
  }

  @Override
  public void close() {
    server.close();
  }
}
