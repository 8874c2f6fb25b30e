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

  /**
   * @param systemSuffixes domain names in lower case without leading or trailing dot
   * @param singleLabelIsSystem whether a name of one label is the system resolver's
   * @param hostsFile the hosts file to follow, or null for none
   */
  public NamePolicy(List<String> systemSuffixes, boolean singleLabelIsSystem, Path hostsFile) {
    this.systemSuffixes = Collections.unmodifiableList(new ArrayList<>(systemSuffixes));
    this.singleLabelIsSystem = singleLabelIsSystem;
    this.hostsFile = hostsFile;
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
}
