package io.github.dotagent.resolver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Which names stay on the machine or its network and never go upstream. Immutable. */
public final class NamePolicy {
  private final List<String> systemSuffixes;
  private final boolean singleLabelIsSystem;
  private final Path hostsFile;
  private final SearchPolicy search;
  private final boolean clearTextFallback;

  /**
   * @param systemSuffixes domain names in lower case without leading or trailing dot
   * @param singleLabelIsSystem whether a name of one label is the system resolver's
   * @param hostsFile the hosts file to follow, or null for none
   * @param clearTextFallback whether the system resolver answers while no server can be reached
   */
  public NamePolicy(
      List<String> systemSuffixes,
      boolean singleLabelIsSystem,
      Path hostsFile,
      SearchPolicy search,
      boolean clearTextFallback) {
    this.systemSuffixes = Collections.unmodifiableList(new ArrayList<>(systemSuffixes));
    this.singleLabelIsSystem = singleLabelIsSystem;
    this.hostsFile = hostsFile;
    this.search = search;
    this.clearTextFallback = clearTextFallback;
  }

  /** The same for lookups that shall read no file. */
  public NamePolicy withoutFiles() {
    return new NamePolicy(
        systemSuffixes, singleLabelIsSystem, null, SearchPolicy.OFF, clearTextFallback);
  }

  public List<String> systemSuffixes() {
    return systemSuffixes;
  }

  public boolean singleLabelIsSystem() {
    return singleLabelIsSystem;
  }

  /** The hosts file; empty when it is switched off. */
  public Optional<Path> hostsFile() {
    return Optional.ofNullable(hostsFile);
  }

  /** Which names are tried for a short one. */
  public SearchPolicy search() {
    return search;
  }

  /** {@code profile=opportunistic}. */
  public boolean clearTextFallback() {
    return clearTextFallback;
  }
}
