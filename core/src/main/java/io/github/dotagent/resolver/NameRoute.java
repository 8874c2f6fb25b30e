package io.github.dotagent.resolver;

import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.net.DomainTable;
import io.github.dotagent.net.HostName;
import java.util.HashMap;
import java.util.Map;

/** Where a name goes: to this machine, the system resolver, the upstreams, or nowhere. */
final class NameRoute {
  /** A place that can answer for a name. */
  enum Place {
    /** It is this machine's loopback, by definition (RFC 6761 §6.3). */
    LOOPBACK,
    /** It never exists (RFC 6761 §6.4). */
    NO_SUCH_NAME,
    /**
     * It is not a DNS name, and a query for it would reveal the site that the user visits (RFC
     * 7686, RFC 9476).
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
  private final DomainTable<Rule> rules;
  private volatile String self;

  /** The target of the names below a domain, by the settings. */
  static final class Rule {
    final String domain;
    final ZoneTarget target;
    final boolean isZone; // otherwise from system.suffixes or the built-in suffixes
    final String source; // the setting or list with this rule

    Rule(String domain, ZoneTarget target, boolean isZone, String source) {
      this.domain = domain;
      this.target = target;
      this.isZone = isZone;
      this.source = source;
    }
  }

  /**
   * Names for properties of a network: its NAT64 prefix, and its encrypted resolvers. The resolver
   * of another network cannot answer them.
   */
  private static final String[][] OF_THE_NETWORK = {
    {"ipv4only.arpa", "RFC 8880"}, {"resolver.arpa", "RFC 9462"}
  };

  /** Names whose place no setting can move. */
  private static final DomainTable<Place> FIXED = fixedPlaces();

  private static DomainTable<Place> fixedPlaces() {
    Map<String, Place> places = new HashMap<>();
    places.put("localhost", Place.LOOPBACK);
    places.put("invalid", Place.NO_SUCH_NAME);
    places.put("onion", Place.NOT_DNS);
    places.put("alt", Place.NOT_DNS);
    return new DomainTable<>(places);
  }

  NameRoute(NamePolicy policy, SystemResolver system, Timers timers) {
    this.policy = policy;
    this.system = system;
    this.look = new RefreshInterval(timers);
    Map<String, Rule> all = new HashMap<>();
    for (String[] name : OF_THE_NETWORK) {
      all.put(name[0], new Rule(name[0], ZoneTarget.SYSTEM, false, name[1]));
    }
    for (String suffix : policy.systemSuffixes()) {
      all.put(suffix, new Rule(suffix, ZoneTarget.SYSTEM, false, "system.suffixes"));
    }
    // a zone wins over an equal suffix of system.suffixes
    for (Map.Entry<String, ZoneTarget> zone : policy.zones().entrySet()) {
      all.put(zone.getKey(), new Rule(zone.getKey(), zone.getValue(), true, "zones"));
    }
    this.rules = new DomainTable<>(all);
  }

  /** Looks up this machine's name in advance, for the next lookup. */
  void readAhead() {
    self();
  }

  Place of(HostName name) {
    Place fixed = fixed(name);
    if (fixed != null) {
      return fixed;
    }
    Rule rule = rule(name);
    if (rule != null && rule.isZone) {
      return rule.target == ZoneTarget.SYSTEM ? Place.SYSTEM : Place.UPSTREAM;
    }
    boolean system =
        rule != null || name.hasOneLabel() && policy.singleLabelIsSystem() || isSelf(name);
    return system ? Place.SYSTEM : Place.UPSTREAM;
  }

  /** The place of a name that no setting can move; null: settings decide. */
  private static Place fixed(HostName name) {
    return name.longestOf(FIXED);
  }

  /** The target of the name by its longest suffix in the settings; null: there is none. */
  Rule rule(HostName name) {
    return name.longestOf(rules);
  }

  /** Whether the user has set zones. */
  boolean hasZones() {
    return !policy.zones().isEmpty();
  }

  /** Whether a zone of the user's has the name. */
  boolean isInZone(HostName name) {
    Rule rule = rule(name);
    return rule != null && rule.isZone && fixed(name) == null;
  }

  /**
   * The zone whose servers answer for the name over TLS; empty: those for all names that no zone
   * has; null: none may be asked. It depends on the suffix alone: a server may speak for a name of
   * one label, or for this machine's own name, as an alias in its answer.
   */
  String zoneOf(HostName name) {
    if (fixed(name) != null) {
      return null;
    }
    Rule rule = rule(name);
    if (rule == null || rule.target == ZoneTarget.DEFAULT_SERVERS) {
      return "";
    }
    return rule.target == ZoneTarget.SYSTEM ? null : rule.domain;
  }

  /**
   * Whether it is this machine's own name. InetAddress.getLocalHost looks that up: no server
   * outside may learn it or answer it.
   */
  boolean isSelf(HostName name) {
    return isSelf(name.toString());
  }

  /** The same for a host that is not a DNS name. */
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
