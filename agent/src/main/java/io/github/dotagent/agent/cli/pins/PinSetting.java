package io.github.dotagent.agent.cli.pins;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The line that pins what the believed servers present: the leaves' keys and their issuers'. */
final class PinSetting {
  private PinSetting() {}

  /**
   * Empty when no server is believed, or the user gave pins and no believed server has one of them:
   * an untrusted key is never to be pinned, nor one of a possible impostor. Without the issuers
   * where a pin is all that is asked of a server, because they sign for others too. Bound to the
   * name of a zone's server: its key says nothing of the others.
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
