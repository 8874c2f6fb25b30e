package io.github.dotagent.forward;

import io.github.dotagent.wire.ForwardedQuery;

/** Decides where a library's query goes. Immutable. */
final class QueryPath {
  /** Where a query goes. */
  enum Way {
    /** To the servers of the settings. */
    OVER_TLS,
    /** To the server that the library chose, because the name is one for the system resolver. */
    SYSTEM,
    /** To the server that the library chose, because no other server can answer it. */
    IN_CLEAR,
    /** Nowhere: the answer is the loopback addresses of this machine. */
    LOOPBACK,
    /** Nowhere: it is not a name of the DNS. */
    NO_SUCH_NAME,
    /** Nowhere: only the library's server can answer it, and {@code bypass=block} forbids that. */
    REFUSED
  }

  private final NamePlaces places;

  QueryPath(NamePlaces places) {
    this.places = places;
  }

  Way of(ForwardedQuery query) {
    String name = query.name();
    if (!name.isEmpty() && places.isNoServers(name)) {
      return Way.NO_SUCH_NAME;
    }
    if (!name.isEmpty() && places.isLoopback(name)) {
      return Way.LOOPBACK;
    }
    if (!name.isEmpty() && places.isSystems(name)) {
      return Way.SYSTEM;
    }
    if (query.obstacle() != null) {
      return unroutable();
    }
    return Way.OVER_TLS;
  }

  /** Not a DNS query, or one that only the library's own server can answer. */
  Way unroutable() {
    return places.refusesCleartext() ? Way.REFUSED : Way.IN_CLEAR;
  }
}
