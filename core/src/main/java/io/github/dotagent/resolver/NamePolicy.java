package io.github.dotagent.resolver;

import io.github.dotagent.net.DomainTable;
import io.github.dotagent.resolver.files.SearchPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which names stay on the machine or its network and never go upstream. Immutable. */
public final class NamePolicy {
  private final List<String> systemSuffixes;
  private final boolean singleLabelIsSystem;
  private final Path hostsFile;
  private final SearchPolicy search;
  private final boolean clearTextFallback;
  private final Map<String, ZoneTarget> zones;
  private final List<String> secureDomains;

  /** The same without zones. */
  public NamePolicy(
      List<String> systemSuffixes,
      boolean singleLabelIsSystem,
      Path hostsFile,
      SearchPolicy search,
      boolean clearTextFallback) {
    this(
        systemSuffixes,
        singleLabelIsSystem,
        hostsFile,
        search,
        clearTextFallback,
        Collections.<String, ZoneTarget>emptyMap());
  }

  /**
   * @param systemSuffixes domain names in lower case without leading or trailing dot
   * @param singleLabelIsSystem whether a name of one label is the system resolver's
   * @param hostsFile the hosts file to follow, or null for none
   * @param clearTextFallback whether the system resolver answers while no server can be reached
   * @param zones by domain name, in lower case without leading or trailing dot
   */
  public NamePolicy(
      List<String> systemSuffixes,
      boolean singleLabelIsSystem,
      Path hostsFile,
      SearchPolicy search,
      boolean clearTextFallback,
      Map<String, ZoneTarget> zones) {
    this(
        systemSuffixes,
        singleLabelIsSystem,
        hostsFile,
        search,
        clearTextFallback,
        zones,
        Collections.<String>emptyList());
  }

  private NamePolicy(
      List<String> systemSuffixes,
      boolean singleLabelIsSystem,
      Path hostsFile,
      SearchPolicy search,
      boolean clearTextFallback,
      Map<String, ZoneTarget> zones,
      List<String> secureDomains) {
    this.systemSuffixes = Collections.unmodifiableList(new ArrayList<>(systemSuffixes));
    this.singleLabelIsSystem = singleLabelIsSystem;
    this.hostsFile = hostsFile;
    this.search = search;
    this.clearTextFallback = clearTextFallback;
    this.zones = Collections.unmodifiableMap(new LinkedHashMap<>(zones));
    this.secureDomains = Collections.unmodifiableList(new ArrayList<>(secureDomains));
  }

  /**
   * The same, but no name in these domains falls back to the system resolver, whose answers are not
   * validated: {@code dnssec.require}.
   *
   * @param domains in lower case without leading or trailing dot
   */
  public NamePolicy withSecureDomains(List<String> domains) {
    return new NamePolicy(
        systemSuffixes, singleLabelIsSystem, hostsFile, search, clearTextFallback, zones, domains);
  }

  /** Whether another policy sends every name to the same place. */
  boolean sendsAs(NamePolicy other) {
    return singleLabelIsSystem == other.singleLabelIsSystem
        && zones.equals(other.zones)
        && systemSuffixes.equals(other.systemSuffixes);
  }

  /**
   * Whether this policy sends a name to the system resolver by its suffix, and another one does
   * not.
   */
  public boolean leavesMoreToSystemThan(NamePolicy other) {
    DomainTable<ZoneTarget> here = bySuffix();
    DomainTable<ZoneTarget> there = other.bySuffix();
    // names go one way from each of these domains down to the next one
    Set<String> domains = new HashSet<>(systemSuffixes);
    domains.addAll(zones.keySet());
    domains.addAll(other.systemSuffixes);
    domains.addAll(other.zones.keySet());
    for (String domain : domains) {
      if (here.longest(domain) == ZoneTarget.SYSTEM && there.longest(domain) != ZoneTarget.SYSTEM) {
        return true;
      }
    }
    return false;
  }

  private DomainTable<ZoneTarget> bySuffix() {
    Map<String, ZoneTarget> targets = new HashMap<>();
    for (String suffix : systemSuffixes) {
      targets.put(suffix, ZoneTarget.SYSTEM);
    }
    targets.putAll(zones); // a zone wins over an equal suffix, as in NameRoute
    return new DomainTable<>(targets);
  }

  /** The same policy for lookups that must read no file. */
  public NamePolicy withoutFiles() {
    return new NamePolicy(
        systemSuffixes,
        singleLabelIsSystem,
        null,
        SearchPolicy.OFF,
        clearTextFallback,
        zones,
        secureDomains);
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

  /** The names that are tried for a short one. */
  public SearchPolicy search() {
    return search;
  }

  /** The zones and who answers for each, in the user's order. */
  public Map<String, ZoneTarget> zones() {
    return zones;
  }

  /**
   * The target of the longest zone that a domain is in; null: it is in none.
   *
   * @param domain in lower case without leading or trailing dot
   */
  public ZoneTarget zoneOf(String domain) {
    return new DomainTable<>(zones).longest(domain);
  }

  /** {@code profile=opportunistic}. */
  public boolean clearTextFallback() {
    return clearTextFallback;
  }

  /** Domains in which no name falls back to the system resolver. */
  public List<String> secureDomains() {
    return secureDomains;
  }
}
