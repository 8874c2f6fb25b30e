package io.github.dotagent.it.chaos;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.zone.Zone;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Servers without a valid identity, which would answer every name with a wrong address. */
enum Impostor {
  /** The right name, from another authority. */
  FOREIGN_AUTHORITY,
  /** Another name, from the right authority. */
  OTHER_NAME,
  /** The right name, expired. */
  EXPIRED,
  /** The right name from the right authority, with a key that is not pinned. */
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
