package io.github.dotagent.it.chaos;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Servers that cannot prove who they are, and would answer every name with a wrong address. */
enum Impostor {
  /** Another authority says that it is the one. */
  FOREIGN_AUTHORITY,
  /** The right authority says that it is another. */
  OTHER_NAME,
  /** It was the one. */
  EXPIRED,
  /** The right authority says so, and its key is none of the pins. */
  UNPINNED;

  /** All of them, listening. */
  static Map<Impostor, DotServer> start(TestAuthority authority, Zone wrong, String... names) {
    Map<Impostor, DotServer> servers = new EnumMap<>(Impostor.class);
    for (Impostor impostor : values()) {
      servers.put(impostor, DotServer.start(wrong, impostor.certificate(authority, names)));
    }
    return servers;
  }

  private ServerCertificate certificate(TestAuthority authority, String... names) {
    CertificateSpec right = CertificateSpec.forNames(names);
    return switch (this) {
      case FOREIGN_AUTHORITY -> TestAuthority.create(Instant.now(), 1).issue(right);
      case OTHER_NAME -> authority.issue(CertificateSpec.forNames("other.example"));
      case EXPIRED -> authority.issue(right.expired());
      case UNPINNED -> authority.issue(right);
    };
  }
}
