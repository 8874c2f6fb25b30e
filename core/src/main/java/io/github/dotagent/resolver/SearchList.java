package io.github.dotagent.resolver;

import io.github.dotagent.support.Timers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The search list in force: the user's, or the system's, which is followed when it changes. Safe
 * for use by any number of threads.
 */
final class SearchList {
  private final List<String> own; // null: the system's
  private final SearchRules absent;
  private final FollowedFile<SearchRules> file; // null: there is none to follow

  /**
   * @param system for the machine's own name, whose domain is searched where nobody says more
   */
  SearchList(SearchPolicy policy, final SystemResolver system, Timers timers) {
    final ResolvConf conf = new ResolvConf(policy.localDomain(), policy.resOptions());
    this.own = policy.suffixes().orElse(null);
    Path path = policy.resolvConf().orElse(null);
    if (path == null) {
      absent = SearchRules.NONE;
      file = null;
      return;
    }
    absent = conf.absent(system.localHostName());
    FollowedFile.Reading<SearchRules> reading =
        new FollowedFile.Reading<SearchRules>() {
          @Override
          public SearchRules read(BufferedReader text) throws IOException {
            return conf.read(text, system.localHostName());
          }
        };
    file = new FollowedFile<>(path, reading, absent, timers);
  }

  /** Reads the system's list, if it is followed, so that the next name finds it read. */
  void lookAround() {
    if (file != null) {
      file.current();
    }
  }

  /** The names to try for this one, in order; the name itself is among them. */
  List<HostName> candidates(HostName name) {
    SearchRules rules = file == null ? absent : file.current();
    return (own == null ? rules : rules.withSuffixes(own)).candidates(name);
  }

  /** Whether the user gave a list of his own. */
  boolean isOwn() {
    return own != null && !own.isEmpty();
  }
}
