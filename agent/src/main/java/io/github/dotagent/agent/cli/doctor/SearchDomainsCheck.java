package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.config.SystemSuffixes;
import io.github.dotagent.net.HostName;
import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.ZoneTarget;
import io.github.dotagent.resolver.files.NameFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the search list together with the names of this network: finds domains that no server
 * knows, and names that leave in the clear by mistake. Reports nothing if there is no problem.
 */
final class SearchDomainsCheck {
  private static final String ROOT = "."; // the name without a search domain

  /**
   * Top-level domains that the public DNS does not have and that networks use: reserved (RFC 6761,
   * RFC 6762 appendix G, RFC 8375, ICANN's .internal), or commonly used so. Used only if no server
   * can be asked.
   */
  private static final Set<String> PRIVATE =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "corp",
                  "domain",
                  "example",
                  "home",
                  "internal",
                  "intra",
                  "intranet",
                  "invalid",
                  "lan",
                  "loc",
                  "local",
                  "localdomain",
                  "localhost",
                  "mail",
                  "priv",
                  "private",
                  "test",
                  "workgroup")));

  private final NamePolicy policy;
  private final SearchDomains domains;

  /**
   * @param domains the servers' answers about them
   */
  SearchDomainsCheck(NamePolicy policy, SearchDomains domains) {
    this.policy = policy;
    this.domains = domains;
  }

  /** The domains of the search list that the upstreams are asked for. */
  static List<String> ofUpstreams(NamePolicy policy, NameFiles files) {
    List<String> asked = new ArrayList<>();
    for (String domain : files.searchSuffixes()) {
      if (!domain.equals(ROOT) && !isSystems(domain, policy) && !hasZone(domain, policy)) {
        asked.add(domain);
      }
    }
    return asked;
  }

  /** The findings; may be empty. */
  List<Finding> findings(NameFiles files) {
    List<Finding> findings = new ArrayList<>();
    List<String> systems = new ArrayList<>();
    for (String domain : files.searchSuffixes()) {
      if (isSystems(domain, policy)) {
        systems.add(domain);
      } else if (!hasZone(domain, policy) && isNotPublic(domain)) {
        findings.add(
            Finding.note(
                domain
                    + " in the search list is not a public domain, and the upstreams are asked for"
                    + " names in it",
                "if it is your network's: set dotagent.zones="
                    + domain
                    + "=SERVER, or dotagent.system.suffixes=+"
                    + domain));
      }
    }
    if (!systems.isEmpty() && files.dots() > 1) {
      findings.add(
          Finding.note(
              "names with fewer dots than "
                  + files.dots()
                  + " leave in the clear first: the system resolver is asked for NAME."
                  + String.join(", NAME.", systems),
              "write a dot at the end of external names, or lower ndots (in Kubernetes:"
                  + " dnsConfig)"));
    }
    String replaced = SystemSuffixes.replacedDefault(policy).orElse(null);
    if (replaced != null) {
      findings.add(Finding.note(replaced));
    }
    return findings;
  }

  private boolean isNotPublic(String domain) {
    return domains.isUnknown(domain) || domains.isUntold(domain) && isPrivate(domain);
  }

  /** Whether a setting names the servers for it. */
  private static boolean hasZone(String domain, NamePolicy policy) {
    return policy.zoneOf(domain) != null;
  }

  private static boolean isPrivate(String domain) {
    return PRIVATE.contains(domain.substring(domain.lastIndexOf('.') + 1));
  }

  private static boolean isSystems(String domain, NamePolicy policy) {
    ZoneTarget zone = policy.zoneOf(domain);
    if (zone != null) {
      return zone == ZoneTarget.SYSTEM;
    }
    for (String suffix : policy.systemSuffixes()) {
      if (HostName.isWithin(domain, suffix)) {
        return true;
      }
    }
    return false;
  }
}
