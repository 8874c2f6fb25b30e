package io.github.dotagent.resolver;

/** Who answers for the names of a zone. */
public enum ZoneTarget {
  /** Servers of its own, over TLS, and no others. */
  OWN_SERVERS,
  /** The servers for all names that no zone has, over TLS. */
  DEFAULT_SERVERS,
  /** The system resolver. */
  SYSTEM
}
