package io.github.dotagent.resolver;

import io.github.dotagent.concurrent.WaitBudget;
import io.github.dotagent.net.HostName;
import io.github.dotagent.resolver.files.FileNotReadException;
import io.github.dotagent.resolver.files.SearchList;
import java.util.Collections;
import java.util.List;

/** The names that are tried for one that a program asks for. Immutable. */
final class SearchedNames {
  private final List<HostName> names;
  private final boolean systemMustNotSearch;
  private final NameRoute.Place place;

  private SearchedNames(List<HostName> names, boolean systemMustNotSearch, NameRoute.Place place) {
    this.names = names;
    this.systemMustNotSearch = systemMustNotSearch;
    this.place = place;
  }

  /**
   * @param time the budget for waiting for resolv.conf
   */
  static SearchedNames of(HostName name, NameRoute route, SearchList search, WaitBudget time)
      throws FileNotReadException {
    NameRoute.Place place = route.of(name);
    switch (place) {
      case UPSTREAM:
        return new SearchedNames(search.candidates(name, time), false, place);
      case SYSTEM:
        if (search.isOwn() && !route.isSelf(name)) {
          return new SearchedNames(search.candidates(name, time), false, place);
        }
        // the system resolver searches for itself, and would look for names of a zone in the clear
        return route.hasZones() && !route.isSelf(name)
            ? besideZones(name, route, search.candidates(name, time))
            : only(name, place);
      default:
        return only(name, place);
    }
  }

  private static SearchedNames besideZones(
      HostName name, NameRoute route, List<HostName> candidates) {
    for (HostName candidate : candidates) {
      if (candidate != name && route.isInZone(candidate)) {
        return new SearchedNames(candidates, true, NameRoute.Place.SYSTEM);
      }
    }
    return only(name, NameRoute.Place.SYSTEM);
  }

  private static SearchedNames only(HostName name, NameRoute.Place place) {
    return new SearchedNames(Collections.singletonList(name), false, place);
  }

  /** The place where the name itself is asked for. */
  NameRoute.Place place() {
    return place;
  }

  /** In order; the name itself is among them. */
  List<HostName> names() {
    return names;
  }

  /** Whether the system resolver must not search for the name. */
  boolean systemMustNotSearch() {
    return systemMustNotSearch;
  }
}
