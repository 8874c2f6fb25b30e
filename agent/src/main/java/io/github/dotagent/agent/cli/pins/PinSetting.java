package io.github.dotagent.agent.cli.pins;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The line that pins the keys of the trusted servers: the leaves' and their issuers'. */
final class PinSetting {
  private PinSetting() {}

  /**
   * Empty if no server is trusted, or if the user set pins and no trusted server has one of them:
   * an untrusted key, or the key of an impostor, must never be pinned. With {@code auth=pins} it
   * leaves out issuers, because they sign for others too. Pins of a zone's server are bound to its
   * name, because they do not concern other servers.
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
