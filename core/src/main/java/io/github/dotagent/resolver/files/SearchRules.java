package io.github.dotagent.resolver.files;

import io.github.dotagent.net.HostName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A search list and {@code ndots}, as resolv.conf(5) has them. Immutable. */
final class SearchRules {
  /** The default of resolv.conf(5). */
  static final int USUAL_DOTS = 1;

  /** resolv.conf(5): "silently capped to 15". */
  static final int MOST_DOTS = 15;

  /** In a list, stands for the name without a suffix. */
  static final String ROOT = ".";

  static final SearchRules NONE = new SearchRules(Collections.<String>emptyList(), USUAL_DOTS);

  private final List<String> suffixes;
  private final int dots;

  /**
   * @param suffixes in lower case without dots at either end; {@link #ROOT} may be among them
   * @param dots a name with so many dots is tried as it is first
   */
  SearchRules(List<String> suffixes, int dots) {
    this.suffixes = Collections.unmodifiableList(new ArrayList<>(suffixes));
    this.dots = Math.max(0, Math.min(dots, MOST_DOTS));
  }

  List<String> suffixes() {
    return suffixes;
  }

  int dots() {
    return dots;
  }

  SearchRules withSuffixes(List<String> others) {
    return new SearchRules(others, dots);
  }

  /** The names to try for this one, in order. The name itself is always among them. */
  List<HostName> candidates(HostName name) {
    if (suffixes.isEmpty() || name.isAbsolute()) {
      return Collections.singletonList(name);
    }
    List<HostName> candidates = new ArrayList<>(suffixes.size() + 1);
    boolean first = name.dots() >= dots;
    if (first) {
      candidates.add(name);
    }
    for (String suffix : suffixes) {
      HostName candidate = suffix.equals(ROOT) ? name : name.under(suffix);
      if (candidate != null && !(candidate == name && first)) {
        candidates.add(candidate);
      }
    }
    if (!candidates.contains(name)) { // by identity: it was given no place in the list
      candidates.add(name);
    }
    return Collections.unmodifiableList(candidates);
  }
}
