package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.concurrent.BoundedFileAccess;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.net.HostName;
import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.files.NameFiles;
import io.github.dotagent.resolver.files.SearchPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Checks this machine's own files of names: hosts file, search list, and its cluster. */
final class NameFilesCheck {
  /**
   * A variable that Kubernetes gives every container (its documentation, "Service environment
   * variables").
   */
  private static final String KUBERNETES = "KUBERNETES_SERVICE_HOST";

  /** The usual zone of a cluster, behind {@code svc.} in every search list of a pod. */
  private static final String SERVICES = "svc.";

  /** The disk may be away. */
  private static final int SECONDS = 5;

  private final NamePolicy policy;
  private final Complaints complaints = new Complaints();

  NameFilesCheck(NamePolicy policy) {
    this.policy = policy;
  }

  Finding hosts() {
    Path file = policy.hostsFile().orElse(null);
    if (file == null) {
      return Finding.note("not read", "dotagent.hosts=off, or a system that has none");
    }
    if (!Files.exists(file)) {
      return Finding.note(file + " is not there", "it matters only if the file should exist");
    }
    try {
      String size = file + ", names: " + read().hostNames();
      return complaints.lines.isEmpty()
          ? Finding.ok(size)
          : Finding.note(size, complaints.lines.toArray(new String[0]));
    } catch (IOException unreadable) {
      return Finding.fail(
          file + " cannot be read: " + unreadable.getMessage(),
          "its names would go upstream: let the service's user read it, or set dotagent.hosts=off");
    }
  }

  Finding search() {
    if (policy.search() == SearchPolicy.OFF) {
      return Finding.ok("off: each name as it is");
    }
    try {
      NameFiles files = read();
      String dots = "; ndots " + files.dots();
      return files.searchSuffixes().isEmpty()
          ? Finding.ok("none" + dots)
          : Finding.ok(String.join(", ", files.searchSuffixes()) + dots);
    } catch (IOException unreadable) {
      return Finding.fail(
          unreadable.getMessage() + " cannot be read",
          "short names would not be found: let the service's user read it, or set"
              + " dotagent.search");
    }
  }

  /** The domains of the search list that the upstreams are asked for; none where it is not read. */
  SearchDomains domainsOfUpstreams() {
    List<String> asked = Collections.emptyList();
    try {
      asked =
          policy.search() == SearchPolicy.OFF
              ? asked
              : SearchDomainsCheck.ofUpstreams(policy, read());
    } catch (IOException saidOfTheSearchList) {
      // there is nothing to ask for
    }
    return new SearchDomains(asked);
  }

  /** Further findings about the search list; may be empty. */
  List<Finding> searchDomains(SearchDomains domains) {
    try {
      return new SearchDomainsCheck(policy, domains).findings(read());
    } catch (IOException saidOfTheSearchList) {
      return Collections.emptyList();
    }
  }

  /** Whether this is a container of a cluster, and its names stay there. */
  Finding cluster(Map<String, String> environment) {
    List<String> zones = clusterZones();
    boolean inside = environment.get(KUBERNETES) != null || !zones.isEmpty();
    if (!inside) {
      return Finding.ok("none: no " + KUBERNETES + ", no " + SERVICES + " in the search list");
    }
    for (String zone : zones) {
      if (!isSystems(zone) && !hasZone(zone)) {
        return Finding.fail(
            "a cluster whose zone " + zone + " is not among dotagent.system.suffixes",
            "its names would go upstream and not be found: set dotagent.system.suffixes=+" + zone);
      }
    }
    return Finding.ok(
        zones.isEmpty() ? "Kubernetes" : "names under " + String.join(", ", zones) + where(zones));
  }

  private String where(List<String> zones) {
    boolean all = true;
    for (String zone : zones) {
      all &= hasZone(zone);
    }
    return all ? " go where dotagent.zones says" : " stay in it";
  }

  /** Whether dotagent.zones has it, or one above it. */
  private boolean hasZone(String zone) {
    for (String routed : policy.zones().keySet()) {
      if (HostName.isWithin(zone, routed)) {
        return true;
      }
    }
    return false;
  }

  /** {@code cluster.local} for a search list with {@code svc.cluster.local}. */
  private List<String> clusterZones() {
    List<String> zones = new ArrayList<>();
    for (String suffix : suffixes()) {
      if (suffix.startsWith(SERVICES)) {
        zones.add(suffix.substring(SERVICES.length()));
      }
    }
    return zones;
  }

  private List<String> suffixes() {
    try {
      return read().searchSuffixes();
    } catch (IOException saidOfTheSearchList) {
      return Collections.emptyList();
    }
  }

  private boolean isSystems(String zone) {
    for (String suffix : policy.systemSuffixes()) {
      if (HostName.isWithin(zone, suffix)) {
        return true;
      }
    }
    return false;
  }

  private NameFiles read() throws IOException {
    complaints.lines.clear();
    Path hosts = policy.hostsFile().orElse(null);
    return BoundedFileAccess.within(
        SECONDS,
        "file-reader",
        () -> NameFiles.read(hosts, policy.search(), ownName(), complaints));
  }

  /** What glibc would take the domain from; where it is not told, there is no such list. */
  private static String ownName() {
    String name = System.getenv("HOSTNAME");
    return name == null ? "" : name;
  }

  /** The lines that the resolver would log about a file. */
  private static final class Complaints implements Log {
    final List<String> lines = new ArrayList<>();

    @Override
    public boolean shows(Level level) {
      return true;
    }

    @Override
    public void write(Level level, String line) {
      lines.add(line);
    }
  }
}
