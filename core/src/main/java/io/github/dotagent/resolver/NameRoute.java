package io.github.dotagent.resolver;

import io.github.dotagent.concurrent.Timers;

/** Where a name is to be asked for: here, at the system resolver, upstream, or nowhere. */
final class NameRoute {
  /** A place that can answer for a name. */
  enum Place {
    /** It is this machine's loopback, by definition (RFC 6761 §6.3). */
    LOOPBACK,
    /** It never exists (RFC 6761 §6.4). */
    NO_SUCH_NAME,
    /**
     * It is no DNS name, and asking for it would reveal the site that the user visits (RFC 7686,
     * RFC 9476).
     */
    NOT_DNS,
    /** It belongs to the machine, its network or its cluster. */
    SYSTEM,
    /** Over TLS, to the configured servers. */
    UPSTREAM
  }

  private final NamePolicy policy;
  private final SystemResolver system;
  private final RefreshInterval look;
  private volatile String self;

  NameRoute(NamePolicy policy, SystemResolver system, Timers timers) {
    this.policy = policy;
    this.system = system;
    this.look = new RefreshInterval(timers);
  }

  /** Asks for this machine's name, so that the next lookup finds it known. */
  void lookAround() {
    self();
  }

  Place of(HostName name) {
    if (name.isIn("localhost")) {
      return Place.LOOPBACK;
    }
    if (name.isIn("invalid")) {
      return Place.NO_SUCH_NAME;
    }
    if (name.isIn("onion") || name.isIn("alt")) {
      return Place.NOT_DNS;
    }
    return isSystems(name) ? Place.SYSTEM : Place.UPSTREAM;
  }

  private boolean isSystems(HostName name) {
    if (name.hasOneLabel() && policy.singleLabelIsSystem()) {
      return true;
    }
    for (String suffix : policy.systemSuffixes()) {
      if (name.isIn(suffix)) {
        return true;
      }
    }
    return isSelf(name);
  }

  /**
   * Whether it is this machine's own name. InetAddress.getLocalHost looks that up: no server
   * outside may learn it or answer it.
   */
  boolean isSelf(HostName name) {
    return isSelf(name.toString());
  }

  /** The same for a host that is no DNS name. */
  boolean isSelf(String host) {
    return self().equalsIgnoreCase(host);
  }

  private String self() {
    String known = self;
    if (known == null || look.isDue()) {
      known = system.localHostName();
      self = known;
    }
    return known;
  }
}
