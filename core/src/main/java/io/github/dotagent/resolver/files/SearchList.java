package io.github.dotagent.resolver.files;

import io.github.dotagent.concurrent.ThreadStarter;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.logging.Log;
import io.github.dotagent.net.HostName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The search list in force: the user's, or the system's, which is followed when it changes. Safe
 * for use by any number of threads.
 */
public final class SearchList {
  private static final FollowedFile.Outlook OUTLOOK =
      new FollowedFile.Outlook(
          "resolv.conf",
          "names are looked up without its search list", // perhaps with the machine's own domain
          "its previous content stays in force");

  private final List<String> own; // null: the system's
  private final FollowedFile<SearchRules> file; // null: there is none to follow

  /**
   * @param ownName of the machine, whose domain is searched unless a file or setting says
   *     otherwise; asked for when the file has been read
   */
  public SearchList(
      SearchPolicy policy,
      final Supplier<String> ownName,
      ThreadStarter threads,
      Timers timers,
      Log log) {
    final ResolvConf conf = new ResolvConf(policy.localDomain(), policy.resOptions());
    this.own = policy.suffixes().orElse(null);
    Path path = policy.resolvConf().orElse(null);
    if (path == null) {
      file = null;
      return;
    }
    FollowedFile.Reading<SearchRules> reading =
        new FollowedFile.Reading<SearchRules>() {
          @Override
          public SearchRules absent() {
            return conf.absent(ownName.get());
          }

          @Override
          public SearchRules read(InputStream octets) throws IOException {
            return conf.read(octets, ownName.get());
          }
        };
    file = new FollowedFile<>(path, OUTLOOK, ResolvConf.MOST_OCTETS, reading, threads, timers, log);
  }

  /** Starts to read the system's list, so that it is ready for the next name. Does not wait. */
  public void readAhead() {
    if (file != null) {
      file.readAhead();
    }
  }

  /** Waits until the system's list has been read once. */
  public void await(WaitBudget time) throws FileNotReadException {
    if (file != null) {
      file.current(time);
    }
  }

  /**
   * The names to try for this one, in order; the name itself is among them.
   *
   * @param time the budget for waiting for the file
   */
  public List<HostName> candidates(HostName name, WaitBudget time) throws FileNotReadException {
    SearchRules rules = file == null ? SearchRules.NONE : file.current(time);
    return (own == null ? rules : rules.withSuffixes(own)).candidates(name);
  }

  /** Whether the user gave a list. */
  public boolean isOwn() {
    return own != null && !own.isEmpty();
  }
}
