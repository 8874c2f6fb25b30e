package io.github.dotagent.resolver.files;

import io.github.dotagent.logging.Log;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The names in this machine's own files, read once as the resolver reads them: to show what it will
 * do. Immutable.
 */
public final class NameFiles {
  private final int hostNames;
  private final SearchRules search;

  private NameFiles(int hostNames, SearchRules search) {
    this.hostNames = hostNames;
    this.search = search;
  }

  /**
   * @param hosts null: there is none
   * @param ownName this machine's, whose domain is searched unless a file or setting says otherwise
   * @param log for lines of the files that cannot be understood
   * @throws IOException when a file is there and cannot be read
   */
  public static NameFiles read(Path hosts, SearchPolicy search, String ownName, Log log)
      throws IOException {
    int hostNames = hosts == null ? 0 : HostsFile.readNow(hosts, log).size();
    return new NameFiles(hostNames, searchRules(search, ownName));
  }

  private static SearchRules searchRules(SearchPolicy policy, final String ownName)
      throws IOException {
    final ResolvConf conf = new ResolvConf(policy.localDomain(), policy.resOptions());
    Path file = policy.resolvConf().orElse(null);
    FollowedFile.Reading<SearchRules> reading =
        new FollowedFile.Reading<SearchRules>() {
          @Override
          public SearchRules absent() {
            return conf.absent(ownName);
          }

          @Override
          public SearchRules read(InputStream octets) throws IOException {
            return conf.read(octets, ownName);
          }
        };
    SearchRules ofSystem =
        file == null
            ? SearchRules.NONE
            : FollowedFile.readNow(file, ResolvConf.MOST_OCTETS, reading);
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
