package io.github.dotagent.agent.cli.pins;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The line that pins the keys of the trusted servers: the leaves' and their issuers'. */
final class PinSetting {
  private PinSetting() {}

  /**
   * Empty if no server is trusted, or the user set pins and no trusted server has one of them: an
   * untrusted key, or that of a possible impostor, must never be pinned. Without the issuers if
   * only a pin is checked, because they sign for others too. For a zone's server, bound to its
   * name, because its key does not concern the others.
   */
  static Optional<String> of(List<ServerPins> servers) {
    Set<String> leaves = new LinkedHashSet<>();
    Set<String> issuers = new LinkedHashSet<>();
    for (ServerPins server : servers) {
      if (server.isBelieved() && !server.isMismatch()) {
        for (ChainCertificate certificate : server.certificates()) {
          if (certificate.role() == ChainCertificate.Role.LEAF) {
            leaves.add(server.pinPrefix() + certificate.pin());
          } else if (certificate.role() == ChainCertificate.Role.ISSUER
              && !server.isByPinsAlone()) {
            issuers.add(server.pinPrefix() + certificate.pin());
          }
        }
      }
    }
    leaves.addAll(issuers);
    return leaves.isEmpty()
        ? Optional.empty()
        : Optional.of("-Ddotagent.pins=" + String.join(",", leaves));
  }
}
