package io.github.dotagent.resolver;

import io.github.dotagent.support.Log;
import io.github.dotagent.support.Timers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this machine's own files say of names, read once as the resolver reads them: for those who
 * want to know what it will do. Immutable.
 */
public final class NameFiles {
  private final int hostNames;
  private final SearchRules search;

  private NameFiles(int hostNames, SearchRules search) {
    this.hostNames = hostNames;
    this.search = search;
  }

  /**
   * @param ownName this machine's, whose domain is searched where nobody says otherwise
   * @param log where lines that mean nothing are told of
   * @throws IOException when a file is there and cannot be read
   */
  public static NameFiles read(NamePolicy policy, String ownName, Timers timers, Log log)
      throws IOException {
    Path hosts = policy.hostsFile().orElse(null);
    if (hosts != null && Files.exists(hosts)) {
      try (InputStream in = Files.newInputStream(hosts)) {
        in.read(); // what follows would take one that cannot be read for one that is not there
      }
    }
    return new NameFiles(
        new HostsFile(hosts, timers, log).size(), searchRules(policy.search(), ownName));
  }

  private static SearchRules searchRules(SearchPolicy policy, String ownName) throws IOException {
    ResolvConf reader = new ResolvConf(policy.localDomain(), policy.resOptions());
    Path file = policy.resolvConf().orElse(null);
    SearchRules ofSystem;
    if (file == null) {
      ofSystem = SearchRules.NONE;
    } else if (!Files.exists(file)) {
      ofSystem = reader.absent(ownName);
    } else {
      try (BufferedReader text = FollowedFile.open(file)) {
        ofSystem = reader.read(text, ownName);
      }
    }
    List<String> own = policy.suffixes().orElse(null);
    return own == null ? ofSystem : ofSystem.withSuffixes(own);
  }

  /** How many names the hosts file has addresses for. */
  public int hostNames() {
    return hostNames;
  }

  /** The suffixes that are tried behind a short name, in order; may be empty. */
  public List<String> searchSuffixes() {
    return search.suffixes();
  }

  /** A name with so many dots is tried as it is first. */
  public int dots() {
    return search.dots();
  }
}
