package io.github.dotagent.resolver;

import java.util.Collections;
import java.util.List;

/** The names that are tried for one that a program asks for. Immutable. */
final class SearchedNames {
  private final List<HostName> names;
  private final boolean asTheyAre;

  private SearchedNames(List<HostName> names, boolean asTheyAre) {
    this.names = names;
    this.asTheyAre = asTheyAre;
  }

  /**
   * @param time the budget for waiting for resolv.conf
   */
  static SearchedNames of(
      HostName name, NameRoute route, SearchList search, BoundedWait.Budget time)
      throws FileNotReadException {
    switch (route.of(name)) {
      case UPSTREAM:
        return new SearchedNames(search.candidates(name, time), false);
      case SYSTEM:
        if (search.isOwn() && !route.isSelf(name)) {
          return new SearchedNames(search.candidates(name, time), false);
        }
        // the system resolver searches for itself, and would look for names of a zone in the clear
        return route.hasZones() && !route.isSelf(name)
            ? besideZones(name, route, search.candidates(name, time))
            : only(name);
      default:
        return only(name);
    }
  }

  private static SearchedNames besideZones(
      HostName name, NameRoute route, List<HostName> candidates) {
    for (HostName candidate : candidates) {
      if (candidate != name && route.isInZone(candidate)) {
        return new SearchedNames(candidates, true);
      }
    }
    return only(name);
  }

  private static SearchedNames only(HostName name) {
    return new SearchedNames(Collections.singletonList(name), false);
  }

  /** In order; the name itself is among them. */
  List<HostName> names() {
    return names;
  }

  /** Whether the system resolver must not search for the name that was asked for. */
  boolean asTheyAre() {
    return asTheyAre;
  }
}
